"""Next year's programme is made from this one's by one action."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.core.history import history_of
from opora.core.refusal import Refused
from opora.programmes.actions import load_pack, make_next_year
from opora.programmes.models import Programme
from opora.programmes.next_year import year_later
from opora.programmes.pack import FOLDER, read_pack
from opora.schools.actions import leave
from opora.schools.models import Participation
from tests.appointments.town import AT, Town, browser_for, make_town, person
from tests.schools.risk_town import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    made = make_town()
    load_pack(name="500plus-2022", by=None, at=AT)
    made.programme.refresh_from_db()
    return made


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2022, 5, 31), date(2023, 5, 31)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 29)),
        (date(2024, 2, 28), date(2025, 2, 28)),
    ],
)
def test_a_day_moves_by_a_year(day: date, later: date) -> None:
    assert year_later(day) == later


def test_everything_comes_along_a_year_later(town: Town) -> None:
    made = make_next_year(programme=town.programme, by=town.coordinator, at=AT)

    assert (made.code, made.year, made.starts_on, made.ends_on) == (
        "500plus-2023",
        2023,
        date(2022, 12, 1),
        date(2023, 12, 31),
    )
    assert [(one.starts_on, one.ends_on) for one in made.stages.all()] == [
        (date(2023, 2, 1), date(2023, 5, 31)),
        (date(2023, 8, 1), date(2023, 11, 30)),
    ]
    assert made.risk_factors.count() == 12
    assert made.document_kinds.count() == town.programme.document_kinds.count()
    assert made.forms == town.programme.forms != {}
    assert history_of(made)[0].verb == "programme.made_from"


def test_the_same_year_is_not_made_twice(town: Town) -> None:
    make_next_year(programme=town.programme, by=town.coordinator, at=AT)

    with pytest.raises(Refused, match="уже есть"):
        make_next_year(programme=town.programme, by=town.coordinator, at=AT)

    assert Programme.objects.count() == 2


def test_a_coordinator_makes_it_with_the_schools_that_have_not_left(town: Town) -> None:
    left = Participation.objects.get(school=town.schools[2])
    leave(participation=left, until=date(2022, 6, 1), reason="Реорганизация", by=town.coordinator, at=AT)
    client = browser_for(town.coordinator)
    address = f"/programmes/{town.programme.pk}/next/"

    shown = text_of(client.get(address))
    answer = client.post(address, {"schools": "on"}, follow=True)
    again = client.post(address, {"schools": "on"})

    assert "1 декабря 2022 – 31 декабря 2023" in shown
    assert "Перенесено: 2 школы" in text_of(answer)
    carried = Participation.objects.filter(programme__code="500plus-2023")
    assert {part.school for part in carried} == set(town.schools[:2])
    assert {part.since for part in carried} == {date(2022, 12, 1)}
    assert again.status_code == 422
    assert Programme.objects.count() == 2


def test_schools_may_stay_behind(town: Town) -> None:
    browser_for(town.coordinator).post(f"/programmes/{town.programme.pk}/next/", {})

    assert Programme.objects.count() == 2
    assert not Participation.objects.filter(programme__code="500plus-2023").exists()


def region_coordinator(town: Town) -> User:
    """The coordinator of the town's region."""
    who = person("Областова")
    Appointment.objects.create(
        person=who, duty="regional_coordinator", programme=town.programme, since=date(2022, 1, 10),
        region=town.municipality.region,
    )  # fmt: skip
    return who


def test_of_several_towns_none_makes_the_programme_of_all(town: Town) -> None:
    make_town("г. о. Соседск")
    browser = browser_for(town.coordinator)
    address = f"/programmes/{town.programme.pk}/next/"

    answers = [browser.get(address), browser.post(address, {"schools": "on"})]

    assert [one.status_code for one in answers] == [403, 403]
    assert "заводит координатор региона" in text_of(answers[0])
    assert Programme.objects.count() == 1
    listed = browser.get("/programmes/")
    assert address not in listed.content.decode()
    assert "заводит координатор региона" in text_of(listed)


def test_the_region_makes_it_and_schools_of_other_regions_are_not_carried_over(town: Town) -> None:
    near = make_town("г. о. Соседск")
    make_town("г. о. Дальний", "Соседняя область")
    browser = browser_for(region_coordinator(town))
    address = f"/programmes/{town.programme.pk}/next/"

    assert address in browser.get("/programmes/").content.decode()
    assert browser.post(address, {"schools": "on"}).status_code == 302

    carried = Participation.objects.filter(programme__code="500plus-2023")
    assert {part.school.municipality for part in carried} == {town.municipality, near.municipality}


def test_only_coordinators_see_programmes(town: Town) -> None:
    for who in (town.coordinator, region_coordinator(town)):
        assert browser_for(who).get("/programmes/").status_code == 200
    for who in (town.head, town.curator, town.keeper, town.expert):
        assert browser_for(who).get("/programmes/").status_code == 403


def test_a_pack_says_how_factors_are_called_and_how_many_are_chosen() -> None:
    told = load_pack(name="school-of-ministry-2023", by=None, at=AT)

    assert (told.factor_words, told.least_risks, told.most_risks) == (
        "направление,направления,направлений",
        1,
        4,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('factor_words = "риск,риска,рисков"', 'factor_words = "риск"'),
        ("{ least = 2, most = 5 }", "{ least = 6, most = 5 }"),
        ("{ least = 2, most = 5 }", "7"),
    ],
)
def test_a_pack_that_contradicts_itself_is_refused(tmp_path: Path, before: str, after: str) -> None:
    text = (FOLDER / "500plus-2022.toml").read_text(encoding="utf-8")
    assert before in text
    broken = tmp_path / "broken.toml"
    broken.write_text(text.replace(before, after), encoding="utf-8")

    with pytest.raises(Refused, match=r"broken\.toml"):
        read_pack(broken)


def test_pages_of_a_programme_of_directions_speak_of_directions() -> None:
    town = make_town()
    programme = load_pack(name="school-of-ministry-2023", by=None, at=AT)
    Participation.objects.update(programme=programme)
    client = browser_for(town.coordinator)
    client.day = date(2023, 3, 1)

    card = text_of(client.get(f"/schools/{town.schools[0].pk}/"))
    listed = text_of(client.get("/programmes/"))

    assert "Школа Минпросвещения, 2023" in card
    assert "500+" not in card
    assert "8 направлений, выбрать от 1 до 4" in listed
