"""Days on a scale of months: where a term, a day and a tail stand, in per cent, so that drawings need no style."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

FEWEST, MOST = 12, 15


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def next(self, count: int = 1) -> Month:
        index = self.year * 12 + self.number - 1 + count
        return Month(index // 12, index % 12 + 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A term on the scale; `over` is the tail from its end to the day, for a line that is late."""

    look: str
    x: str
    width: str
    has_dash: bool = False
    dash_end: str = ""
    over: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A stretch of whole months, 12 to 15 of them."""

    months: tuple[Month, ...]

    @property
    def count(self) -> int:
        return len(self.months)

    def share(self, day: date) -> float:
        """Where the beginning of a day stands: 0 to 100 per cent of the scale, cut at its ends."""
        first = self.months[0]
        passed = (day.year - first.year) * 12 + day.month - first.number
        part = (day.day - 1) / calendar.monthrange(day.year, day.month)[1]
        return min(max(100 * (passed + part) / self.count, 0.0), 100.0)

    def place(self, day: date) -> str:
        """The same as words of an SVG: «72.8%»."""
        return percent(self.share(day))

    def covers(self, day: date) -> bool:
        return self.months[0].first <= day <= self.months[-1].last

    def bar(self, starts_on: date | None, ends_on: date | None, *, look: str, as_of: date) -> Bar | None:
        """The bar of a term; one side missing means it runs to that end of the scale; None without both."""
        if starts_on is None and ends_on is None:
            return None
        left = self.share(starts_on) if starts_on else max(self._after(ends_on) - 100 / self.count / 2, 0.0)
        right = self._after(ends_on) if ends_on else 100.0
        right = max(right, min(left + 0.8, 100.0))
        today = self.share(as_of)
        return Bar(
            look=look,
            x=percent(left),
            width=percent(right - left),
            has_dash=look in ("half", "loop"),
            dash_end=percent(right),
            over=percent(today) if look == "late" and today > right else "",
        )

    def _after(self, day: date | None) -> float:
        if day is None:
            return 100.0
        return self.share(date.fromordinal(day.toordinal() + 1))


def percent(value: float) -> str:
    """A number as an SVG length: one digit after the point, no tail of zeros."""
    return f"{value:.1f}".rstrip("0").rstrip(".") + "%"


def timeline_of(terms: Iterable[tuple[date | None, date | None]], around: Sequence[date]) -> Timeline:
    """The months that the terms with both ends cover, 12 to 15 of them; `around` are the programme's first and last day."""
    whole = [(start, end) for start, end in terms if start and end and start <= end]
    first = min((start for start, _ in whole), default=around[0])
    last = max((end for _, end in whole), default=around[1])
    month = Month(first.year, first.month)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count > MOST:
        month, count = Month(around[0].year, around[0].month), MOST
    return Timeline(tuple(month.next(step) for step in range(max(count, FEWEST))))
