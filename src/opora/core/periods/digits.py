"""Dates, times of day and years written in digits, found among the pieces of a term."""

from __future__ import annotations

from opora.core.periods.tokens import Token

FIRST_YEAR, LAST_YEAR = 1900, 2199
_LEADS = ("from", "until", "to", "since", "filler", "dash")
_HOURS = ("час", "часа", "часов", "часу", "ч", "мск", "мин", "минут")


def _at(tokens: list[Token], place: int) -> str:
    return tokens[place].kind if 0 <= place < len(tokens) else ""


def _shape(tokens: list[Token], place: int, kinds: str) -> bool:
    wanted = kinds.split()
    return [token.kind for token in tokens[place : place + len(wanted)]] == wanted


def _is_glued(tokens: list[Token], place: int, count: int) -> bool:
    return all(token.glued for token in tokens[place + 1 : place + count])


def is_year(token: Token) -> bool:
    return token.kind == "number" and len(token.text) == 4 and FIRST_YEAR <= token.value <= LAST_YEAR


def with_dates(tokens: list[Token]) -> list[Token]:
    """Replace digits of a date by one piece of kind "date" or "monthyear", and drop times of day."""
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place].kind != "number":
            out.append(tokens[place])
            place += 1
            continue
        found, length = _date_at(tokens, place)
        if found is None:
            length = _time_at(tokens, place, out)
            if length:
                _drop_lead(out, _at(tokens, place + length))
                out.append(Token("time", ""))
                place += length
                continue
            found, length = _short_date_at(tokens, place, out)
        out.append(found or tokens[place])
        place += length or 1
    return out


def _date(day: int, month: int, year: int | None) -> Token:
    return Token("date", f"{day}.{month}", value=month * 100 + day, year=year)


def _date_at(tokens: list[Token], place: int) -> tuple[Token | None, int]:
    for mark in ("dot", "slash", "dash"):
        if not _shape(tokens, place, f"number {mark} number {mark} number"):
            continue
        first, second, third = tokens[place], tokens[place + 2], tokens[place + 4]
        glued = _is_glued(tokens, place, 5)
        if is_year(first) and len(second.text) <= 2 and len(third.text) <= 2 and glued:
            return _date(third.value, second.value, first.value), 5
        if len(first.text) > 2 or len(second.text) > 2:
            continue
        if is_year(third) and (glued or mark == "dot"):
            return _date(first.value, second.value, third.value), 5
        if len(third.text) == 2 and glued and mark != "dash":
            return _date(first.value, second.value, 2000 + third.value), 5
    return _month_and_year_at(tokens, place)


def _month_and_year_at(tokens: list[Token], place: int) -> tuple[Token | None, int]:
    if not _is_glued(tokens, place, 3):
        return None, 0
    first = tokens[place]
    for mark in ("dot", "slash"):
        if not _shape(tokens, place, f"number {mark} number") or not is_year(tokens[place + 2]):
            continue
        if len(first.text) <= 2 and 1 <= first.value <= 12 and (mark == "dot" or len(first.text) == 2):
            return Token("monthyear", "", first.value, year=tokens[place + 2].value), 3
    if _shape(tokens, place, "number dash number") and is_year(first) and len(tokens[place + 2].text) == 2:
        after = _at(tokens, place + 3)
        if 1 <= tokens[place + 2].value <= 12 and after not in ("study", "year_word", "dash", "slash", "dot"):
            return Token("monthyear", "", tokens[place + 2].value, year=first.value), 3
    return None, 0


def _time_at(tokens: list[Token], place: int, out: list[Token]) -> int:
    """How many pieces from here are a time of day, 0 when they are not."""
    if tokens[place].value > 24 or len(tokens[place].text) > 2:
        return 0
    if _shape(tokens, place, "number colon number") and len(tokens[place + 2].text) == 2:
        length = 3
        if _shape(tokens, place + 3, "colon number"):
            length = 5
    elif _is_clock(tokens, place, out):
        length = 3
    elif _at(tokens, place + 1) == "word" and tokens[place + 1].text in _HOURS:
        length = 1
    else:
        return 0
    while place + length < len(tokens) and (
        tokens[place + length].text in _HOURS
        or (_at(tokens, place + length) == "number" and _text_at(tokens, place + length + 1) in _HOURS)
    ):
        length += 1
    return length


def _text_at(tokens: list[Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else ""


def _is_clock(tokens: list[Token], place: int, out: list[Token]) -> bool:
    """«14.00», «14-30»: digits that cannot be a day and a month, or stand where only a time can."""
    dotted, dashed = _shape(tokens, place, "number dot number"), _shape(tokens, place, "number dash number")
    if not (dotted or dashed) or not _is_glued(tokens, place, 3) or len(tokens[place + 2].text) != 2:
        return False
    if (
        _at(tokens, place + 3) in ("dot", "slash")
        and _at(tokens, place + 4) == "number"
        and tokens[place + 4].glued
    ):
        return False
    minutes = tokens[place + 2].value
    led_in = bool(out) and out[-1].text in ("в", "во")
    after_time = len(out) > 1 and out[-1].kind in ("dash", "until", "to") and out[-2].kind == "time"
    if dashed:
        return (
            minutes in (0, 15, 30, 45)
            and tokens[place + 2].text != "15"
            and (minutes == 0 or led_in or after_time)
        )
    if minutes > 59:
        return False
    return minutes == 0 or minutes > 12 or led_in or after_time or _text_at(tokens, place + 3) in _HOURS


def _drop_lead(out: list[Token], following: str) -> None:
    """Drop the «в», «с», «до» of a time; the «до» of «до 15:00 1 марта» is the day's and stays."""
    ends_a_time = len(out) > 1 and out[-2].kind == "time"
    if following in ("number", "date") and not ends_a_time and out and out[-1].kind in ("until", "from"):
        return
    while out and out[-1].kind in _LEADS and (out[-1].kind != "filler" or out[-1].text in ("в", "во")):
        out.pop()


def _short_date_at(tokens: list[Token], place: int, out: list[Token]) -> tuple[Token | None, int]:
    """«12.03» without a year; after a full date it may as well be a time, and then it is a doubt."""
    if not _shape(tokens, place, "number dot number") or not _is_glued(tokens, place, 3):
        return None, 0
    day, month = tokens[place], tokens[place + 2]
    if len(day.text) > 2 or len(month.text) != 2:
        return None, 0
    full = out[-2] if len(out) > 1 and out[-1].kind == "comma" else (out[-1] if out else None)
    if full is not None and full.kind == "date" and full.year is not None and day.value <= 24:
        return Token("doubt", ""), 3
    return _date(day.value, month.value, None), 3
