"""What is wrong with a term is told by a code, and the days stay as they were read."""

from __future__ import annotations

from datetime import date

import pytest

from opora.core.periods import Period, lacks_year, problems, read_period


@pytest.mark.parametrize(
    ("phrase", "codes"),
    [
        ("май – март 2022", ("period_reversed",)),
        ("20.05.2022–10.05.2022", ("period_reversed",)),
        ("31.02.2022", ("date_missing_in_calendar",)),
        ("31 апреля", ("date_missing_in_calendar",)),
        ("29 февраля", ("date_missing_in_calendar",)),
        ("до 31 июня 2022", ("date_missing_in_calendar",)),
        ("28.02.2022 – 30.02.2022", ("date_missing_in_calendar",)),
        ("35.13.2022", ("date_missing_in_calendar",)),
        ("сентярбь 2022", ("period_unreadable",)),
        ("чепуха", ("period_unreadable",)),
        ("", ("period_unreadable",)),
        ("март 2022", ()),
        ("март", ()),
        ("по графику", ()),
        ("в течение года", ()),
        ("постоянно", ()),
        ("ежемесячно", ()),
        ("через 10 дней после педсовета", ()),
    ],
)
def test_a_term_has_the_problems_that_a_person_should_see(phrase: str, codes: tuple[str, ...]) -> None:
    period = read_period(phrase, year=2022)

    assert problems(phrase, period, year=2022) == codes


def test_a_term_whose_year_is_nowhere_has_that_problem_alone() -> None:
    period = read_period("до 15 марта", year=None)

    assert problems("до 15 марта", period) == ("year_missing",)


def test_a_day_that_no_year_has_is_missing_without_a_year_too() -> None:
    period = read_period("31 апреля", year=None)

    assert problems("31 апреля", period) == ("date_missing_in_calendar",)


def test_a_control_date_set_by_a_person_settles_a_term_that_was_not_understood() -> None:
    period = Period("чепуха", control_on=date(2022, 5, 1))

    assert problems("чепуха", period) == ()


@pytest.mark.parametrize(
    "phrase",
    [
        "март",
        "до 15 апреля",
        "с сентября по май",
        "I квартал",
        "до конца года",
        "весной",
        "15.03",
        "май т.г.",
    ],
)
def test_a_phrase_of_the_calendar_lacks_a_year(phrase: str) -> None:
    assert lacks_year(phrase)


@pytest.mark.parametrize(
    "phrase",
    ["март 2022", "по графику", "в течение года", "постоянно", "ежемесячно", "чепуха", "", "31.02.2022"],
)
def test_a_dated_phrase_or_one_without_a_calendar_lacks_no_year(phrase: str) -> None:
    assert not lacks_year(phrase)
