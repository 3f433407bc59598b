"""Points of the calendar in a term: a day, a month, a quarter, a season, a year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

_SEASONS = {1: (3, 5), 2: (6, 8), 3: (9, 11), 4: (12, 2)}


@dataclass(slots=True)
class Point:
    """A stretch within a year. A day below 1 counts back from the end of its month: 0 is the last day.

    `year` is the year of its first day, None until it is known; `offset` counts from the plan's year;
    `edge` is 1, 2 or 3 for the beginning, the middle or the end of a stretch that is longer than a month.
    """

    unit: str
    head: tuple[int, int]
    tail: tuple[int, int]
    number: int = 0
    year: int | None = None
    school: int | None = None
    offset: int | None = None
    edge: int = 0
    weekday: int = 0
    is_explicit: bool = False

    @property
    def wraps(self) -> bool:
        return self.tail[0] < self.head[0]

    def days(self) -> tuple[date, date] | None:
        """First and last day; None when the calendar has no such day or no year is known."""
        if self.year is None:
            return None
        if self.weekday:
            return self._nth_weekday(self.year)
        first = _day(self.year, *self.head)
        last = _day(self.year + self.wraps, *self.tail)
        return (first, last) if first and last else None

    def _nth_weekday(self, year: int) -> tuple[date, date] | None:
        month = self.head[0]
        days = [
            day
            for day in range(1, monthrange(year, month)[1] + 1)
            if date(year, month, day).isoweekday() == self.weekday
        ]
        place = self.number - 1 if self.number > 0 else -1
        if place >= len(days):
            return None
        return (date(year, month, days[place]),) * 2


def _day(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day < 1:
        return date(year, month, last) + timedelta(days=day)
    return date(year, month, day) if day <= last else None


def day_point(day: int, month: int, year: int | None = None) -> Point:
    return Point("day", (month, day or 99), (month, day or 99), day, year, is_explicit=year is not None)


def month_point(month: int, year: int | None = None) -> Point:
    return Point("month", (month, 1), (month, 0), month, year, is_explicit=year is not None)


def edge_of_month(edge: int, month: int) -> Point:
    head, tail = {1: (1, 10), 2: (11, 20), 3: (21, 0)}[edge]
    return Point("edge", (month, head), (month, tail), edge, edge=edge)


def part_of_month(unit: str, number: int, month: int) -> Point | None:
    """A decade, a week or a half of a month by its number, -1 for the last."""
    if unit == "halfpart":
        days = {1: (1, 15), 2: (16, 0), -1: (16, 0)}.get(number)
    elif unit == "decade":
        days = {1: (1, 10), 2: (11, 20), 3: (21, 0), -1: (21, 0)}.get(number)
    else:
        days = {1: (1, 7), 2: (8, 14), 3: (15, 21), 4: (22, 28), -1: (-6, 0)}.get(number)
    return Point(unit, (month, days[0]), (month, days[1]), number) if days else None


def part_of_year(unit: str, number: int) -> Point | None:
    """A quarter or a half-year by its number, -1 for the last."""
    count = {"quarter": 4, "half": 2, "halfpart": 2}[unit]
    number = count if number == -1 else number
    if not 1 <= number <= count:
        return None
    length = 12 // count
    return Point(
        "half" if unit == "halfpart" else unit, ((number - 1) * length + 1, 1), (number * length, 0), number
    )


def season_point(number: int) -> Point:
    first, last = _SEASONS[number]
    return Point("season", (first, 1), (last, 0), number)


def year_point(year: int | None, offset: int | None = None) -> Point:
    return Point("year", (1, 1), (12, 0), year=year, offset=offset, is_explicit=year is not None)


def school_point(year: int) -> Point:
    return Point("school", (9, 1), (8, 0), year=year, school=year, is_explicit=True)


def same_unit(number: int, model: Point) -> Point | None:
    """«15» of «15–20 марта», «I» of «I–II кварталы»: the number as the unit of a later point."""
    if model.unit == "day":
        return replace(day_point(number, model.head[0]), year=None)
    if model.unit in ("quarter", "half"):
        return part_of_year(model.unit, number)
    if model.unit in ("decade", "week", "halfpart"):
        return part_of_month(model.unit, number, model.head[0])
    return None
