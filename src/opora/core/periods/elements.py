"""The pieces of a term gathered into points of the calendar and the words that join them."""

from __future__ import annotations

from dataclasses import dataclass

from opora.core.periods.points import (
    Point,
    day_point,
    edge_of_month,
    month_point,
    part_of_month,
    part_of_year,
    same_unit,
    school_point,
    season_point,
    year_point,
)
from opora.core.periods.tokens import Token

_NUMBERS = ("number", "ordinal", "roman")
_PARTS_OF_MONTH = ("decade", "week", "halfpart")
_JOINTS = ("dash", "sep", "to", "until", "from")
_ROMAN_LETTERS = frozenset("ivxіl")
_SILENT = (
    "dot",
    "colon",
    "quote",
    "sign",
    "count",
    "filler",
    "weekday",
    "time",
    "workday",
    "rarely",
    "once",
    "close",
)
_AS_IS = ("from", "after", "since", "until", "to", "dash", "stay", "onward", "turning", "doubt")
_LASTING = ("через", "спустя")


@dataclass(slots=True)
class Element:
    """A point, a number still without its unit ("bare"), or a word that joins or turns them."""

    kind: str
    point: Point | None = None
    number: int = 0
    unit: str = ""
    text: str = ""


def elements_of(tokens: list[Token]) -> list[Element]:
    """Points and joints in the order of the text; what could turn a date is kept as "turning" or "doubt"."""
    out: list[Element] = []
    place = 0
    while place < len(tokens):
        element, place = _element_at(tokens, place)
        if element is not None:
            out.append(element)
    _settle_for(out)
    _share_units(out)
    return out


def _kind(tokens: list[Token], place: int) -> str:
    return tokens[place].kind if 0 <= place < len(tokens) else ""


def _element_at(tokens: list[Token], place: int) -> tuple[Element | None, int]:
    token = tokens[place]
    kind = token.kind
    if kind in (
        "date",
        "monthyear",
        "month",
        "season",
        "year",
        "school",
        "relyear",
        "edge",
        "quarter",
        "half",
        *_NUMBERS,
    ):
        point, after = _point_at(tokens, place)
        if point is not None:
            return Element("point", point), _take_year(tokens, after, point)
        return _partial_at(tokens, place)
    if kind in _SILENT:
        return None, place + 1
    if kind in ("comma", "and", "slash"):
        return Element("sep", text=token.text), place + 1
    if kind == "not":
        return _negated(tokens, place)
    if kind == "limit":
        return Element("until", text=token.text), place + 1
    if kind in _AS_IS:
        return Element(kind, text=token.text), place + 1
    return _other_at(tokens, place)


def _negated(tokens: list[Token], place: int) -> tuple[Element | None, int]:
    following = _kind(tokens, place + 1)
    if following == "later":
        than = [token.text for token in tokens[place + 2 : place + 4]]  # «не позднее, чем»
        skipped = 1 if than[:1] == ["чем"] else 2 if than == [",", "чем"] else 0
        return Element("until", text="не позднее"), place + 2 + skipped
    if following == "earlier":
        return Element("from", text="не ранее"), place + 2
    if following == "rarely":
        return None, place + 2
    return Element("turning", text="не"), place + 1


def _other_at(tokens: list[Token], place: int) -> tuple[Element | None, int]:
    token = tokens[place]
    if token.kind in ("decade", "week") and _kind(tokens, place + 1) == "month":
        return Element("doubt", text=token.text), place + 1
    if token.kind == "word" and token.roman and _ROMAN_LETTERS.issuperset(token.text):
        return Element("doubt", text=token.text), place + 1
    before = tokens[place - 1] if place else None
    counted = before is not None and before.kind in ("number", "numeral", "ordinal", "workday")
    if token.kind in ("day_word", "week", "year_word", "half_year_word", "decade"):
        if counted or (
            token.kind == "week"
            and before is not None
            and before.kind in ("filler", "word")
            and before.text != ""
        ):
            return Element("lasting", text=token.text), place + 1
        return (None if token.kind == "year_word" else Element("word", text=token.text)), place + 1
    if token.kind in ("month_word", "year_count") or token.text in _LASTING:
        return Element("lasting", text=token.text), place + 1
    if token.kind in ("number_word", "later", "earlier", "relative", "halfpart", "term", "each"):
        if token.kind == "relative" and _kind(tokens, place + 1) not in (
            "month_word",
            "study",
            "week",
            "quarter",
            "half",
        ):
            return Element("turning", text=token.text), place + 1
        return Element("turning", text=token.text), place + 1
    if token.kind in ("study", "current", "recurred"):
        return Element(token.kind, text=token.text), place + 1
    if token.text in ("постоянной", "постоянный", "постоянного", "постоянном"):
        after = (
            place
            + 1
            + (place + 1 < len(tokens) and tokens[place + 1].text.startswith(("основ", "режим", "характер")))
        )
        return Element("stay", text=token.text), after
    return Element("word", text=token.text), place + 1


