"""Pages about the factors of a programme speak its own words: «направление» where the pack says so, never «риск»."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from opora.appointments.models import Appointment
from opora.programmes.actions import load_pack
from opora.programmes.factor_words import FactorWords
from opora.programmes.models import Programme
from opora.schools.actions import set_risks
from opora.schools.actions.risks import CellChange
from opora.schools.models import Participation, SchoolRiskChange
from tests.appointments.town import AT, Town
from tests.schools.risk_town import add_factors, choose, text_of

Browser = Callable[[Any], Client]


@pytest.fixture
def second(town: Town) -> Programme:
    """The second pack in the town, as if it ran in this year: the first school takes part and has chosen."""
    programme = load_pack(name="school-of-ministry-2023", by=None, at=AT)
    programme.starts_on, programme.ends_on = date(2022, 1, 1), date(2022, 12, 31)
    programme.save()
    town.coordinator.appointments.update(programme=programme)
    part = Participation.objects.create(school=town.schools[0], programme=programme, since=date(2022, 1, 1))
    change = CellChange(programme.risk_factors.get(number=1), 0, choice="chosen")
    set_risks(participation=part, changes=[change], by=town.coordinator, at=AT, on=AT.date())
    return programme


def pages_of(town: Town, programme: Programme) -> list[str]:
    """The addresses of pages about factors and about the work on one of them."""
    school, factor = town.schools[0].pk, programme.risk_factors.get(number=1).pk
    work = f"/schools/{school}/work/{factor}/"
    profile = f"/risks/{school}/"
    return ["/risks/", "/risks/matrix/", "/risks/load/", profile, work, f"{work}write/", f"{work}load/"]


def test_the_second_pack_is_told_in_its_own_words(town: Town, second: Programme, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)
    for address in pages_of(town, second):
        answer = client.get(address)
        told = text_of(answer).casefold()
        assert answer.status_code == 200, address
        assert "направлени" in told, address
        assert "риск" not in told, address
        assert "фактор" not in told, address
        assert "Направления и матрицы" in answer.content.decode(), address


def test_a_table_to_be_loaded_is_told_in_its_own_words(
    town: Town, second: Programme, browser_of: Browser
) -> None:
    school = Participation.objects.get(programme=second).school
    table = {"text": f"Школа\t1\t2\n{school.short_name}\tВ +\tС"}
    told = text_of(browser_of(town.coordinator).post("/risks/load/", table))
    assert "Что изменится: направления" in told
    assert "Новых клеток: 1, изменённых: 1" in told
    assert "риск" not in told.casefold()


def test_the_day_of_every_duty_speaks_of_directions(
    town: Town, second: Programme, browser_of: Browser
) -> None:
    Appointment.objects.update(programme=second)
    Participation.objects.exclude(programme=second).delete()
    told = {
        who.pk: text_of(browser_of(who).get("/today/"))
        for who in (town.coordinator, town.curator, town.keeper)
    }

    assert "Направления не проверены" in told[town.coordinator.pk]
    assert "Проверить направления: Школа № 101" in told[town.curator.pk]
    assert "1 направление в работе" in told[town.curator.pk]
    assert not [words for words in told.values() if "риск" in words.casefold()]


def test_a_school_of_the_second_pack_chooses_directions(
    town: Town, second: Programme, browser_of: Browser
) -> None:
    Appointment.objects.update(programme=second)
    Participation.objects.exclude(programme=second).delete()
    SchoolRiskChange.objects.all().delete()
    Programme.objects.filter(pk=second.pk).update(least_risks=1)

    told = text_of(browser_of(town.keeper).get("/today/"))

    assert "Выбрать направления: Школа № 101" in told
    assert "риск" not in told.casefold()


def test_the_first_pack_speaks_of_risks(town: Town, browser_of: Browser) -> None:
    add_factors(town)
    choose(town, town.schools[0], {1: ("high", "chosen", "")})
    client = browser_of(town.coordinator)
    assert "Риски и матрицы" in text_of(client.get("/risks/"))
    assert "Матрица рисков" in text_of(client.get("/risks/matrix/"))


@pytest.mark.parametrize(
    ("told", "every"),
    [
        ("риск,риска,рисков", "риски"),
        ("направление,направления,направлений", "направления"),
        ("задача,задачи,задач", "задачи"),
        ("фактор,фактора,факторов", "факторы"),
        ("показатель,показателя,показателей", "показатели"),
        ("область,области,областей", "области"),
    ],
)
def test_all_of_them_follow_from_the_three_words(told: str, every: str) -> None:
    assert FactorWords.of(told).all == every
