"""One journey to several schools, or of several curators: planned at once, shown in each record, moved together."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opora.appointments.models import Appointment
from opora.visits.models import Visit
from tests.indicators.town import Town
from tests.visitor import Page, Visitor
from tests.visits.town import make_visited_town

pytestmark = pytest.mark.django_db
ADD = "/visits/plan/add/?on=2022-02-01"
MARCH_10, MARCH_17 = date(2022, 3, 10), date(2022, 3, 17)


def make_town() -> Town:
    """A town whose second school has the first curator, and the first school a second curator too."""
    town = make_visited_town()
    Appointment.objects.filter(duty="curator", school__in=town.schools[1:]).delete()
    town.appoint("curator", town.schools[1], town.curators[0])
    town.appoint("curator", town.schools[0], town.curators[1])
    return town


def pair(town: Town, school: int, curator: int) -> int:
    """The appointment of a curator to a school."""
    found = Appointment.objects.get(
        duty="curator", school=town.schools[school], person=town.curators[curator], until=None
    )
    return found.pk


def journey(town: Town, together: list[int], status: int = 200, **values: Any) -> Page:
    """The coordinator plans a visit to the first school, and with it the others of the same journey."""
    visitor = Visitor(town.coordinator)
    said = {
        "school": town.schools[0].pk,
        "curator": town.curators[0].pk,
        "together": together,
        "day": "2022-03-10",
        "how": "on_site",
    }
    return visitor.send(visitor.open(ADD), status=status, **{**said, **values})


def test_several_schools_and_curators_are_planned_as_one_journey() -> None:
    town = make_town()
    page = journey(town, [pair(town, 1, 0), pair(town, 0, 1)])
    visits = Visit.objects.all()
    assert "Внесено в график: 3 посещения одной поездки." in page.words
    assert len({one.group_key for one in visits}) == 1
    assert visits[0].group_key is not None
    assert {(one.school, one.curator, one.planned_on) for one in visits} == {
        (town.schools[0], town.curators[0], MARCH_10),
        (town.schools[1], town.curators[0], MARCH_10),
        (town.schools[0], town.curators[1], MARCH_10),
    }


def test_the_record_names_the_others_of_the_journey() -> None:
    town = make_town()
    page = journey(town, [pair(town, 1, 0)])
    assert "Общая поездка" in page.words
    other = Visit.objects.get(school=town.schools[1])
    assert page.tree.xpath(f"//aside//a[@href='/visits/{other.pk}/']")


def test_a_visit_on_its_own_is_no_journey() -> None:
    town = make_town()
    page = journey(town, [pair(town, 0, 0)])
    assert Visit.objects.get().group_key is None
    assert "Общая поездка" not in page.words
    assert "Перенести всех" not in page.words


def test_the_same_journey_sent_twice_is_planned_once() -> None:
    town = make_town()
    journey(town, [pair(town, 1, 0)])
    page = journey(town, [pair(town, 1, 0)])
    assert "уже в графике" in page.words
    assert Visit.objects.count() == 2


def test_a_journey_is_planned_whole_or_not_at_all() -> None:
    town = make_town()
    journey(town, [], school=town.schools[1].pk)
    page = journey(town, [pair(town, 1, 0)], 422)
    assert str(town.schools[1]) in page.words
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(("whole", "second"), [(["on"], MARCH_17), ([], MARCH_10)])
def test_moving_offers_to_move_everybody(whole: list[str], second: date) -> None:
    town = make_town()
    journey(town, [pair(town, 1, 0)])
    visit = Visit.objects.get(school=town.schools[0])
    visitor = Visitor(town.coordinator)
    page = visitor.open(f"/visits/{visit.pk}/?on=2022-02-01")
    assert f"Перенести всех, кто в этой поездке: {town.schools[1]}" in page.words
    told = {"to_day": "2022-03-17", "reason": "Карантин", "whole": whole}
    visitor.send(page, "/move/", **told)
    assert Visit.objects.get(school=town.schools[0]).planned_on == MARCH_17
    assert Visit.objects.get(school=town.schools[1]).planned_on == second


def test_a_curator_moves_only_own_visits_of_a_journey() -> None:
    town = make_town()
    journey(town, [pair(town, 0, 1)])
    visit = Visit.objects.get(curator=town.curators[0])
    page = Visitor(town.curators[0]).open(f"/visits/{visit.pk}/?on=2022-02-01")
    assert "Общая поездка" in page.words
    assert "Перенести всех" not in page.words


@pytest.mark.parametrize(("whole", "left"), [(["on"], 0), ([], 1)])
def test_cancelling_offers_to_cancel_the_whole_journey(whole: list[str], left: int) -> None:
    town = make_town()
    journey(town, [pair(town, 1, 0)])
    visit = Visit.objects.get(school=town.schools[0])
    visitor = Visitor(town.coordinator)
    page = visitor.open(f"/visits/{visit.pk}/?on=2022-02-01")
    assert f"Отменить всю поездку: {town.schools[1]}" in page.words

    visitor.send(page, "/cancel/", reason="Карантин", whole=whole)

    assert Visit.objects.filter(cancelled_on=None).count() == left
    assert Visit.objects.exclude(cancelled_on=None).filter(cancel_reason="Карантин").count() == 2 - left
