"""The card of a school: everything that is known of it, in the same number of queries however much it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from opora.documents.models import Document
from opora.programmes.models import Stage
from opora.schools.actions import change_school
from opora.schools.models import AntiRiskProgramme, Measure, Outcome, Participation
from opora.visits.models import Visit
from tests.appointments.town import AT, Town
from tests.schools.risk_town import add_factors, choose, part_of, text_of

Browser = Callable[[Any], Client]


def furnish(town: Town, count: int) -> None:
    """So many visits, documents, results and measures of the first school."""
    school, factors = town.schools[0], add_factors(town)
    choose(
        town, school, {1: ("high", "chosen", ""), 2: ("middle", "chosen", ""), 3: ("high", "left", "Сделано")}
    )
    work = AntiRiskProgramme.objects.create(participation=part_of(school), factor=factors[0])
    stage = Stage.objects.create(
        programme=town.programme,
        number=1,
        name="1 этап",
        starts_on=date(2022, 2, 1),
        ends_on=date(2022, 12, 1),
    )
    days = [date(2021, 1, 1) + timedelta(days=place) for place in range(count)]
    Measure.objects.bulk_create(
        Measure(programme=work, position=place, text=f"Мера {place}", done_on=day if place == 0 else None)
        for place, day in enumerate(days)
    )
    Document.objects.bulk_create(
        Document(
            municipality=town.municipality,
            school=school,
            title=f"Справка {place}",
            dated_on=day,
            added_by=town.keeper,
            added_on=day,
        )
        for place, day in enumerate(days)
    )
    Visit.objects.bulk_create(
        Visit(
            programme=town.programme,
            stage=stage,
            school=school,
            curator=town.curator,
            planned_on=day,
            noted_on=date(2022, 1, 1),
            held_on=day,
        )
        for day in days
    )
    Outcome.objects.bulk_create(
        Outcome(
            school=one,
            year=2021 + year,
            exam="oge",
            subject=f"Предмет {place}",
            pupils=40,
            good_share=Decimal(50),
        )
        for place in range(count)
        for year in range(2)
        for one in town.schools
    )


# Twelve for the card; the thirteenth asks for the programme, because no roadmap names it here.
QUERIES = 13


@pytest.mark.parametrize("count", [3, 300])
def test_the_card_costs_the_same_whatever_it_shows(
    town: Town, browser_of: Browser, count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    furnish(town, count)
    client = browser_of(town.coordinator)

    with django_assert_num_queries(QUERIES):
        answer = client.get(f"/schools/{town.schools[0].pk}/")

    assert answer.status_code == 200


def test_measures_are_counted_as_they_stood_on_the_day(town: Town, browser_of: Browser) -> None:
    furnish(town, 3)
    Measure.objects.filter(position=1).update(done_on=date(2022, 12, 1), confirmed_on=date(2022, 12, 2))

    page = text_of(browser_of(town.curator).get(f"/schools/{town.schools[0].pk}/"))

    assert "Мер 3: сделано 1, подтверждено 0" in page


def test_a_school_that_never_took_part_has_its_card(town: Town, browser_of: Browser) -> None:
    Participation.objects.filter(school=town.schools[1]).delete()
    client = browser_of(town.coordinator)

    assert "не участвует" in text_of(client.get(f"/schools/{town.schools[1].pk}/"))
    assert client.get("/schools/999999/").status_code == 404


def test_the_card_tells_what_is_in_work(town: Town, browser_of: Browser) -> None:
    furnish(town, 3)

    page = text_of(browser_of(town.curator).get(f"/schools/{town.schools[0].pk}/"))

    assert "1. Низкий уровень оснащения школы" in page
    assert "Мер 3: сделано 1, подтверждено 0" in page
    assert "Программы пока нет" in page
    assert "Не взят: Сделано" in page
    assert "Состоялось, ждёт отчёта" in page
    assert "ОГЭ, Предмет 0" in page


def test_the_card_of_a_bare_school_opens_for_everybody(town: Town, browser_of: Browser) -> None:
    for person in (town.coordinator, town.head, town.curator, town.keeper, town.expert):
        answer = browser_of(person).get(f"/schools/{town.schools[0].pk}/")
        assert answer.status_code == 200
        assert "Посещений пока нет" in text_of(answer)


def test_the_history_is_for_those_who_may_see_it(town: Town, browser_of: Browser) -> None:
    school = town.schools[0]
    change_school(
        school=school,
        name="Новое имя",
        short_name="Школа № 101",
        number=101,
        site="",
        address="ул. Опорная, 1",
        phone="+7 343 123-45-67",
        latitude=Decimal("56.83892"),
        longitude=Decimal("60.6057"),
        by=town.coordinator,
        at=AT,
    )

    seen = text_of(browser_of(town.coordinator).get(f"/schools/{school.pk}/"))
    kept = text_of(browser_of(town.expert).get(f"/schools/{school.pk}/"))

    assert "ул. Опорная, 1" in seen
    assert "56,83892; 60,6057" in seen
    assert "сведения о школе поправлены" in seen
    assert "сведения о школе поправлены" not in kept


def test_a_programme_of_directions_speaks_of_directions(town: Town, browser_of: Browser) -> None:
    furnish(town, 3)
    town.programme.factor_words = "направление,направления,направлений"
    town.programme.save()

    page = text_of(browser_of(town.coordinator).get(f"/schools/{town.schools[0].pk}/"))

    assert "В работе: 2 направления" in page
    assert "риск" not in page.partition("В работе")[2].partition("Посещения")[0].lower()
