"""Numbers and dates of a workbook shown as their format shows them: «декабрь 2021», «28.02.2022», «1.10»."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

MONTHS: Final = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
_BUILT_IN_DATES: Final = frozenset({14, 15, 16, 22, *range(27, 37), *range(50, 59)})
_BUILT_IN_TIMES: Final = frozenset({18, 19, 20, 21, 45, 46, 47})
_BUILT_IN: Final = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 17: "mmm-yy", 49: "@"}
_LITERALS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DECIMALS: Final = re.compile(r"0\.(0+)")
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 -- days of a workbook have no zone
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 -- nor here
_LAST_DAY: Final = 2_958_465
_MONTH_ALONE: Final = "month"
_DAY: Final = "day"
_TIME: Final = "time"
_YEAR: Final = "year"


def kind_of_format(number: int, code: str) -> str:
    """What a format shows: «day», «month» (no day of the month), «year», «time», or empty for plain numbers."""
    if not code:
        if number in _BUILT_IN_DATES:
            return _DAY
        if number in _BUILT_IN_TIMES:
            return _TIME
        code = _BUILT_IN.get(number, "")
    letters = _LITERALS.sub("", code.split(";")[0]).lower().replace("general", "").replace("основной", "")
    has_day = bool(re.search(r"d|д", letters))
    has_year = bool(re.search(r"y|г", letters))
    has_month = bool(re.search(r"m|м", letters))
    if has_day:
        return _DAY
    if has_month and (has_year or not re.search(r"h|s|ч|с", letters)):
        return _MONTH_ALONE
    if has_year:
        return _YEAR
    return _TIME if re.search(r"h|s|ч", letters) else ""


def shown(value: float, number: int, code: str, *, is_1904: bool = False) -> str:
    """A number of a cell as a person sees it under a format: `number` is its identifier, `code` its letters."""
    kind = kind_of_format(number, code)
    if kind and 0 <= value <= _LAST_DAY:
        return _shown_day(value, kind, code or _BUILT_IN.get(number, ""), is_1904=is_1904)
    return _shown_number(value, code or _BUILT_IN.get(number, ""))


def shown_date(day: date, kind: str = _DAY) -> str:
    """A day as dd.mm.yyyy, or its month alone: «декабрь 2021»."""
    if kind == _MONTH_ALONE:
        return f"{MONTHS[day.month - 1]} {day.year}"
    return str(day.year) if kind == _YEAR else f"{day:%d.%m.%Y}"


def _shown_day(value: float, kind: str, code: str, *, is_1904: bool) -> str:
    moment = (_EPOCH_1904 if is_1904 else _EPOCH) + timedelta(days=value)
    if not is_1904 and value < 60:
        # Excel believes that 1900 was a leap year; only days before March of it are shifted.
        moment += timedelta(days=1)
    if kind == _TIME or value < 1:
        return f"{moment:%H:%M}"
    letters = _LITERALS.sub("", code.split(";")[0]).lower()
    if kind == _MONTH_ALONE and "y" not in letters and "г" not in letters:
        return MONTHS[moment.month - 1]
    return shown_date(moment.date(), kind)


def _shown_number(value: float, code: str) -> str:
    plain = _LITERALS.sub("", code.split(";")[0])
    decimals = _DECIMALS.search(plain)
    if "%" in plain:
        return f"{value * 100:.{len(decimals.group(1)) if decimals else 0}f}%"
    if decimals:
        return f"{value:.{len(decimals.group(1))}f}"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}" if abs(value) < 1e15 else f"{value:g}"
