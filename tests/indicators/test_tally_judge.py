"""The state of a promise on a day, by cases and by properties."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.tally import Excused, Status, Subject, Tally, judge, together

START, END = date(2022, 3, 1), date(2022, 4, 30)


def of(*confirmed: date | None, signs: tuple[date, ...] = ()) -> Tally:
    return Tally(
        tuple(Subject(f"s{i}", f"Школа № {100 + i}", confirmed_on=day) for i, day in enumerate(confirmed)),
        signs=signs,
    )


def on(tally: Tally, as_of: date, **term: Any) -> Status:
    return judge(tally, **{"starts_on": START, "ends_on": END, "as_of": as_of, **term})


@pytest.mark.parametrize(
    ("confirmed", "as_of", "code"),
    [
        ([None, None], date(2022, 2, 28), "ahead"),
        ([None, None], START, "running"),
        ([date(2022, 2, 1), None], date(2022, 2, 28), "running"),
        ([date(2022, 2, 1), date(2022, 2, 2)], date(2022, 2, 28), "done"),
        ([None, None], date(2022, 4, 14), "running"),
        ([None, None], date(2022, 4, 15), "at_risk"),
        ([date(2022, 3, 5), None], date(2022, 4, 20), "running"),
        ([date(2022, 3, 5), None, None], date(2022, 4, 20), "at_risk"),
        ([None, None], END, "at_risk"),
        ([date(2022, 3, 5), None], date(2022, 5, 1), "late"),
        ([date(2022, 3, 5), END], END, "done"),
        ([date(2022, 3, 5), date(2022, 5, 9)], date(2022, 5, 8), "late"),
        ([date(2022, 3, 5), date(2022, 5, 9)], date(2022, 5, 9), "done_late"),
    ],
)
def test_state_of_a_term_with_two_ends(confirmed: list[date | None], as_of: date, code: str) -> None:
    assert on(of(*confirmed), as_of).code == code


def test_days_of_lateness_are_told() -> None:
    late = on(of(None), date(2022, 5, 10))
    done_late = on(of(date(2022, 5, 3)), date(2022, 12, 1))

    assert (late.late_by, late.since) == (10, date(2022, 5, 1))
    assert (done_late.late_by, done_late.since) == (3, date(2022, 5, 3))


def test_only_an_end_is_enough_to_be_late() -> None:
    assert on(of(None), date(2022, 1, 1), starts_on=None).code == "running"
    assert on(of(None), date(2022, 5, 1), starts_on=None).code == "late"


def test_term_without_a_calendar_runs_until_done_or_goes_by_its_control_day() -> None:
    no_term = {"starts_on": None, "ends_on": None}

    assert on(of(None), date(2030, 1, 1), **no_term).code == "running"
    assert on(of(END), date(2030, 1, 1), **no_term).code == "done"
    assert on(of(None), date(2022, 6, 2), **no_term, control_on=date(2022, 6, 1)).code == "late"
    assert (
        on(of(date(2022, 6, 2)), date(2022, 6, 2), **no_term, control_on=date(2022, 6, 1)).code == "done_late"
    )


def test_everyone_excused_leaves_nothing_to_wait_for() -> None:
    tally = Tally((Subject("s1", "Школа № 101"),), (Excused("s1", "Школа № 101", "Закрыта"),))

    assert on(tally, date(2022, 6, 1)).code == "done"


def test_nobody_expected_is_late_not_done() -> None:
    assert on(Tally(()), date(2022, 6, 1)).code == "late"


@pytest.mark.parametrize(
    ("sign", "recurrence", "as_of", "code"),
    [
        (None, None, date(2022, 2, 1), "ahead"),
        (None, None, date(2022, 6, 1), "running"),
        (None, None, date(2022, 6, 2), "silent"),
        (date(2022, 3, 10), None, date(2022, 6, 10), "alive"),
        (date(2022, 3, 10), None, date(2022, 6, 11), "silent"),
        (date(2022, 3, 10), "monthly", date(2022, 4, 10), "alive"),
        (date(2022, 3, 10), "monthly", date(2022, 4, 11), "silent"),
        (date(2022, 3, 10), "other", date(2022, 6, 10), "alive"),
        (date(2022, 7, 1), None, date(2022, 6, 30), "silent"),
    ],
)
def test_permanent_work_lives_by_its_signs(
    sign: date | None, recurrence: str | None, as_of: date, code: str
) -> None:
    tally = Tally((), signs=(sign,) if sign else ())

    assert on(tally, as_of, ends_on=None, is_open_ended=True, recurrence=recurrence).code == code


def test_permanent_work_with_an_end_is_judged_as_any_other_after_it() -> None:
    assert on(of(date(2022, 4, 1)), date(2022, 4, 10), recurrence="monthly").code == "alive"
    assert on(of(date(2022, 4, 1)), date(2022, 6, 1), recurrence="monthly").code == "done"
    assert on(of(None), date(2022, 6, 1), recurrence="monthly").code == "late"


def test_every_state_has_words_and_an_icon_of_the_design() -> None:
    for code in ("ahead", "running", "done", "done_late", "late", "at_risk", "alive", "silent"):
        status = Status(code=code, found=0, expected=1)
        assert status.title
        assert status.formal
        assert status.icon in {"done", "half", "late", "wait", "ahead", "loop", "none", "back", "sent"}


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (("done", "done"), "done"),
        (("done", "done_late"), "done_late"),
        (("done", "late"), "late"),
        (("ahead", "ahead"), "ahead"),
        (("done", "ahead"), "running"),
        (("alive", "silent"), "silent"),
        (("running", "at_risk"), "at_risk"),
    ],
)
def test_line_of_two_promises(codes: tuple[Any, ...], code: str) -> None:
    both = together(Status(code=one, found=1, expected=2) for one in codes)

    assert (both.code, both.found, both.expected) == (code, 2, 4)


def test_line_that_promises_nothing_is_in_work() -> None:
    assert together([]).code == "running"


DAYS = st.dates(date(2021, 9, 1), date(2023, 9, 1))
MAYBE = st.none() | DAYS
SUBJECTS = st.lists(
    st.builds(
        Subject,
        key=st.sampled_from([f"s{i}" for i in range(8)]),
        name=st.just("Школа"),
        reported_on=MAYBE,
        confirmed_on=MAYBE,
        is_nothing=st.booleans(),
    ),
    max_size=10,
).map(tuple)
EXCUSES = st.lists(
    st.builds(
        Excused,
        key=st.sampled_from([f"s{i}" for i in range(8)]),
        name=st.just(""),
        reason=st.just(""),
        since=MAYBE,
    ),
    max_size=4,
).map(tuple)
TALLIES = st.builds(
    Tally,
    subjects=SUBJECTS,
    excused=EXCUSES,
    needed=st.none() | st.integers(-1, 6),
    signs=st.lists(DAYS, max_size=3).map(tuple),
)
TERMS = st.fixed_dictionaries(
    {
        "starts_on": MAYBE,
        "ends_on": MAYBE,
        "is_open_ended": st.booleans(),
        "recurrence": st.none() | st.sampled_from(["daily", "monthly", "other", "?"]),
        "control_on": MAYBE,
    }
)


@given(TALLIES, TERMS, DAYS)
def test_any_tally_and_term_can_be_judged(tally: Tally, term: dict[str, Any], as_of: date) -> None:
    status = judge(tally, **term, as_of=as_of)
    counted = tally.on(as_of)

    assert 0 <= status.found <= max(status.expected, 0)
    assert 0 <= counted.share <= 1
    assert status.late_by >= 0
    assert (status.late_by > 0) == (status.code in ("late", "done_late"))
    assert not (status.is_done and counted.lacking)


@given(TALLIES, TERMS, DAYS, st.randoms(use_true_random=False))
def test_order_of_the_rows_does_not_matter(
    tally: Tally, term: dict[str, Any], as_of: date, random: Random
) -> None:
    subjects, excused = list(tally.subjects), list(tally.excused)
    random.shuffle(subjects)
    random.shuffle(excused)
    shuffled = Tally(tuple(subjects), tuple(excused), tally.needed, tuple(reversed(tally.signs)))

    assert judge(shuffled, **term, as_of=as_of) == judge(tally, **term, as_of=as_of)


@given(TALLIES, DAYS, st.integers(0, 400))
def test_evidence_only_grows_with_time(tally: Tally, as_of: date, later: int) -> None:
    before, after = tally.on(as_of), tally.on(as_of + timedelta(days=later))

    assert {one.key for one in before.confirmed} <= {one.key for one in after.confirmed}


@given(SUBJECTS, DAYS, st.sampled_from([f"s{i}" for i in range(8)]))
def test_excusing_a_school_never_lowers_the_share(
    subjects: tuple[Subject, ...], as_of: date, key: str
) -> None:
    before = Tally(subjects).on(as_of)
    after = Tally(subjects, (Excused(key, "Школа", "Ремонт"),)).on(as_of)

    assert after.share >= before.share


@given(TALLIES, DAYS, DAYS)
def test_done_in_time_stays_done(tally: Tally, as_of: date, later: date) -> None:
    tally = Tally(tally.subjects, (), tally.needed, tally.signs)
    first, last = sorted((as_of, later))
    term: dict[str, Any] = {"starts_on": START, "ends_on": END}

    if judge(tally, **term, as_of=first).is_done:
        assert judge(tally, **term, as_of=last).code == judge(tally, **term, as_of=first).code
