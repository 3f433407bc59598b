"""Several promises about the same schools are told as one number of schools."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from opora.indicators.joining import joined
from opora.indicators.tally import Counted, Excused, Subject, Tally

START, AS_OF = date(2022, 3, 1), date(2022, 3, 15)
KEYS = [f"school-{number}" for number in range(5)]
DAYS = st.none() | st.dates(START, START + timedelta(days=30))
EXCUSED = st.lists(st.sampled_from(KEYS), unique=True, max_size=2)


def tally(days: list[tuple[date | None, date | None]], excused: list[str]) -> Tally:
    subjects = tuple(Subject(key, key, *known) for key, known in zip(KEYS, days, strict=True))
    return Tally(subjects, tuple(Excused(key, key, "Ремонт") for key in excused))


TALLIES = st.lists(st.lists(st.tuples(DAYS, DAYS), min_size=5, max_size=5), min_size=1, max_size=3)


@given(TALLIES, EXCUSED)
def test_each_key_stands_once_and_no_better_than_its_worst_promise(
    days: list[list[tuple[date | None, date | None]]], excused: list[str]
) -> None:
    counts = [tally(one, excused).on(AS_OF) for one in days]

    whole = joined(counts)

    groups = [{one.key for one in group} for group in (whole.confirmed, whole.reported, whole.missing)]
    assert sum(len(group) for group in groups) == whole.expected == len(set().union(*groups))
    assert whole.lacking == whole.expected - whole.found
    assert whole.is_complete == all(one.is_complete for one in counts)
    assert groups[0] == whole_keys(counts) - {
        one.key for each in counts for one in (*each.reported, *each.missing)
    }
    assert groups[2] == {one.key for each in counts for one in each.missing}
    assert {one.key for one in whole.excused}.isdisjoint(set().union(*groups))


@given(st.lists(st.tuples(DAYS, DAYS), min_size=5, max_size=5), EXCUSED)
def test_one_promise_joined_with_itself_is_the_same(
    days: list[tuple[date | None, date | None]], excused: list[str]
) -> None:
    counted = tally(days, excused).on(AS_OF)

    whole = joined([counted, counted])

    for name in ("confirmed", "reported", "missing"):
        assert {one.key for one in getattr(whole, name)} == {one.key for one in getattr(counted, name)}
    assert (whole.expected, whole.lacking, whole.excused) == (
        counted.expected,
        counted.lacking,
        counted.excused,
    )
    assert (whole.completed_on, whole.last_sign_on) == (counted.completed_on, counted.last_sign_on)


def whole_keys(counts: list[Counted]) -> set[str]:
    return {one.key for each in counts for one in (*each.confirmed, *each.reported, *each.missing)}
