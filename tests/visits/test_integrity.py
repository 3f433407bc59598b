"""«Commitment integrity»: kept, pushed, added late, dropped, silently late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from opora.visits import actions
from opora.visits.models import Visit
from opora.visits.queries import promised
from opora.visits.states import OUTCOME_WORDS, Promised, Push, integrity_of
from tests.visits.town import AT, MARCH_10, NOTED, hold, make_visited_town, plan

START = date(2022, 3, 1)


def day(number: int) -> date:
    return date(2022, 3, number)


def told(on: int = 31, **days: object) -> tuple[str, int, int, int]:
    """The outcome of one promise for 10 March noted on 1 March."""
    said = {"key": 1, "planned_on": day(10), "noted_on": day(1), **days}
    (one,) = integrity_of([Promised(**said)], day(on)).commitments
    return one.outcome, one.pushed_times, one.pushed_days, one.late_by


@pytest.mark.parametrize(
    ("days", "on", "outcome"),
    [
        ({}, 9, ("ahead", 0, 0, 0)),
        ({}, 10, ("ahead", 0, 0, 0)),
        ({}, 12, ("silent", 0, 0, 2)),
        ({"held_on": day(10)}, 31, ("kept", 0, 0, 0)),
        ({"held_on": day(9)}, 31, ("kept", 0, 0, 0)),
        ({"held_on": day(14)}, 31, ("silent", 0, 0, 4)),
        ({"held_on": day(14)}, 12, ("silent", 0, 0, 2)),
        ({"held_on": day(10), "noted_on": day(11)}, 31, ("added_late", 0, 0, 0)),
        ({"cancelled_on": day(8)}, 31, ("dropped", 0, 0, 0)),
        ({"cancelled_on": day(20)}, 12, ("silent", 0, 0, 2)),
        ({"cancelled_on": day(20)}, 31, ("dropped", 0, 0, 0)),
    ],
)
def test_one_promise(days: dict[str, object], on: int, outcome: tuple[str, int, int, int]) -> None:
    assert told(on, **days) == outcome


def test_pushes_are_counted_with_their_days_as_they_were_known() -> None:
    pushes = (Push(day(3), day(8), day(2)), Push(day(8), day(6), day(5)), Push(day(6), day(10), day(6)))

    assert told(31, held_on=day(10), pushes=pushes) == ("pushed", 2, 9, 0)
    assert told(5, held_on=day(10), pushes=pushes) == ("pushed", 1, 5, 0)
    assert told(9, pushes=pushes) == ("pushed", 2, 9, 0)
    assert told(12, pushes=pushes) == ("silent", 2, 9, 2)
    assert told(12, pushes=(Push(day(14), day(10), day(6)),), held_on=day(10)) == ("kept", 0, 0, 0)


def test_a_push_made_later_does_not_hide_the_silence_before_it() -> None:
    pushed = (Push(day(10), day(20), day(15)),)

    assert told(13, planned_on=day(20), pushes=pushed) == ("silent", 0, 0, 3)
    assert told(15, planned_on=day(20), pushes=pushed) == ("pushed", 1, 10, 0)


DAYS = st.dates(START, START + timedelta(days=60))
PROMISES = st.builds(
    Promised,
    key=st.integers(1, 9),
    planned_on=DAYS,
    noted_on=DAYS,
    held_on=st.none() | DAYS,
    cancelled_on=st.none() | DAYS,
    pushes=st.lists(st.builds(Push, DAYS, DAYS, DAYS), max_size=3).map(
        lambda made: tuple(sorted(made, key=lambda push: push.moved_on))
    ),
)


@given(st.lists(PROMISES, max_size=8), DAYS)
def test_every_promise_of_the_schedule_has_one_outcome(visits: list[Promised], as_of: date) -> None:
    integrity = integrity_of(visits, as_of)

    assert len(integrity.commitments) == sum(visit.noted_on <= as_of for visit in visits)
    assert integrity.due + integrity.count("ahead") == len(integrity.commitments)
    assert integrity.due == (
        integrity.kept + integrity.pushed + integrity.added_late + integrity.dropped + integrity.silent
    )
    for one in integrity.commitments:
        assert one.words == OUTCOME_WORDS[one.outcome]
        assert (one.late_by > 0) == (one.outcome == "silent")
        assert one.pushed_days >= one.pushed_times >= 0
    assert integrity.pushed_times <= integrity.pushed_days or integrity.pushed_times == 0


@given(PROMISES, DAYS)
def test_days_to_come_change_nothing(visit: Promised, as_of: date) -> None:
    known = Promised(
        visit.key,
        visit.day_on(as_of),
        visit.noted_on,
        visit.held_on if visit.held_on and visit.held_on <= as_of else None,
        visit.cancelled_on if visit.cancelled_on and visit.cancelled_on <= as_of else None,
        tuple(push for push in visit.pushes if push.moved_on <= as_of),
    )

    assert integrity_of([visit], as_of) == integrity_of([known], as_of)


def test_rows_become_promises_in_one_query(db: None) -> None:
    town = make_visited_town(5)
    visits = [plan(town, school) for school in town.schools]
    hold(town, visits[0])
    for visit in visits[1:]:
        actions.move_visit(
            visit=visit, to_day=date(2022, 3, 17), reason="Карантин", by=town.head, at=AT, on=day(2)
        )
    rows = list(Visit.objects.all())

    with CaptureQueriesContext(connection) as captured:
        made = promised(rows)

    assert len(captured) == 1
    integrity = integrity_of(made, day(16))
    assert (integrity.kept, integrity.pushed, integrity.pushed_days) == (1, 4, 28)
    assert made[0] == Promised(visits[0].pk, MARCH_10, NOTED, MARCH_10)
