"""Every phrase of the table is read into the days, the openness and the recurrence written beside it."""

from __future__ import annotations

import pytest

from opora.core.periods import Period, read_period
from tests.core.period_phrases import Row, rows


def said(period: Period) -> str:
    days = f"{period.start or ''}..{period.end or ''}" if period.start or period.end else "no days"
    notes = [
        days,
        *(["open"] if period.open_ended else []),
        *([period.recurrence] if period.recurrence else []),
    ]
    return ", ".join([*notes, *(["assumed"] if period.confidence == "assumed" else [])])


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.kind}: {row.phrase}")
def test_a_phrase_is_read_as_written_beside_it(row: Row) -> None:
    period = read_period(row.text, year=2022)

    assert said(period) == row.meaning
    assert period.text == row.text
    assert (period.confidence == "unread") == (row.meaning.startswith("no days"))


def test_the_table_is_large_and_says_each_phrase_once() -> None:
    phrases = [row.phrase for row in rows()]

    assert len(phrases) >= 250
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize(
    ("phrase", "meaning"),
    [
        ("сентябрь", "2021-09-01..2021-09-30, assumed"),
        ("май", "2022-05-01..2022-05-31, assumed"),
        ("август", "2022-08-01..2022-08-31, assumed"),
        ("с сентября по май", "2021-09-01..2022-05-31, assumed"),
        ("декабрь – январь", "2021-12-01..2022-01-31, assumed"),
        ("октябрь, апрель", "2021-10-01..2022-04-30, assumed"),
        ("август – сентябрь", "2022-08-01..2022-09-30, assumed"),
        ("сентябрь – май 2022", "2021-09-01..2022-05-31"),
        ("сентябрь – май 2021", "2021-09-01..2022-05-31, assumed"),
        ("до 15 декабря", "..2021-12-15, assumed"),
        ("до 15 января", "..2022-01-15, assumed"),
        ("15.03", "2022-03-15..2022-03-15, assumed"),
        ("IV квартал", "2021-10-01..2021-12-31, assumed"),
        ("I квартал", "2022-01-01..2022-03-31, assumed"),
        ("1 полугодие", "2021-09-01..2021-12-31, assumed"),
        ("зимой", "2021-12-01..2022-02-28, assumed"),
        ("октябрь 2022", "2022-10-01..2022-10-31"),
        ("в течение учебного года", "no days"),
        ("в течение года", "no days"),
        ("до конца года", "no days"),
    ],
)
def test_in_the_plan_of_a_school_year_autumn_is_the_first_year(phrase: str, meaning: str) -> None:
    period = read_period(phrase, year=None, school_year=2021)

    assert said(period) == meaning


@pytest.mark.parametrize(
    "phrase", ["март", "до 15 апреля", "с сентября по май", "1 квартал", "весна", "15.03", "до конца года"]
)
def test_without_any_year_there_are_no_days(phrase: str) -> None:
    period = read_period(phrase, year=None)

    assert (period.start, period.end, period.open_ended, period.confidence) == (None, None, False, "unread")


@pytest.mark.parametrize(
    ("phrase", "year", "meaning"),
    [
        ("ноябрь – февраль 2022", 2021, "2021-11-01..2022-02-28"),
        ("ноябрь – февраль 2022", None, "2021-11-01..2022-02-28"),
        ("ноябрь – февраль 2022", 2022, "2022-11-01..2023-02-28, assumed"),
        ("29 февраля", 2024, "2024-02-29..2024-02-29, assumed"),
        ("февраль", 2024, "2024-02-01..2024-02-29, assumed"),
    ],
)
def test_the_year_of_the_plan_decides_what_the_words_leave_open(
    phrase: str, year: int | None, meaning: str
) -> None:
    period = read_period(phrase, year=year)

    assert said(period) == meaning


@pytest.mark.parametrize("year", [0, -5, 99999, 2**70])
def test_a_year_that_is_no_year_of_a_plan_is_as_good_as_none(year: int) -> None:
    period = read_period("март", year=year)

    assert period.confidence == "unread"
