"""A month as the weeks that people look at it by: no rows, no clock."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

EARLIEST, LATEST = date(2015, 1, 1), date(2099, 12, 1)
_WEEKS: Final = Calendar()


@dataclass(frozen=True, slots=True)
class Month:
    """One month by its first day."""

    first: date

    @property
    def key(self) -> str:
        """«2022-09», as it stands in addresses."""
        return f"{self.first:%Y-%m}"

    @property
    def last(self) -> date:
        return _next(self.first) - timedelta(days=1)

    @property
    def earlier(self) -> Month | None:
        """The month before, as far as addresses go."""
        if self.first <= EARLIEST:
            return None
        year, number = divmod(self.first.year * 12 + self.first.month - 2, 12)
        return Month(date(year, number + 1, 1))

    @property
    def later(self) -> Month | None:
        return None if self.first >= LATEST else Month(_next(self.first))

    @property
    def weeks(self) -> list[list[date]]:
        """Its weeks from Monday to Sunday, with the days of the neighbours that fill them."""
        return _WEEKS.monthdatescalendar(self.first.year, self.first.month)


def month_of(day: date) -> Month:
    """The month of a day."""
    return Month(day.replace(day=1))


def read_month(text: str) -> Month | None:
    """The month of «2022-09»; None when it is none, or too far away to be meant."""
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return Month(day) if len(text) == len("2022-09") and EARLIEST <= day <= LATEST else None


def _next(day: date) -> date:
    year, number = divmod(day.year * 12 + day.month, 12)
    return date(year, number + 1, 1)
