"""What is wrong with a term as it was read: reported to a person and never repaired."""

from __future__ import annotations

from opora.core.periods.period import Period
from opora.core.periods.reading import Reading, read


def problems(
    text: str, period: Period, *, year: int | None = None, school_year: int | None = None
) -> tuple[str, ...]:
    """Codes of what is wrong: period_reversed, date_missing_in_calendar, year_missing, period_unreadable.

    `year` and `school_year` are those the period was read with; a term without a calendar has no problem.
    """
    if period.start is not None and period.end is not None and period.end < period.start:
        return ("period_reversed",)
    if period.start is not None or period.end is not None or period.control_on is not None:
        return ()
    reading = read(text, year=year, school_year=school_year)
    if reading.is_missing:
        return ("date_missing_in_calendar",)
    if reading.lacks_year:
        return ("year_missing",)
    if _is_understood(reading, period):
        return ()
    return ("period_unreadable",)


def _is_understood(reading: Reading, period: Period) -> bool:
    return reading.is_without_calendar or period.open_ended or period.recurrence is not None
