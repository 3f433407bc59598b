"""One period made of several cells: columns of dates, start and end columns, a matrix of marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from opora.core.periods.dating import Plan
from opora.core.periods.period import Period
from opora.core.periods.points import Point, month_point, part_of_year
from opora.core.periods.reading import read_period, sensible_year


def joined(periods: Sequence[Period], text: str) -> Period:
    """First start and last end of several columns; one without days adds how often and «постоянно»."""
    dated = [period for period in periods if period.start or period.end]
    starts = [period.start for period in dated if period.start]
    ends = [period.end for period in dated if period.end]
    end = max(ends, default=None)
    opened = [period.start for period in dated if period.start and period.open_ended and not period.end]
    if opened and end is not None and max(opened) > end:
        end = None
    goes_on = any(period.open_ended for period in periods if period.end or not period.start)
    return Period(
        text,
        min(starts, default=None),
        end,
        open_ended=goes_on or (end is None and bool(opened)),
        recurrence=next((period.recurrence for period in periods if period.recurrence), None),
        confidence=_confidence(dated),
    )


def _confidence(dated: Sequence[Period]) -> str:
    if not dated:
        return "unread"
    return "assumed" if any(period.confidence == "assumed" for period in dated) else "sure"


def from_columns(
    start_text: str, end_text: str, *, year: int | None, school_year: int | None = None
) -> Period:
    """A period of a start and an end column: blank start, only the end; blank end, an open start.

    A year that stands in one column serves the other, over New Year too; a reversed pair is left as read.
    """
    text = " – ".join(part for part in (start_text.strip(), end_text.strip()) if part)
    first = read_period(start_text, year=year, school_year=school_year)
    last = read_period(end_text, year=year, school_year=school_year)
    first, last = _with_shared_year(first, last, start_text, end_text)
    start, end = first.start or first.end, last.end or last.start
    if start is None and end is None:
        return replace(joined([first, last], text), text=text)
    return Period(
        text,
        start,
        end,
        open_ended=end is None,
        recurrence=first.recurrence or last.recurrence,
        confidence=_confidence([period for period in (first, last) if period.start or period.end]),
    )


def _with_shared_year(first: Period, last: Period, start_text: str, end_text: str) -> tuple[Period, Period]:
    start, end = first.start or first.end, last.end or last.start
    first_is_sure, last_is_sure = first.confidence == "sure", last.confidence == "sure"
    if last_is_sure and end is not None and not first_is_sure:
        for candidate in (end.year, end.year - 1):
            again = read_period(start_text, year=candidate)
            day = again.start or again.end
            if day is not None and day <= end:
                return replace(again, confidence="sure"), last
    if start is not None and not last_is_sure:
        for candidate in (start.year, start.year + 1):
            again = read_period(end_text, year=candidate)
            day = again.end or again.start
            if day is not None and day >= start:
                return first, replace(again, confidence=first.confidence)
    return first, last


def from_marks(
    *,
    months: Iterable[int] = (),
    quarters: Iterable[int] = (),
    year: int | None,
    school_year: int | None = None,
    text: str = "",
) -> Period:
    """First start and last end of the months (1–12) or quarters (1–4) marked; other numbers are left out."""
    plan = Plan(sensible_year(year), sensible_year(school_year))
    points = [month_point(month) for month in months if 1 <= month <= 12]
    points += [
        point for number in quarters if (point := part_of_year("quarter", number)) is not None and number > 0
    ]
    stretches = [days for point in points if (days := _days(point, plan)) is not None]
    if not stretches:
        return Period(text)
    start, end = min(first for first, _ in stretches), max(last for _, last in stretches)
    return Period(text, start, end, confidence="assumed")


def _days(point: Point, plan: Plan) -> tuple[date, date] | None:
    point.year = plan.year_of(point.head[0])
    return point.days()
