"""Points of a term joined into spans: from … to …, until …, and lists of them."""

from __future__ import annotations

from dataclasses import dataclass

from opora.core.periods.elements import Element
from opora.core.periods.points import Point

# «с момента утверждения», «со дня»: a start that is an event and not a day.
_EVENTS_FROM = [
    "момент", "дат", "день", "дня", "дней", "утвержд", "подписан", "начал", "открыт", "вступлен",
    "оконч", "заверш", "получ", "публик", "издан", "объявл", "выход", "времен",
]  # fmt: skip
# After these words of the plan itself a bare year names the plan and not the term.
_NAMES_OF_PLANS = [
    "план", "график", "циклограмм", "приказ", "программ", "календар", "отчет", "итог", "результат",
]  # fmt: skip
_YEAR_COMPANIONS = [
    "реализац", "проект", "весь", "всего", "всей", "период", "этап", "действи", "работ", "мероприяти",
    "планов", "календарн", "программ", "дорожн", "карт", "исполнен", "постоянн", "основ", "срок", "год", "настоящ", "время",
]  # fmt: skip


# «по плану 15 марта», «по согласованию 15 марта»: these words follow «по» by themselves.
_AFTER_BY = ("план", "график", "соглас", "приказ", "адрес", "вопрос", "тем", "заявк", "мере")


@dataclass(slots=True)
class Span:
    """`kind` is plain (a point or a range), from (open), after (open) or until (no start)."""

    kind: str
    first: Point
    last: Point | None = None

    @property
    def points(self) -> list[Point]:
        return [self.first] if self.last is None else [self.first, self.last]


@dataclass(slots=True)
class Phrase:
    """The spans of a term and the words about them; `is_clear` is False when the words may turn the dates."""

    spans: list[Span]
    stays: bool = False
    goes_on: bool = False
    is_clear: bool = True
    ends_by_event: bool = False

    @property
    def points(self) -> list[Point]:
        return [point for span in self.spans for point in span.points]