def _point_at(tokens: list[Token], place: int) -> tuple[Point | None, int]:
    token = tokens[place]
    kind = token.kind
    if kind == "date":
        return day_point(token.value % 100, token.value // 100, token.year), place + 1
    if kind == "monthyear":
        return month_point(token.value, token.year), place + 1
    if kind == "month":
        return month_point(token.value), place + 1 + (_kind(tokens, place + 1) == "month_word")
    if kind == "year":
        return year_point(token.value), place + 1
    if kind == "relyear":
        return year_point(None, token.value), place + 1
    if kind == "school":
        return school_point(token.value), place + 1
    if kind == "season":
        return _season_at(tokens, place)
    if kind == "edge":
        return _edge_at(tokens, place)
    if kind in _NUMBERS:
        return _numbered_at(tokens, place)
    if kind in ("quarter", "half") and _kind(tokens, _past_dots(tokens, place + 1)) in _NUMBERS:
        return _named_by_number_after(tokens, place)
    return None, place


def _past_dots(tokens: list[Token], place: int) -> int:
    while _kind(tokens, place) == "dot":
        place += 1
    return place


def _named_by_number_after(tokens: list[Token], place: int) -> tuple[Point | None, int]:
    """«квартал I», but not «квартал, 2 квартал»."""
    after = _past_dots(tokens, place + 1)
    number = tokens[after]
    if _kind(tokens, after + 1) in ("month", "quarter", "half", *_PARTS_OF_MONTH) or len(number.text) > 3:
        return None, place
    return part_of_year(tokens[place].kind, number.value), after + 1


def _season_at(tokens: list[Token], place: int) -> tuple[Point | None, int]:
    """A season; an adjective («осенняя олимпиада») names one only before «период» or a year."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    is_adjective = any(pair in token.text for pair in ("мн", "тн", "нн"))
    if is_adjective and not (
        following is not None
        and (
            following.text.startswith(("период", "сезон"))
            or following.kind in ("year", "school", "relyear")
            or (following.kind == "dash" and _kind(tokens, place + 2) == "season")
        )
    ):
        return None, place
    after = place + 1
    if following is not None and following.text.startswith(("период", "сезон")):
        after += 1
    point = season_point(token.value)
    if token.value == 4:
        return _winter_at(tokens, after, point)
    return point, after


def _winter_at(tokens: list[Token], after: int, point: Point) -> tuple[Point | None, int]:
    """«зима 2021–2022» has both its years; «зима 2022» may be either of two winters."""
    if _kind(tokens, after) == "year":
        pair = _kind(tokens, after + 1) == "dash" and _kind(tokens, after + 2) == "year"
        if not pair or tokens[after + 2].value != tokens[after].value + 1:
            return None, after
        point.year, point.is_explicit = tokens[after].value, True
        return point, after + 3
    if _kind(tokens, after) == "doubt" and tokens[after].code == "pair":
        point.year, point.is_explicit = tokens[after].value, True
        return point, after + 1
    return point, after


def _edge_at(tokens: list[Token], place: int) -> tuple[Point | None, int]:
    """«начало мая», «конец 2022 года», «конец I квартала», «конец года»."""
    edge = tokens[place].value
    following = _kind(tokens, place + 1)
    if following == "month":
        after = place + 2 + (_kind(tokens, place + 2) == "month_word")
        return edge_of_month(edge, tokens[place + 1].value), after
    if following == "year_word":
        point = year_point(None)
        point.edge = edge
        return point, place + 2
    if following in ("year", "school", "relyear", "quarter", "half", "season", *_NUMBERS):
        point_after, after = _point_at(tokens, place + 1)
        if point_after is not None and point_after.unit in ("year", "school", "quarter", "half", "season"):
            point_after.edge = edge
            return point_after, after
    return None, place


def _numbered_at(tokens: list[Token], place: int) -> tuple[Point | None, int]:
    token, following = tokens[place], _kind(tokens, place + 1)
    if following == "month" and _kind(tokens, place + 2) == "month" and tokens[place + 1].text == "дек":
        # «1 дек. мая» is a decade of May and not the first of December.
        return part_of_month("decade", token.value, tokens[place + 2].value), place + 3
    if (
        following == "month"
        and token.kind != "roman"
        and token.value >= 0
        and len(token.text.strip())
        and token.value != -1
    ):
        after = place + 2 + (_kind(tokens, place + 2) == "month_word")
        if token.kind == "number" and len(token.text) > 2:
            return None, place
        return day_point(token.value, tokens[place + 1].value), after
    if token.kind == "number" and len(token.text) > 1:
        return None, place
    if following in ("quarter", "half"):
        return part_of_year(following, token.value), place + 2
    if following in _PARTS_OF_MONTH:
        if _kind(tokens, place + 2) == "month":
            return part_of_month(following, token.value, tokens[place + 2].value), place + 3
        if following == "halfpart" and _kind(tokens, place + 2) in ("year", "relyear", "year_word"):
            return part_of_year("halfpart", token.value), place + 2 + (
                _kind(tokens, place + 2) == "year_word"
            )
    if following == "weekday" and _kind(tokens, place + 2) == "month" and -1 <= token.value <= 5:
        point = month_point(tokens[place + 2].value)
        point.unit, point.number, point.weekday = "weekday", token.value, tokens[place + 1].value
        return point, place + 3
    return None, place


def _take_year(tokens: list[Token], place: int, point: Point) -> int:
    """Give the point the year that follows it at once."""
    if point.year is not None or point.unit == "year":
        return place
    after = place
    while _kind(tokens, after) in ("filler", "dot", "quote"):
        after += 1
    if _kind(tokens, after) == "year":
        point.year, point.is_explicit = tokens[after].value, True
    elif _kind(tokens, after) == "relyear":
        point.offset = tokens[after].value
    elif _kind(tokens, after) == "school":
        point.school = tokens[after].value
    else:
        return place
    return after + 1


def _partial_at(tokens: list[Token], place: int) -> tuple[Element, int]:
    """A number, a part of a month or an edge that waits for the month of a later point."""
    token = tokens[place]
    if token.kind in _NUMBERS:
        following = _kind(tokens, place + 1)
        if following == "halfpart" and _kind(tokens, place + 2) == "day_word":
            return Element("word", text=token.text), place + 3
        if following in ("day_word", "workday", "month_word", "year_word", "year_count"):
            return Element("word", text=token.text), place + 1
        if following in _PARTS_OF_MONTH and (token.kind != "number" or len(token.text) == 1):
            return Element("bare", number=token.value, unit=following), place + 2
        if following in ("quarter", "half") or (following == "dot" and tokens[place + 1].text):
            return Element("doubt", text=token.text), place + 1
        usable = token.kind != "number" or len(token.text) <= 2
        return Element("bare" if usable else "doubt", number=token.value, text=token.text), place + 1
    if token.kind == "edge":
        if _kind(tokens, place + 1) == "study":
            return Element("study"), place + 2
        return Element("bare", number=token.value, unit="edge", text=token.text), place + 1
    if token.kind == "season":
        # «осенняя олимпиада» is only a word; a winter of one year, or the second half of «осенне-зимний», is a doubt.
        is_word = _kind(tokens, place + 1) == "word" or token.value != 4
        is_word = is_word and not (place and tokens[place - 1].kind == "dash")
        return Element("word" if is_word else "doubt", text=token.text), place + 1
    return Element("turning", text=token.text), place + 1


def _settle_for(elements: list[Element]) -> None:
    """«за март» is what a report speaks of, not its term; «за» before other words means nothing here."""
    for place, element in enumerate(elements):
        if element.kind == "word" and element.text == "за":
            following = elements[place + 1].kind if place + 1 < len(elements) else ""
            element.kind = "turning" if following in ("point", "bare", "from") else "word"


def _share_units(elements: list[Element]) -> None:
    """Give «15» of «15–20 марта» the unit of the next point; a number that finds none is a doubt."""
    model: Point | None = None
    joint = ""
    for place in range(len(elements) - 1, -1, -1):
        element = elements[place]
        if element.kind == "point":
            model, joint = element.point, ""
        elif element.kind == "bare":
            is_joined = model is not None and _joins(joint, elements[place - 1].kind if place else "")
            point = _shared(element, model) if is_joined and model is not None else None
            _settle(element, point)
            model, joint = point, ""
        elif element.kind in _JOINTS:
            joint = element.kind
        else:
            model = None


def _joins(joint: str, before: str) -> bool:
    """Whether the word after a number leads to its unit: «15–20», «15, 20», «15 по 20», «от 15 до 20»."""
    return joint in ("dash", "sep", "to") or (joint == "until" and before in ("from", "since"))


def _settle(element: Element, point: Point | None) -> None:
    if point is not None:
        element.kind, element.point = "point", point
    else:
        element.kind = "event" if element.unit == "edge" else "doubt"


def _shared(element: Element, model: Point) -> Point | None:
    if element.unit == "edge":
        return (
            edge_of_month(element.number, model.head[0])
            if model.unit in ("edge", "month", *_PARTS_OF_MONTH)
            else None
        )
    if element.unit:
        known = model.unit in ("edge", "month", *_PARTS_OF_MONTH)
        return part_of_month(element.unit, element.number, model.head[0]) if known else None
    return same_unit(element.number, model)
