"""Days on which nobody is expected at a school: week-ends and Russian holidays with their transferred days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays

WEEK_END: Final = {5: "суббота", 6: "воскресенье"}


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included; none when they stand the other way round."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def days_off(first: date, last: date) -> dict[date, str]:
    """The days off of a stretch with what they are: «4 ноября» is «День народного единства».

    Source: the library `holidays`, Russia, with the days that the government moved; a Saturday on which people
    work instead of a moved day stays a day off: schools plan nothing on it.
    """
    off: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        off |= _holidays_of(year)
    return {
        day: off.get(day) or WEEK_END[day.weekday()]
        for day in days_between(first, last)
        if day in off or day.weekday() in WEEK_END
    }


def day_off_words(day: date) -> str:
    """What makes a day a day off; an empty string for a working day."""
    return days_off(day, day).get(day, "")


@lru_cache(maxsize=32)
def _holidays_of(year: int) -> dict[date, str]:
    return {
        day: name.split(" (", 1)[0]
        for day, name in holidays.country_holidays("RU", years=year, language="ru").items()
    }
