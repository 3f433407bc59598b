"""Visits by days: the calendar, the list, their filters, and what they cost."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opora.accounts.models import User
from opora.programmes.models import Stage
from opora.schools.models import School
from opora.visits.month import Month, month_of, read_month
from tests.indicators.town import Town
from tests.visitor import Page, Visitor
from tests.visits.town import NOTED, agree, hold, make_visited_town, plan

pytestmark = pytest.mark.django_db
MARCH = "/visits/?on=2022-03-10&month=2022-03"


def squares(page: Page) -> dict[str, list[str]]:
    """Day → the words of its visits in the calendar."""
    found = {}
    for cell in page.tree.iterfind(".//table[@class='cal']//td"):
        links = [" ".join(link.text_content().split()) for link in cell.iterfind(".//a")]
        if links:
            found[cell.find("time").get("datetime")] = links
    return found


def test_a_visit_stands_on_its_day_with_where_it_stands() -> None:
    town = make_visited_town()
    hold(town, plan(town))
    agree(town, plan(town, town.schools[1], day=date(2022, 3, 15)))
    page = Visitor(town.coordinator).open(MARCH)
    assert squares(page) == {
        "2022-03-10": ["№ 101: Состоялось, ждёт отчёта"],
        "2022-03-15": ["№ 102: Школа подтвердила"],
    }
    assert "Ждём куратора" in page.words
    assert "сдать отчёт" in page.words


def test_the_page_shows_the_day_that_is_looked_at() -> None:
    town = make_visited_town()
    hold(town, plan(town))
    assert "Состоялось" in Visitor(town.coordinator).open(MARCH).words
    earlier = Visitor(town.coordinator).open("/visits/?on=2022-03-01&month=2022-03")
    assert "2022-03-10" in squares(earlier)
    assert "Намечено, школа не ответила" in squares(earlier)["2022-03-10"][0]
    assert squares(Visitor(town.coordinator).open("/visits/?on=2022-01-31&month=2022-03")) == {}


def test_a_visit_held_in_another_month_stands_there() -> None:
    town = make_visited_town()
    hold(town, plan(town, day=date(2022, 3, 31)), on=date(2022, 4, 1))
    visitor = Visitor(town.coordinator)
    assert list(squares(visitor.open("/visits/?on=2022-04-10&month=2022-04"))) == ["2022-04-01"]
    assert squares(visitor.open("/visits/?on=2022-04-10&month=2022-03")) == {}


@pytest.mark.parametrize(
    ("condition", "days"),
    [
        ("curator={curator}", ["2022-03-10", "2022-03-15"]),
        ("school={school}", ["2022-03-15"]),
        ("stage={stage}", ["2022-03-10", "2022-03-15"]),
        ("stage={other}", []),
        ("state=planned", ["2022-03-15"]),
        ("state=held", ["2022-03-10"]),
        ("state=nothing&school=x&curator=²", ["2022-03-10", "2022-03-15"]),
        ("curator=999999999", []),
    ],
)
def test_the_list_is_narrowed(condition: str, days: list[str]) -> None:
    town = make_visited_town()
    hold(town, plan(town))
    second = plan(town, town.schools[1], day=date(2022, 3, 15))
    told = condition.format(
        curator=town.curators[0].pk,
        school=town.schools[1].pk,
        stage=second.stage_id,
        other=town.programme.stages.get(number=2).pk,
    )
    assert sorted(squares(Visitor(town.coordinator).open(f"{MARCH}&{told}"))) == days


def test_schools_without_a_visit_of_the_stage_are_named() -> None:
    town = make_visited_town()
    plan(town)
    page = Visitor(town.coordinator).open(MARCH)
    told = page.words.split("Без посещения в этапе:")[1].split("Когда")[0]
    assert str(town.schools[0]) not in told
    assert str(town.schools[1]) in told


def test_holidays_and_week_ends_are_marked() -> None:
    town = make_visited_town()
    page = Visitor(town.coordinator).open(MARCH)
    off = {
        cell.find("time").get("datetime"): cell.get("title")
        for cell in page.tree.iterfind(".//table[@class='cal']//td")
        if "off" in (cell.get("class") or "")
    }
    assert off["2022-03-08"] == "Международный женский день"
    assert off["2022-03-07"] == "Выходной"
    assert off["2022-03-12"] == "суббота"
    assert "2022-03-09" not in off


def test_a_month_without_visits_and_a_year_without_visits_say_so() -> None:
    town = make_visited_town()
    visitor = Visitor(town.coordinator)
    assert "посещений нет" in visitor.open(MARCH).words
    assert "в графике пока нет" in visitor.open("/visits/?on=2022-03-10&show=all").words


def test_a_school_sees_its_own_visits_only() -> None:
    town = make_visited_town()
    person = town.appoint("school_coordinator", town.schools[1]).person
    plan(town)
    plan(town, town.schools[1], day=date(2022, 3, 15))
    client = Client()
    client.force_login(person)
    words = client.get(MARCH).content.decode()
    assert str(town.schools[1]) in words
    assert str(town.schools[0]) not in words


def test_three_and_three_hundred_visits_cost_the_same_twelve_queries_at_most() -> None:
    town = make_visited_town(3)
    for school in town.schools:
        plan(town, school)
    few = queries_of(town.coordinator, "/visits/?show=all")
    for number in range(99):
        for school in town.schools:
            day = date.fromordinal(date(2022, 3, 1).toordinal() + number % 80)
            stage = town.programme.stages.get(number=1)
            town_visit(town, school, day, stage, number // 80)
    many = queries_of(town.coordinator, "/visits/?show=all")
    assert (few, many) == (9, 9)
    assert queries_of(town.coordinator, "/visits/?month=2022-03") == 10


def town_visit(town: Town, school: School, day: date, stage: Stage, place: int) -> None:
    """One of very many visits, written straight: the deeds are proved elsewhere."""
    from opora.visits.models import Visit

    Visit.objects.get_or_create(
        programme=town.programme,
        stage=stage,
        school=school,
        curator=town.curators[place],
        planned_on=day,
        defaults={"noted_on": NOTED},
    )


def queries_of(person: User, address: str) -> int:
    """What a page costs somebody who has opened it before."""
    client = Client()
    client.force_login(person)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_months_follow_each_other_over_new_year() -> None:
    december = Month(date(2021, 12, 1))
    assert december.last == date(2021, 12, 31)
    assert december.later == Month(date(2022, 1, 1))
    assert Month(date(2022, 1, 1)).earlier == december
    assert month_of(date(2022, 2, 15)).last == date(2022, 2, 28)
    assert Month(date(2015, 1, 1)).earlier is None
    assert Month(date(2099, 12, 1)).later is None


@pytest.mark.parametrize(
    "text", ["", "2022", "2022-13", "2022-9", "1999-01", "9999-12", "20220-1", "\x00", "2022-W1"]
)
def test_what_is_no_month_is_not_read(text: str) -> None:
    assert read_month(text) is None
