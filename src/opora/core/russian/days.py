"""Days and stretches of days in Russian words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from opora.core.russian.counting import NBSP

_OF_MONTH: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_MONTH: Final = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


def day_words(day: date) -> str:
    """«15 сентября 2022 года» with no-break spaces."""
    return f"{day_month(day)}{NBSP}{_year(day)}"


def day_month(day: date) -> str:
    """«15 сентября» with a no-break space."""
    return f"{day.day}{NBSP}{_OF_MONTH[day.month - 1]}"


def day_short(day: date) -> str:
    """«15.09.2022»."""
    return f"{day:%d.%m}.{day.year:04d}"


def month_words(day: date) -> str:
    """«сентябрь 2022 года» with no-break spaces."""
    return f"{_MONTH[day.month - 1]}{NBSP}{_year(day)}"


def period_words(start: date | None, end: date | None) -> str:
    """A stretch of days as people say it: whole months by name, an open side as «с …», «до …»; or empty."""
    if start is None or end is None:
        if start is not None:
            return f"с{NBSP}{day_words(start)}"
        return f"до{NBSP}{day_words(end)}" if end is not None else ""
    if start == end:
        return day_words(start)
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1] and start < end:
        return _months(start, end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    first = day_month(start) if start.year == end.year else day_words(start)
    return f"{first} – {day_words(end)}"


def _months(start: date, end: date) -> str:
    if (start.year, start.month) == (end.year, end.month):
        return month_words(start)
    first = _MONTH[start.month - 1] if start.year == end.year else month_words(start)
    return f"{first} – {month_words(end)}"


def _year(day: date) -> str:
    return f"{day.year}{NBSP}года"
