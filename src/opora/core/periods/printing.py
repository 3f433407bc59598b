"""A period written in Russian words that are read back into the same days."""

from __future__ import annotations

from datetime import date, timedelta

from opora.core.periods.period import Period
from opora.core.periods.reading import read_period

_MONTHS = [
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
    "ноябрь", "декабрь",
]  # fmt: skip
_OF_MONTH = [
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
    "ноября", "декабря",
]  # fmt: skip
_OFTEN = {
    "daily": "ежедневно", "weekly": "еженедельно", "monthly": "ежемесячно", "quarterly": "ежеквартально",
    "half-yearly": "раз в полугодие", "yearly": "ежегодно", "other": "несколько раз в год",
}  # fmt: skip


def print_period(period: Period) -> str:
    """The period in Russian words; a term without days keeps its own text where that text says the same."""
    often = _OFTEN.get(period.recurrence or "", "")
    if period.start is None and period.end is None:
        return _without_days(period, often)
    days = _days(period)
    if period.open_ended and period.end is not None:
        if period.start is not None:
            days = f"с {_day(period.start)} по {_day(period.end)}"
        days += ", далее постоянно"
    return f"{days}, {often}" if often else days


def _without_days(period: Period, often: str) -> str:
    own = " ".join(period.text.split())
    again = read_period(own, year=None)
    if (
        own
        and (again.open_ended, again.recurrence) == (period.open_ended, period.recurrence)
        and not again.end
    ):
        return own
    words = [*(["постоянно"] if period.open_ended else []), *([often] if often else [])]
    return ", ".join(words) or "по отдельному графику"


def _days(period: Period) -> str:
    start, end = period.start, period.end
    if start is None:
        assert end is not None
        return f"до {_day(end)}"
    if end is None:
        return f"с {_day(start)}" if period.open_ended else f"с {_day(start)} до наступления события"
    return _stretch(start, end)


def _day(day: date) -> str:
    return f"{day.day} {_OF_MONTH[day.month - 1]} {day.year} года"


def _month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _stretch(start: date, end: date) -> str:
    if start == end:
        return _day(start)
    if start.day != 1 or not _is_last_of_month(end) or end < start:
        return f"с {_day(start)} по {_day(end)}"
    if (start.month, end.month) == (1, 12):
        return f"{start.year} год" if start.year == end.year else f"{start.year}–{end.year} годы"
    if (start.month, end.month) == (9, 8) and end.year == start.year + 1:
        return f"{start.year}–{end.year} учебный год"
    if (start.year, start.month) == (end.year, end.month):
        return _month(start)
    if start.year == end.year:
        return f"{_MONTHS[start.month - 1]} – {_month(end)}"
    return f"{_month(start)} – {_month(end)}"
