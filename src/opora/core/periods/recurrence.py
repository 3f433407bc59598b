"""How often a term comes round: «ежемесячно», «2 раза в год», «по понедельникам»."""

from __future__ import annotations

from opora.core.periods.tokens import Token

_UNITS = {
    "day_word": "daily", "week": "weekly", "month_word": "monthly", "quarter": "quarterly",
    "half": "half-yearly",
    "half_year_word": "half-yearly", "year_word": "yearly", "weekday": "weekly",
}  # fmt: skip
_OTHER_UNITS = ("decade", "term", "study", "number")
_BY_TIMES = {
    ("yearly", 2): "half-yearly", ("yearly", 4): "quarterly", ("yearly", 12): "monthly",
    ("half-yearly", 2): "quarterly",
    ("quarterly", 3): "monthly", ("half-yearly", 6): "monthly",
}  # fmt: skip
_BY_EVERY = {
    ("monthly", 3): "quarterly", ("monthly", 6): "half-yearly", ("monthly", 12): "yearly",
    ("quarterly", 2): "half-yearly",
    ("half-yearly", 2): "yearly", ("daily", 7): "weekly",
}  # fmt: skip
_NUMBERS = ("number", "numeral", "ordinal")


def without_recurrence(tokens: list[Token]) -> tuple[list[Token], str | None]:
    """The pieces that are left, and how often the term comes round."""
    found: str | None = None
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        code, after, taken_back = _recurrence_at(tokens, place, out)
        if code is None:
            out.append(tokens[place])
            place += 1
            continue
        del out[len(out) - taken_back :]
        out.append(Token("recurred", "", code=code))
        found = found or code
        place = after
    return out, found


def _kind(tokens: list[Token], place: int) -> str:
    return tokens[place].kind if 0 <= place < len(tokens) else ""


def _recurrence_at(tokens: list[Token], place: int, out: list[Token]) -> tuple[str | None, int, int]:
    """The code, the place after the words, and how many pieces already passed belong to them."""
    kind = tokens[place].kind
    if kind == "recurrence":
        return tokens[place].code, place + 1, 0
    if kind in ("times", "twice", "thrice", "once"):
        return _times_at(tokens, place, out)
    if kind == "each":
        return _each_at(tokens, place, out)
    if (
        kind == "to"
        and _kind(tokens, place + 1) == "weekday"
        and tokens[place + 1].text.endswith(("ам", "ям"))
    ):
        after = place + 2
        while _kind(tokens, after) in ("and", "comma", "to", "weekday") and _ends_with_weekday(tokens, after):
            after += 1
        return "weekly", after, 0
    if kind == "month_word" and tokens[place].text == "месяца":
        return _of_month_at(place, out)
    return None, place, 0


def _ends_with_weekday(tokens: list[Token], place: int) -> bool:
    while _kind(tokens, place) in ("and", "comma", "to"):
        place += 1
    return _kind(tokens, place) == "weekday"


def _count_before(out: list[Token]) -> tuple[int, int]:
    """The number said before «раз» (0 when it is a span or unknown) and how many pieces it takes."""
    taken = 0
    if out and out[-1].kind == "dash" and len(out) > 1 and out[-2].kind in _NUMBERS:
        return 0, 2
    if out and out[-1].text in ("несколько", "много"):
        return 0, 1
    if not out or out[-1].kind not in _NUMBERS:
        return 1, 0
    count = out[-1].value
    taken = 1
    if len(out) > 2 and out[-2].kind in ("dash", "and") and out[-3].kind in _NUMBERS:
        return 0, 3
    return count, taken


def _times_at(tokens: list[Token], place: int, out: list[Token]) -> tuple[str | None, int, int]:
    kind = tokens[place].kind
    count, taken = (2, 0) if kind == "twice" else (3, 0) if kind == "thrice" else _count_before(out)
    after = place + 1
    while _kind(tokens, after) == "dot":
        after += 1
    if not (
        tokens[after : after + 1]
        and (tokens[after].text in ("в", "во", "за") or tokens[after].kind == "slash")
    ):
        return None, place, 0
    after += 1
    every = 1
    if _kind(tokens, after) in _NUMBERS:
        every = tokens[after].value
        after += 1
    if _kind(tokens, after) == "each":
        after += 1
    unit = _kind(tokens, after)
    if unit not in _UNITS and unit not in _OTHER_UNITS:
        return None, place, 0
    while len(out) > taken and out[-taken - 1].kind in ("rarely", "not"):
        taken += 1
    return _code(unit, count, every), after + 1, taken


def _code(unit: str, count: int, every: int) -> str:
    code = _UNITS.get(unit)
    if code is None:
        return "yearly" if unit == "study" and count == every == 1 else _study_code(unit, count, every)
    if every != 1:
        return _BY_EVERY.get((code, every), "other") if count == 1 else "other"
    return code if count == 1 else _BY_TIMES.get((code, count), "other")


def _study_code(unit: str, count: int, every: int) -> str:
    return _BY_TIMES.get(("yearly", count), "other") if unit == "study" and every == 1 else "other"


def _each_at(tokens: list[Token], place: int, out: list[Token]) -> tuple[str | None, int, int]:
    after = place + 1
    every = 1
    if _kind(tokens, after) in _NUMBERS:
        every = tokens[after].value
        after += 1
    if _kind(tokens, after) == "workday":
        after += 1
    unit = _kind(tokens, after)
    if unit == "season" or unit in _OTHER_UNITS:
        return ("yearly" if unit in ("season", "study") else "other"), after + 1, _days_before(out)
    if unit not in _UNITS:
        return None, place, 0
    if _kind(tokens, after + 1) == "month_word" or _kind(tokens, after + 1) == "each":
        return "monthly", after + 2 + (_kind(tokens, after + 1) == "each"), _days_before(out)
    code = _UNITS[unit]
    if every != 1:
        code = _BY_EVERY.get((code, every), "other")
    return code, after + 1, _days_before(out)


_DAYS_OF_UNIT = (
    "number_word", "number", "numeral", "ordinal", "weekday", "week", "edge", "workday", "day_word",
    "until", "dash", "and", "to",
    "from", "decade", "halfpart", "month_word", "later", "not", "filler",
)  # fmt: skip


def _days_before(out: list[Token]) -> int:
    """How many pieces before «каждого месяца» say which of its days: «до 25 числа», «в последнюю неделю»."""
    taken = 0
    while taken < len(out) and out[-taken - 1].kind in _DAYS_OF_UNIT:
        taken += 1
    return taken


def _of_month_at(place: int, out: list[Token]) -> tuple[str | None, int, int]:
    """«до 25 числа месяца», «второй вторник месяца», «в конце месяца»: a month that is every month."""
    before = out[-1].kind if out else ""
    if before in ("number_word", "weekday", "week", "decade", "halfpart") or (
        before == "day_word" and len(out) > 1 and out[-2].kind in ("ordinal", "workday")
    ):
        return "monthly", place + 1, _days_before(out)
    if before == "relative" and len(out) > 1 and out[-2].kind == "number_word":
        kept = out.pop()
        taken = _days_before(out)
        out.append(kept)
        return "monthly", place + 1, taken + 1
    return None, place, 0