class _Joiner:
    """Walks over the elements of a term and joins its points."""

    def __init__(self) -> None:
        self.phrase = Phrase([])
        self.lead = ""
        self.link = ""
        self.event_here = False
        self.points_here = 0
        self.lasting_here = False
        self.lasting = False
        self.until_elsewhere = False
        self.words_after_lead = -1

    def walk(self, elements: list[Element]) -> Phrase:
        for place, element in enumerate(elements):
            following = elements[place + 1] if place + 1 < len(elements) else None
            self._take(element, following)
        self._close_part()
        if self.link == "dash":
            # «15.03.2022 –»: the end of the range is lost.
            self.phrase.is_clear = False
        if self.lasting and not self.until_elsewhere:
            self.phrase.is_clear = False
        return self.phrase

    def _take(self, element: Element, following: Element | None) -> None:
        kind = element.kind
        if kind == "point" and element.point is not None:
            self._point(element.point)
            self.lead, self.link = "", ""
            self.points_here += 1
        elif kind in ("from", "after", "since", "until", "to"):
            self._preposition(kind, following)
        elif kind == "dash":
            self.link = "dash"
        elif kind == "sep":
            if element.text in ",;":
                self._close_part()
            self.link = "sep"
            self.lead = ""
        elif kind == "stay":
            self.phrase.stays = True
            self.link = ""
        elif kind == "onward":
            self.phrase.goes_on = True
            self.link = ""
            self._close_part()
        elif kind in ("turning", "doubt"):
            self.phrase.is_clear = False
        elif kind == "lasting":
            self.lasting_here = self.lasting = True
        else:
            self._word(element)

    def _preposition(self, kind: str, following: Element | None) -> None:
        if self.lead == "until" and kind in ("until", "to"):
            return
        self.lead = kind if following is not None else ""
        self.words_after_lead = -1

    def _word(self, element: Element) -> None:
        if element.kind == "recurred":
            self.link = ""
            return
        follows_dash = self.link == "dash" and bool(self.phrase.spans)
        if follows_dash or (self.lead in ("from", "to") and not element.text.startswith(_AFTER_BY)):
            self.words_after_lead = 0
        if self.words_after_lead >= 0:
            self.words_after_lead += 1
        if self.lead in ("until", "after") or element.kind == "event":
            self.event_here = True
            if self.lead == "until" and self.phrase.spans and self.phrase.spans[-1].kind == "from":
                self.phrase.ends_by_event = True
        elif self.lead in ("from", "since") and element.text.startswith(tuple(_EVENTS_FROM)):
            self.event_here = True
        elif self.lead == "since":
            self.phrase.is_clear = False
        if self.link == "dash" and self.phrase.spans:
            self.link = "word"
        self.lead = ""
        self.link = self.link or "word"

    def _close_part(self) -> None:
        """At a comma: an event beside dates in one part turns them; in a part of its own it does not."""
        if self.event_here and self.points_here and not self._is_bounded_by_event():
            self.phrase.is_clear = False
        if self.lasting_here and self.points_here:
            self.phrase.is_clear = False
        self.event_here, self.points_here, self.lasting_here = False, 0, False
        self.words_after_lead = -1

    def _is_bounded_by_event(self) -> bool:
        """«с 1 марта до ГИА» and «с момента утверждения по 31 мая» keep the side that is a day."""
        last = self.phrase.spans[-1]
        return self.points_here == 1 and (
            (last.kind == "from" and self.phrase.ends_by_event) or last.kind == "until"
        )

    def _point(self, point: Point) -> None:
        spans = self.phrase.spans
        last = spans[-1] if spans else None
        if self._is_torn(point, last):
            self.phrase.is_clear = False
        if self.lead in ("from", "after", "since"):
            spans.append(Span("since" if self.lead == "since" else self.lead, point))
        elif self.lead in ("until", "to"):
            self._until(point, last)
        elif self.link == "dash" and last is not None and last.kind != "after":
            last.last = point
            last.kind = "plain" if last.kind in ("from", "since") else last.kind
        elif last is not None and last.kind == "until" and self.link == "sep":
            spans.append(Span("until", point))
        else:
            if last is not None and last.kind in ("from", "after"):
                self.phrase.is_clear = self.phrase.is_clear and last.kind == "from" and self.phrase.goes_on
            spans.append(Span("plain", point))

    def _is_torn(self, point: Point, last: Span | None) -> bool:
        """«с чепуха 15 марта», «1 квартал марта»: one strange word or none where a joint should be."""
        if self.words_after_lead == 1:
            return True
        if self.link or self.lead or last is None:
            return False
        if "year" in (point.unit, last.points[-1].unit):
            return point.unit == last.points[-1].unit
        return point.unit != last.points[-1].unit and not last.points[-1].is_explicit

    def _ranges(self) -> bool:
        """«март по май», «март – до мая»."""
        return self.link == "dash" or (self.link == "" and self.lead == "to")

    def _until(self, point: Point, last: Span | None) -> None:
        if last is not None and last.last is None and last.kind in ("from", "since"):
            last.kind, last.last = "plain", point
        elif last is not None and last.last is None and last.kind == "plain" and self._ranges():
            last.last = point
        else:
            self.phrase.spans.append(Span("until", point))
            self.until_elsewhere = self.until_elsewhere or not self.lasting_here


def phrase_of(elements: list[Element]) -> Phrase:
    """Join the points of a term into spans."""
    phrase = _Joiner().walk(elements)
    if any(span.kind == "since" for span in phrase.spans):
        phrase.is_clear = False
    if phrase.spans and all(point.unit in ("year", "school") for point in phrase.points):
        phrase.is_clear = phrase.is_clear and _stands_alone(elements)
    if any(point.edge and point.unit != "edge" for point in phrase.points):
        phrase.is_clear = phrase.is_clear and _edges_bound(phrase.spans)
    return phrase


def _stands_alone(elements: list[Element]) -> bool:
    """A bare year is a term only when no unknown word stands beside it: that may be a month misspelt."""
    part: list[Element] = []
    for element in [*elements, Element("sep", text=",")]:
        if element.kind == "sep" and element.text in ",;":
            if any(each.kind == "point" for each in part) and not all(_goes_with_year(each) for each in part):
                return False
            part = []
        else:
            part.append(element)
    return True


def _goes_with_year(element: Element) -> bool:
    if element.kind != "word":
        return True
    return element.text.startswith(tuple(_YEAR_COMPANIONS)) and not element.text.startswith(
        tuple(_NAMES_OF_PLANS[:3])
    )


def _edges_bound(spans: list[Span]) -> bool:
    """«до конца 2022 года», «с начала 2022 года» are days; «в конце 2022 года» is not."""
    for span in spans:
        for place, point in enumerate(span.points):
            if not point.edge or point.unit == "edge":
                continue
            is_end = place == 1 or span.kind == "until"
            if point.edge == 2 or (
                not is_end and ((span.last is None and span.kind != "from") or point.edge != 1)
            ):
                return False
    return True
