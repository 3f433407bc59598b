"""The state of an answer follows from its days, and any day can be looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opora.questionnaires.models import Collection, Respondent
from opora.questionnaires.states import WORDS, due_on, is_late, state_on


def day(number: int) -> date:
    return date(2022, 9, number)


def one(*, by_hand: bool = True, **days: Any) -> Respondent:
    """Somebody asked on 1 September to answer until the 12th."""
    asked = Collection(opens_on=day(1), due_on=day(12), is_accepted_by_hand=by_hand)
    return Respondent(
        collection=asked,
        since=day(1),
        **{name: day(value) if type(value) is int else value for name, value in days.items()},
    )


@pytest.mark.parametrize(
    ("days", "as_of", "code"),
    [
        ({}, 5, "not_opened"),
        ({"opened_on": 4}, 3, "not_opened"),
        ({"opened_on": 4}, 4, "draft"),
        ({"opened_on": 4}, 12, "draft"),
        ({"opened_on": 4}, 13, "missing"),
        ({}, 13, "missing"),
        ({"opened_on": 4, "submitted_on": 6}, 5, "draft"),
        ({"opened_on": 4, "submitted_on": 6}, 6, "submitted"),
        ({"submitted_on": 6, "returned_on": 6, "opened_on": 4}, 6, "returned"),
        ({"submitted_on": 6, "returned_on": 8, "opened_on": 4}, 7, "submitted"),
        ({"submitted_on": 6, "returned_on": 8, "opened_on": 4}, 20, "returned"),
        # Handed in again on the 10th: the first time is not kept, the return is.
        ({"submitted_on": 10, "returned_on": 8, "opened_on": 4}, 7, "draft"),
        ({"submitted_on": 10, "returned_on": 8, "opened_on": 4}, 9, "returned"),
        ({"submitted_on": 10, "returned_on": 8, "opened_on": 4}, 10, "submitted"),
        ({"submitted_on": 6, "accepted_on": 9}, 8, "submitted"),
        ({"submitted_on": 6, "accepted_on": 9}, 9, "accepted"),
        ({"submitted_on": 6, "is_nothing": True}, 9, "submitted"),
        ({"submitted_on": 6, "is_nothing": True, "accepted_on": 9}, 9, "nothing"),
        ({"submitted_on": 6, "by_hand": False}, 6, "accepted"),
        ({"submitted_on": 6, "is_nothing": True, "by_hand": False}, 6, "nothing"),
        ({"submitted_on": 20}, 15, "missing"),
        ({"excused_on": 9}, 8, "not_opened"),
        ({"excused_on": 9}, 9, "excused"),
    ],
)
def test_the_days_tell_the_state(days: dict[str, Any], as_of: int, code: str) -> None:
    assert state_on(one(**days), day(as_of)) == code
    assert code in WORDS


def test_a_term_put_off_holds_from_the_day_it_was_put_off() -> None:
    later = one(extended_to=20, extended_on=14)

    assert (due_on(later, day(13)), state_on(later, day(13))) == (day(12), "missing")
    assert (due_on(later, day(14)), state_on(later, day(14))) == (day(20), "not_opened")
    assert state_on(later, day(21)) == "missing"


def test_an_answer_that_came_back_is_late_after_its_term_and_one_handed_in_never() -> None:
    assert not is_late(one(submitted_on=6, returned_on=8), day(12))
    assert is_late(one(submitted_on=6, returned_on=8), day(13))
    assert not is_late(one(submitted_on=6), day(30))
