"""ODK's functions for the formulas of forms; each takes whatever it is given and never breaks."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from opora.questionnaires import regular
from opora.questionnaires.values import day_at, day_number, day_of, number_text

_NOT_A_NUMBER: Final = math.nan
_MARKS: Final = {"%d": "{0:%d}", "%m": "{0:%m}", "%Y": "{0:%Y}", "%y": "{0:%y}"}


def text(value: Any) -> str:
    """A result of a formula as a text: of several places the first; nothing for what is no number."""
    if isinstance(value, list):
        return (value[0].text or "") if value and hasattr(value[0], "text") else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    return str(value)


def truth(value: Any) -> bool:
    """A result of a formula as yes or no: nothing, zero and what is no number are no."""
    if isinstance(value, list):
        return bool(value)
    return bool(value) and value == value


def number(value: Any) -> float:
    """A result of a formula as a number; not a number for anything else."""
    if isinstance(value, bool | float):
        return float(value)
    try:
        return float(text(value))
    except ValueError:
        return _NOT_A_NUMBER


def _numbers(values: tuple[Any, ...]) -> list[float]:
    """The numbers of all places and values given; empty ones do not count."""
    found: list[float] = []
    for value in values:
        found += [number([one]) for one in value] if isinstance(value, list) else [number(value)]
    return [one for one in found if math.isfinite(one)]


def _sum(_: Any, *values: Any) -> float:
    return math.fsum(_numbers(values))


def _max(_: Any, *values: Any) -> float:
    return max(_numbers(values), default=_NOT_A_NUMBER)


def _min(_: Any, *values: Any) -> float:
    return min(_numbers(values), default=_NOT_A_NUMBER)


def _round(_: Any, value: Any, digits: Any = 0.0) -> float:
    told, places = number(value), number(digits)
    if not math.isfinite(told) or not math.isfinite(places):
        return _NOT_A_NUMBER
    try:
        step = Decimal(1).scaleb(-max(-15, min(15, int(places))))
        return float(Decimal(f"{told:.12g}").quantize(step, ROUND_HALF_UP))
    except InvalidOperation:
        return told


def _int(_: Any, value: Any) -> float:
    told = number(value)
    return float(int(told)) if math.isfinite(told) else _NOT_A_NUMBER


def _pow(_: Any, value: Any, power: Any) -> float:
    try:
        return float(number(value) ** number(power))
    except (OverflowError, ZeroDivisionError, TypeError):
        return _NOT_A_NUMBER


def _date(_: Any, value: Any) -> float:
    if isinstance(value, float):
        return value
    told = text(value)
    day = day_of(told)
    return float(day_number(day)) if day else number(told)


def _format_date(_: Any, value: Any, form: Any) -> str:
    days = _date(None, value)
    day = day_at(days) if math.isfinite(days) else None
    if day is None:
        return ""
    written = text(form)
    for mark, how in _MARKS.items():
        written = written.replace(mark, how.format(day))
    return written


def _selected(_: Any, value: Any, code: Any) -> bool:
    return text(code) in text(value).split()


def _selected_at(_: Any, value: Any, place: Any) -> str:
    codes, wanted = text(value).split(), number(place)
    return codes[int(wanted)] if math.isfinite(wanted) and 0 <= wanted < len(codes) else ""


def _regex(_: Any, value: Any, pattern: Any) -> bool:
    try:
        return regular.matches(text(pattern), text(value))
    except regular.NotRegular:
        return False


def _substr(_: Any, value: Any, start: Any, end: Any = None) -> str:
    first, last = number(start), number(end) if end is not None else math.inf
    told = text(value)
    if not math.isfinite(first):
        return ""
    return told[int(first) : int(last) if math.isfinite(last) else None]


def _join(_: Any, between: Any, *values: Any) -> str:
    pieces: list[str] = []
    for value in values:
        pieces += [text([one]) for one in value] if isinstance(value, list) else [text(value)]
    return text(between).join(pieces)


def _row_of(_: Any, place: Any) -> float:
    """The number of a repeat's row, from 1."""
    if not isinstance(place, list) or not place or not hasattr(place[0], "itersiblings"):
        return _NOT_A_NUMBER
    return 1.0 + sum(1 for _ in place[0].itersiblings(place[0].tag, preceding=True))


# By the names of expressions.OF_ODK.
FUNCTIONS: Final = {
    "abs": lambda _, value: abs(number(value)),
    "coalesce": lambda _, *values: next((text(one) for one in values if text(one)), ""),
    "count-non-empty": lambda _, places: (
        float(sum(1 for one in places if text([one]))) if isinstance(places, list) else 0.0
    ),
    "count-selected": lambda _, value: float(len(text(value).split())),
    "date": _date,
    "ends-with": lambda _, value, end: text(value).endswith(text(end)),
    "format-date": _format_date,
    "if": lambda _, asked, one, other: one if truth(asked) else other,
    "int": _int,
    "join": _join,
    "max": _max,
    "min": _min,
    "pow": _pow,
    "regex": _regex,
    "round-to": _round,
    "row-of": _row_of,
    "selected": _selected,
    "selected-at": _selected_at,
    "substr": _substr,
    "sum-of": _sum,
}
EXTENSIONS: Final = {(None, name): function for name, function in FUNCTIONS.items()}
