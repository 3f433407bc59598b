"""Years, spans of years and school years, found among the pieces of a term."""

from __future__ import annotations

from opora.core.periods.digits import is_year
from opora.core.periods.tokens import Token

_BEFORE_SHORT = ("month", "quarter", "half", "decade", "halfpart", "season")
_SUFFIXES = ("го", "м", "й", "ом", "ого")
_AFTER_SHORT = ("", "comma", "dash", "and", "year_word", "dot", "time")


def with_years(tokens: list[Token]) -> list[Token]:
    """Replace years by pieces of kind "year", "relyear" (told from the plan's year), "school" or "study"."""
    return _school_years(_plain_years(_studies(tokens)))


def _kind(tokens: list[Token], place: int) -> str:
    return tokens[place].kind if 0 <= place < len(tokens) else ""


def _past(tokens: list[Token], place: int, *kinds: str) -> int:
    while _kind(tokens, place) in kinds:
        place += 1
    return place


def _studies(tokens: list[Token]) -> list[Token]:
    """Make «уч. г.», «учебный год» one piece."""
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token.text == "у" and _kind(tokens, place) == "dot" and _kind(tokens, place + 1) == "year_word":
            token.kind = "study"
        if token.kind == "study":
            after = _past(tokens, place, "dot")
            if _kind(tokens, after) == "year_word":
                place = after + 1
        out.append(token)
    return out


