"""The state of a visit follows from its days, on any day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.visits.states import WORDS, State, state_of

START = date(2022, 3, 1)


@dataclass(frozen=True)
class Dated:
    """A visit made of days alone."""

    planned_on: date = date(2022, 3, 10)
    agreed_on: date | None = None
    proposed_day: date | None = None
    proposed_on: date | None = None
    held_on: date | None = None
    reported_on: date | None = None
    returned_on: date | None = None
    approved_on: date | None = None
    cancelled_on: date | None = None


def day(number: int) -> date:
    return date(2022, 3, number)


LIVED = Dated(
    agreed_on=day(5), held_on=day(10), reported_on=day(12), returned_on=day(13), approved_on=day(15)
)


@pytest.mark.parametrize(
    ("on", "code"),
    [(4, "planned"), (5, "agreed"), (9, "agreed"), (10, "held"), (11, "held"), (12, "reported"),
     (13, "returned"), (14, "returned"), (15, "approved"), (31, "approved")],
)  # fmt: skip
def test_a_whole_life_day_by_day(on: int, code: str) -> None:
    assert state_of(LIVED, day(on)).code == code


@pytest.mark.parametrize(
    ("visit", "on", "code"),
    [
        (Dated(), 10, "planned"),
        (Dated(), 11, "overdue"),
        (Dated(agreed_on=day(2)), 11, "overdue"),
        (Dated(proposed_day=day(17), proposed_on=day(6)), 5, "planned"),
        (Dated(proposed_day=day(17), proposed_on=day(6)), 6, "proposed"),
        (Dated(proposed_day=day(17), proposed_on=day(6)), 11, "overdue"),
        (Dated(cancelled_on=day(8)), 7, "planned"),
        (Dated(cancelled_on=day(8)), 8, "cancelled"),
        (Dated(cancelled_on=day(8)), 30, "cancelled"),
        (Dated(held_on=day(14)), 12, "overdue"),
    ],
)
def test_what_did_not_go_as_planned(visit: Dated, on: int, code: str) -> None:
    assert state_of(visit, day(on)).code == code


def test_a_state_is_told_by_shape_and_word_and_knows_when_nobody_owes_any_more() -> None:
    assert state_of(LIVED, day(31)) == State("approved", "Отчёт принят", "done")
    assert [code for code in WORDS if State(code, "", "").is_over] == ["approved", "cancelled"]
    assert len({words for words, _ in WORDS.values()}) == len(WORDS)


DAYS = st.dates(START, START + timedelta(days=60))
MAYBE = st.none() | DAYS
VISITS = st.builds(
    Dated,
    planned_on=DAYS,
    agreed_on=MAYBE,
    proposed_day=MAYBE,
    proposed_on=MAYBE,
    held_on=MAYBE,
    reported_on=MAYBE,
    returned_on=MAYBE,
    approved_on=MAYBE,
    cancelled_on=MAYBE,
)


@given(VISITS, DAYS)
def test_what_comes_later_is_not_known_yet(visit: Dated, as_of: date) -> None:
    facts = (
        "agreed_on",
        "proposed_on",
        "held_on",
        "reported_on",
        "returned_on",
        "approved_on",
        "cancelled_on",
    )
    later = {name: None for name in facts if (known := getattr(visit, name)) is not None and known > as_of}

    assert state_of(visit, as_of) == state_of(replace(visit, **later), as_of)


@given(VISITS, DAYS)
def test_a_cancelled_or_approved_visit_stays_so(visit: Dated, as_of: date) -> None:
    state = state_of(visit, as_of)

    if state.code == "cancelled":
        assert state_of(visit, as_of + timedelta(days=90)).code == "cancelled"
    if visit.cancelled_on is None and state.code == "approved":
        assert state_of(visit, as_of + timedelta(days=90)).code == "approved"


@given(VISITS, DAYS)
def test_a_visit_is_overdue_only_past_its_day_with_nothing_known(visit: Dated, as_of: date) -> None:
    known = (visit.held_on, visit.reported_on, visit.returned_on, visit.approved_on, visit.cancelled_on)
    is_silent = not any(one is not None and one <= as_of for one in known)

    assert (state_of(visit, as_of).code == "overdue") == (is_silent and visit.planned_on < as_of)
