"""The proposal of days: even, on working days, on free days, the same every time, fast enough for a region."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.visits.balance import Pair, Standing, propose
from opora.visits.workdays import day_off_words, days_between, days_off

FIRST, LAST = date(2022, 8, 1), date(2022, 11, 30)
OFF = days_off(FIRST, LAST)
BEGAN = date(2022, 1, 10)


def pairs(count: int, curators: int) -> list[Pair]:
    return [Pair(number, number % curators, BEGAN, order=(number, "", number)) for number in range(count)]


def week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def test_every_school_has_its_visit_on_a_working_day() -> None:
    made = propose(pairs(11, 4), first=FIRST, last=LAST, off=OFF)
    assert sorted(offer.school for offer in made.offers) == list(range(11))
    assert made.without_day == ()
    assert not any(offer.day in OFF for offer in made.offers)
    assert all(FIRST <= offer.day <= LAST for offer in made.offers)


@given(schools=st.integers(1, 60), curators=st.integers(1, 8), each=st.integers(1, 3))
def test_no_curator_has_two_on_a_day_and_weeks_differ_by_one_at_most(
    schools: int, curators: int, each: int
) -> None:
    made = propose(pairs(schools, curators), first=FIRST, last=LAST, off=OFF, each=each)
    working = Counter(week(day) for day in days_between(FIRST, LAST) if day not in OFF)
    for curator in {offer.curator for offer in made.offers}:
        days = [offer.day for offer in made.offers if offer.curator == curator]
        assert len(days) == len(set(days))
        loads = Counter(week(day) for day in days)
        room = [one for one in working if loads[one] < working[one]]
        assert all(loads[busy] <= loads[calm] + 1 for busy in loads for calm in room)
    assert len(made.offers) + len(made.without_day) == schools * each


def test_curators_with_one_school_each_are_not_sent_out_in_one_week() -> None:
    made = propose(pairs(40, 40), first=FIRST, last=LAST, off=OFF)
    loads = Counter(week(offer.day) for offer in made.offers)
    assert max(loads.values()) <= 4
    assert len(loads) >= 15


def test_two_visits_of_one_school_stand_in_two_halves_of_the_stage() -> None:
    made = propose(pairs(6, 2), first=FIRST, last=LAST, off=OFF, each=2)
    for school in range(6):
        early, late = sorted(offer.day for offer in made.offers if offer.school == school)
        assert late - early > timedelta(days=30)


def test_days_that_are_taken_are_left_alone_and_a_visited_school_is_not_visited_again() -> None:
    taken = [day for day in days_between(FIRST, LAST) if day not in OFF and day.month != 10]
    standing = Standing(of_curator={0: taken}, of_school={3: [date(2022, 9, 1)]})
    made = propose(pairs(5, 1), first=FIRST, last=LAST, off=OFF, standing=standing)
    assert {offer.day.month for offer in made.offers} == {10}
    assert sorted(offer.school for offer in made.offers) == [0, 1, 2, 4]


def test_a_day_is_sought_within_the_term_of_the_appointment() -> None:
    pair = Pair(1, 7, date(2022, 11, 14), date(2022, 11, 16))
    (offer,) = propose([pair], first=FIRST, last=LAST, off=OFF).offers
    assert date(2022, 11, 14) <= offer.day <= date(2022, 11, 16)


def test_a_school_without_a_day_is_told() -> None:
    gone = Pair(1, 7, date(2021, 1, 1), date(2021, 12, 31))
    assert propose([gone], first=FIRST, last=LAST, off=OFF).without_day == (gone,)
    assert propose([gone], first=LAST, last=FIRST, off=OFF).without_day == (gone,)


def test_a_school_with_two_curators_goes_to_the_one_with_less() -> None:
    three = [
        Pair(1, 7, BEGAN, order=(1, "", 1)),
        Pair(2, 7, BEGAN, order=(2, "", 2)),
        Pair(2, 8, BEGAN, order=(2, "", 2)),
    ]
    made = propose(three, first=FIRST, last=LAST, off=OFF)
    assert [(offer.school, offer.curator) for offer in made.offers] == [(1, 7), (2, 8)]


def test_a_reason_tells_the_week_and_the_holiday_that_was_gone_round() -> None:
    pair = Pair(1, 7, date(2022, 11, 1), date(2022, 11, 6))
    (offer,) = propose([pair], first=FIRST, last=LAST, off=OFF).offers
    assert "на неделе с 31\xa0октября у куратора других посещений нет" in offer.reason
    assert "4\xa0ноября — День народного единства" in offer.reason


def test_the_order_of_rows_changes_nothing() -> None:
    some = pairs(30, 7)
    told = propose(some, first=FIRST, last=LAST, off=OFF)
    assert propose(some[::-1], first=FIRST, last=LAST, off=OFF) == told


def test_a_thousand_schools_are_spread_without_looking_at_every_pair_of_them() -> None:
    made = propose(pairs(1000, 400), first=FIRST, last=LAST, off=OFF)
    assert len(made.offers) == 1000
    loads = Counter(week(offer.day) for offer in made.offers)
    whole = [
        number for monday, number in loads.items() if monday > FIRST and monday + timedelta(days=4) <= LAST
    ]
    assert max(whole) - min(whole) <= 25


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 3, 7), "Выходной"),
        (date(2022, 3, 8), "Международный женский день"),
        (date(2022, 3, 5), "суббота"),
        (date(2022, 9, 18), "воскресенье"),
        (date(2022, 9, 19), ""),
        (date(2022, 5, 10), "Выходной"),
    ],
)
def test_days_off_are_those_of_the_production_calendar(day: date, words: str) -> None:
    assert day_off_words(day) == words
