"""Several cells make one period: columns of dates, start and end columns, a matrix of marks."""

from __future__ import annotations

from datetime import date

import pytest

from opora.core.periods import Period, from_columns, from_marks, joined, read_periods


def sides(period: Period) -> tuple[date | None, date | None, bool, str]:
    return (period.start, period.end, period.open_ended, period.confidence)


def test_waves_of_date_columns_are_the_first_start_and_the_last_end() -> None:
    waves = read_periods(["апрель 2022", "", "15.09.2022", "март 2022"], year=2022)

    period = joined(waves, "апрель 2022; 15.09.2022; март 2022")

    assert sides(period) == (date(2022, 3, 1), date(2022, 9, 15), False, "sure")
    assert period.text == "апрель 2022; 15.09.2022; март 2022"


def test_one_assumed_year_makes_the_whole_assumed() -> None:
    period = joined(read_periods(["март 2022", "май"], year=2022), "")

    assert sides(period) == (date(2022, 3, 1), date(2022, 5, 31), False, "assumed")


def test_deadlines_in_several_columns_end_with_the_last() -> None:
    period = joined(read_periods(["до 1 марта 2022", "до 1 июня 2022"], year=2022), "")

    assert sides(period) == (None, date(2022, 6, 1), False, "sure")


def test_a_column_that_opens_and_a_later_one_that_closes_make_a_closed_period() -> None:
    period = joined(read_periods(["с 1 марта 2022", "до 1 июня 2022"], year=2022), "")

    assert sides(period) == (date(2022, 3, 1), date(2022, 6, 1), False, "sure")


def test_a_column_that_opens_after_the_others_leaves_no_end() -> None:
    period = joined(read_periods(["март 2022", "с 1 сентября 2022"], year=2022), "")

    assert sides(period) == (date(2022, 3, 1), None, True, "sure")


def test_columns_without_days_stay_unread_but_keep_how_often() -> None:
    period = joined(read_periods(["по графику", "ежемесячно"], year=2022), "по графику; ежемесячно")

    assert sides(period) == (None, None, False, "unread")
    assert period.recurrence == "monthly"


def test_no_columns_at_all_are_unread() -> None:
    assert sides(joined([], "")) == (None, None, False, "unread")


@pytest.mark.parametrize(
    ("start", "end", "year", "expected"),
    [
        ("01.03.2022", "15.05.2022", 2022, (date(2022, 3, 1), date(2022, 5, 15), False, "sure")),
        ("март 2022", "май 2022", 2022, (date(2022, 3, 1), date(2022, 5, 31), False, "sure")),
        ("", "май 2022", 2022, (None, date(2022, 5, 31), False, "sure")),
        ("  ", "до 31 мая 2022", 2022, (None, date(2022, 5, 31), False, "sure")),
        ("с 1 марта 2022", "", 2022, (date(2022, 3, 1), None, True, "sure")),
        ("март", "май", 2022, (date(2022, 3, 1), date(2022, 5, 31), False, "assumed")),
        ("сентябрь", "май", 2022, (date(2022, 9, 1), date(2023, 5, 31), False, "assumed")),
        ("сентябрь", "май 2022", 2022, (date(2021, 9, 1), date(2022, 5, 31), False, "sure")),
        ("сентябрь 2022", "май", 2022, (date(2022, 9, 1), date(2023, 5, 31), False, "sure")),
        ("март", "май 2022", None, (date(2022, 3, 1), date(2022, 5, 31), False, "sure")),
        ("10.05.2022", "01.05.2022", 2022, (date(2022, 5, 10), date(2022, 5, 1), False, "sure")),
        ("", "", 2022, (None, None, False, "unread")),
        ("март", "май", None, (None, None, False, "unread")),
        ("март 2022", "постоянно", 2022, (date(2022, 3, 1), None, True, "sure")),
    ],
)
def test_start_and_end_columns(
    start: str, end: str, year: int | None, expected: tuple[date | None, date | None, bool, str]
) -> None:
    assert sides(from_columns(start, end, year=year)) == expected


def test_start_and_end_columns_of_a_school_year() -> None:
    period = from_columns("сентябрь", "май", year=None, school_year=2021)

    assert sides(period) == (date(2021, 9, 1), date(2022, 5, 31), False, "assumed")


def test_the_words_of_both_columns_are_kept() -> None:
    assert from_columns("март", "май", year=2022).text == "март – май"
    assert from_columns("", "май", year=2022).text == "май"


@pytest.mark.parametrize(
    ("marks", "year", "school_year", "expected"),
    [
        ({"months": [3, 5]}, 2022, None, (date(2022, 3, 1), date(2022, 5, 31))),
        ({"months": [11]}, 2022, None, (date(2022, 11, 1), date(2022, 11, 30))),
        ({"quarters": [2, 3]}, 2022, None, (date(2022, 4, 1), date(2022, 9, 30))),
        ({"quarters": [4, 1]}, 2022, None, (date(2022, 1, 1), date(2022, 12, 31))),
        ({"months": [9, 10, 5]}, None, 2021, (date(2021, 9, 1), date(2022, 5, 31))),
        ({"quarters": [4, 1]}, None, 2021, (date(2021, 10, 1), date(2022, 3, 31))),
        ({"months": [0, 13, 4]}, 2022, None, (date(2022, 4, 1), date(2022, 4, 30))),
    ],
)
def test_marks_of_a_matrix_are_the_first_start_and_the_last_end(
    marks: dict[str, list[int]], year: int | None, school_year: int | None, expected: tuple[date, date]
) -> None:
    period = from_marks(**marks, year=year, school_year=school_year, text="х")

    assert sides(period) == (*expected, False, "assumed")
    assert period.text == "х"


@pytest.mark.parametrize(("months", "year"), [([], 2022), ([3], None), ([13], 2022)])
def test_a_matrix_without_marks_or_without_a_year_has_no_days(months: list[int], year: int | None) -> None:
    assert sides(from_marks(months=months, year=year)) == (None, None, False, "unread")