def _plain_years(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        length = _year_length(tokens, place, out)
        if length:
            if len(token.text) == 2 and out and out[-1].kind == "dash":
                out.pop()
            out.append(Token("year", token.text, _year_value(token), token.glued))
            place = _past_year_word(tokens, place + length)
            continue
        place_after = _relative(tokens, place, out)
        if place_after:
            place = place_after
            continue
        if not _is_footnote(tokens, place):
            out.append(token)
        place += 1
    return out


def _year_value(token: Token) -> int:
    if len(token.text) >= 4:
        return int(token.text[:4])
    return 2000 + token.value


def _year_length(tokens: list[Token], place: int, out: list[Token]) -> int:
    token = tokens[place]
    if token.kind != "number":
        return 0
    if is_year(token):
        return 1
    # «2022¹» whose footnote lost its height.
    if len(token.text) == 5 and token.text[:2] == "20" and out and out[-1].kind in _BEFORE_SHORT:
        return 1
    return 1 if len(token.text) == 2 and _is_short_year(tokens, place, out) else 0


def _is_short_year(tokens: list[Token], place: int, out: list[Token]) -> bool:
    """«мар.22», «янв-22», «март 22 г.»: two digits of a year after a month or a quarter."""
    before = out[-1] if out else None
    if before is not None and before.kind == "quote":
        return True
    glued_mark = (
        before is not None and before.kind in ("dot", "dash") and before.glued and tokens[place].glued
    )
    if glued_mark and len(out) > 1:
        before = out[-2]
    if before is None or before.kind not in _BEFORE_SHORT:
        return False
    after = _kind(tokens, place + 1)
    if after == "year_word":
        return True
    if before.kind != "month" or not 15 <= tokens[place].value <= 49 or after not in _AFTER_SHORT:
        return False
    return not (after == "dash" and _kind(tokens, place + 2) == "number") or glued_mark


def _past_year_word(tokens: list[Token], place: int) -> int:
    suffix = tokens[place : place + 2]
    if (
        [token.glued for token in suffix] == [True, True]
        and suffix[0].kind == "dash"
        and suffix[1].text in _SUFFIXES
    ):
        place += 2
    after = _past(tokens, place, "dot")
    if _kind(tokens, after) == "year_word" and not (after > place and tokens[after].text in ("г", "гг")):
        after += 1
        return _past(tokens, after, "dot")
    return place


def _relative(tokens: list[Token], place: int, out: list[Token]) -> int:
    """«текущего года», «следующего года», «с.г.», «т. г.»: the place after them, 0 when they are not here."""
    token = tokens[place]
    after = _past(tokens, place + 1, "dot", "colon")
    if token.kind in ("current", "relative") and _kind(tokens, place + 1) == "year_word":
        out.append(Token("relyear", token.text, token.value))
        return _past(tokens, place + 2, "dot")
    if token.text in ("т", "с") and after == place + 2 and after < len(tokens) and tokens[after].text == "г":
        out.append(Token("relyear", token.text, 0))
        return _past(tokens, after + 1, "dot")
    return 0


def _is_footnote(tokens: list[Token], place: int) -> bool:
    """«мая1 2022»: one digit glued to the end of a long word is a footnote."""
    token = tokens[place]
    if token.kind != "number" or len(token.text) != 1 or not token.glued or place == 0:
        return False
    before = tokens[place - 1]
    if before.kind not in ("month", "word", "year_word") or len(before.text) < 3:
        return False
    return _kind(tokens, place + 1) in ("", "comma", "number")


def _school_years(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        found, after = _school_at(tokens, place)
        if found is None:
            found, after = _years_at(tokens, place)
        if found is None:
            out.append(tokens[place])
            place += 1
        else:
            out += found
            place = after
    return out


def _pair_at(tokens: list[Token], place: int) -> tuple[int, int, int] | None:
    """Two years joined by a dash or a slash: the first, the second, the place after."""
    if _kind(tokens, place + 1) not in ("dash", "slash"):
        return None
    first, second = tokens[place], _token(tokens, place + 2)
    if second is None or first.kind not in ("year", "number") or second.kind not in ("year", "number"):
        return None
    if any(token.kind == "number" and len(token.text) != 2 for token in (first, second)):
        return None
    start = first.value if first.kind == "year" else 2000 + first.value
    end = second.value if second.kind == "year" else start - start % 100 + second.value
    return start, end, place + 3


def _token(tokens: list[Token], place: int) -> Token | None:
    return tokens[place] if 0 <= place < len(tokens) else None


def _school_at(tokens: list[Token], place: int) -> tuple[list[Token] | None, int]:
    """«2021-2022 учебный год», «учебный год 2021/22»."""
    token = tokens[place]
    if token.kind == "study":
        pair = _pair_at(tokens, place + 1) if place + 1 < len(tokens) else None
        if pair is not None and _kind(tokens, place + 1) in ("year", "number"):
            return [_school(pair)], _past_year_word(tokens, pair[2])
        return None, place
    pair = _pair_at(tokens, place)
    if pair is not None:
        after = _past_year_word(tokens, pair[2])
        if _kind(tokens, after) == "study":
            return [_school(pair)], _past(tokens, after + 1, "dot")
        return None, place
    if token.kind == "year" and _kind(tokens, place + 1) == "study":
        return [Token("doubt", "")], place + 2
    return None, place


def _school(pair: tuple[int, int, int]) -> Token:
    return Token("school", "", pair[0]) if pair[1] == pair[0] + 1 else Token("doubt", "")


def _years_at(tokens: list[Token], place: int) -> tuple[list[Token] | None, int]:
    """«2022–23 гг.»; two years with a slash and no word for the school year are a doubt."""
    pair = _pair_at(tokens, place)
    if pair is None or tokens[place].kind != "year":
        return None, place
    first, second, after = pair
    doubt = Token("doubt", "", first, code="pair" if second == first + 1 else "")
    if tokens[place + 2].kind == "year":
        return ([doubt], after) if tokens[place + 1].kind == "slash" else (None, place)
    word = _past(tokens, after, "dot")
    if _kind(tokens, word) == "year_word" and tokens[place + 1].kind == "dash":
        return [Token("year", "", first), Token("dash", "-"), Token("year", "", second)], _past(
            tokens, word + 1, "dot"
        )
    return ([doubt], after) if tokens[place + 2].glued and second == first + 1 else (None, place)
