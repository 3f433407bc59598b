"""Years for the points of a term: from its own words, over New Year, and from the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from opora.core.periods.digits import FIRST_YEAR, LAST_YEAR
from opora.core.periods.points import Point
from opora.core.periods.spans import Phrase, Span

_YEARS = ("year", "school")


@dataclass(frozen=True, slots=True)
class Plan:
    """The year a plan is for, and the first of its two years when it is a school year's."""

    year: int | None = None
    school_year: int | None = None

    @property
    def is_silent(self) -> bool:
        return self.year is None and self.school_year is None

    def year_of(self, month: int) -> int | None:
        if self.school_year is not None:
            return self.school_year if month >= 9 else self.school_year + 1
        return self.year


@dataclass(frozen=True, slots=True)
class Days:
    """`is_missing` when the calendar has no such day, `lacks_year` when no year is known."""

    start: date | None = None
    end: date | None = None
    is_assumed: bool = False
    is_missing: bool = False
    lacks_year: bool = False


def days_of(phrase: Phrase, plan: Plan) -> Days:
    """First start and last end of the phrase, its years taken from the words and then from the plan."""
    if not _lift_years(phrase):
        return Days()
    _settle_schools(phrase.points)
    assumed = _settle_offsets(phrase.points, plan)
    if any(point.year is None for point in phrase.points):
        if any(point.year is not None for point in phrase.points):
            assumed = _from_neighbours(phrase, plan) or assumed
        elif plan.is_silent:
            return Days(lacks_year=True, is_missing=any(_is_never(point) for point in phrase.points))
        else:
            _from_plan(phrase, plan)
            assumed = True
    if any(point.offset is not None and point.year is None for point in phrase.points):
        return Days(lacks_year=True)
    return _days(phrase, assumed)


def _is_never(point: Point) -> bool:
    """Whether a day stands in no year at all, leap years included: «31 апреля»."""
    return replace(point, year=2024).days() is None


def _lift_years(phrase: Phrase) -> bool:
    """Give years to «2022 г.: март, май» and «март, 2022»; False when years and months mix otherwise."""
    if all(point.unit in _YEARS for point in phrase.points):
        return True
    kept: list[Span] = []
    heading: Point | None = None
    for span in phrase.spans:
        if not _is_bare_year(span):
            if heading is not None and not _fits(span.points, heading):
                return False
            kept.append(span)
        elif kept and all(map(is_yearless, kept[-1].points)):
            _give(kept[-1].points if span.first.unit == "school" else kept[-1].points[-1:], span.first)
            heading = None
        elif kept or heading is not None:
            return False
        else:
            heading = span.first
    phrase.spans = kept
    return bool(kept) and _are_even(kept)


def is_yearless(point: Point) -> bool:
    """Whether the words give a point no year, neither plain nor school nor told from the plan's."""
    return point.year is None and point.school is None and point.offset is None


def _fits(points: list[Point], heading: Point) -> bool:
    """Points under a year take it; points with years of their own must not contradict it."""
    if all(map(is_yearless, points)):
        _give(points, heading)
        return True
    return all(point.year == heading.year for point in points)


def _give(points: list[Point], year: Point) -> None:
    """Give points a year. Only the first of a range is told: «2022: сентябрь – май» ends in the next year."""
    if year.unit == "school":
        for point in points:
            point.school = year.school
    elif points:
        points[0].year, points[0].offset, points[0].is_explicit = year.year, year.offset, year.is_explicit


def _is_bare_year(span: Span) -> bool:
    return span.kind == "plain" and span.last is None and span.first.unit in _YEARS and not span.first.edge


def _are_even(spans: list[Span]) -> bool:
    """«март 2022 – 2023» says too little; a year beside months is clear only in «с 2022 по май 2023», «до конца года»."""
    for span in spans:
        years = [point for point in span.points if point.unit in _YEARS and not point.edge]
        if years and (len(spans) > 1 or span.last is None or span.last in years or span.first not in years):
            return False
    return True


def _settle_schools(points: list[Point]) -> None:
    """Months of «сентябрь – май 2021–2022 учебного года» belong to that school year."""
    known: int | None = None
    for point in reversed(points):
        if point.unit == "school":
            continue
        if point.school is not None:
            known = point.school
        elif point.year is not None:
            known = None
        if known is not None:
            point.school = known
            point.year = _year_in_school(point, known)
            point.is_explicit = True


def _year_in_school(point: Point, school: int) -> int:
    if point.unit == "half":
        point.head, point.tail = ((9, 1), (12, 0)) if point.number == 1 else ((1, 1), (8, 0))
    return school if point.head[0] >= 9 else school + 1


def _settle_offsets(points: list[Point], plan: Plan) -> bool:
    settled = False
    for point in points:
        if point.offset is None or point.year is not None:
            continue
        if plan.year is not None and plan.school_year is None:
            point.year = plan.year + point.offset
            settled = True
    return settled


def _turns_new_year(earlier: Point, later: Point) -> bool:
    """Whether two points named in this order lie on both sides of a New Year."""
    return earlier.head[0] >= 7 and later.head[0] <= 6


def _from_neighbours(phrase: Phrase, plan: Plan) -> bool:
    """Fill years from the explicit ones, leftwards and then rightwards. True when the plan decided."""
    points = phrase.points
    explicit = [point for point in points if point.year is not None]
    decided = False
    if len(explicit) == 1 and points[-1] is explicit[0] and explicit[0].is_explicit:
        decided = _push_over_new_year(points, plan)
    for place in range(len(points) - 2, -1, -1):
        point, later = points[place], points[place + 1]
        if point.year is None and later.year is not None and point.offset is None:
            point.year = later.year - (_turns_new_year(point, later) and point.head > later.head)
    for place in range(1, len(points)):
        point, earlier = points[place], points[place - 1]
        if point.year is None and earlier.year is not None and point.offset is None:
            point.year = earlier.year + (point.unit != "year" and point.head[0] < earlier.head[0])
    return decided


def _push_over_new_year(points: list[Point], plan: Plan) -> bool:
    """«ноябрь – февраль 2022» in the plan of 2022 begins in 2022: over New Year is the next year."""
    last = points[-1]
    stated = last.year
    begins = plan.school_year if plan.school_year is not None else plan.year
    if stated is None or begins != stated or len(points) < 2:
        return False
    turns = [place for place in range(len(points) - 1) if _turns_new_year(points[place], points[place + 1])]
    if len(turns) != 1:
        return False
    for place, point in enumerate(points):
        point.year = stated if place <= turns[0] else stated + 1
    return True


def _from_plan(phrase: Phrase, plan: Plan) -> None:
    earlier: Point | None = None
    for span in phrase.spans:
        for place, point in enumerate(span.points):
            if point.unit == "year" and (earlier is not None or plan.school_year is not None):
                # «до конца года» in the plan of a school year may be December or August: left to a person.
                point.year = earlier.year if earlier is not None and plan.school_year is None else None
            elif plan.school_year is not None and point.unit == "half":
                point.year = _year_in_school(point, plan.school_year)
            else:
                point.year = plan.year_of(point.head[0])
            if earlier is not None and earlier.year is not None and point.year is not None:
                same_month = point.head[0] == earlier.head[0]
                if plan.school_year is None:
                    point.year = max(point.year, earlier.year)
                descends = (point.year, point.head[0]) < (
                    earlier.year,
                    earlier.head[0],
                ) and point.unit != "year"
                if not same_month and descends and (place == 1 or _turns_new_year(earlier, point)):
                    point.year += 1
            earlier = point


def _days(phrase: Phrase, assumed: bool) -> Days:
    starts: list[date] = []
    ends: list[date] = []
    is_open = False
    for span in phrase.spans:
        stretches = [point.days() for point in span.points]
        if any(point.year is None or not FIRST_YEAR <= point.year <= LAST_YEAR for point in span.points):
            return Days()
        if any(stretch is None for stretch in stretches):
            return Days(is_missing=True)
        first, last = stretches[0], stretches[-1]
        assert first is not None
        assert last is not None
        if span.kind != "until":
            starts.append(_start(span, first))
        if span.kind in ("plain", "until"):
            ends.append(_end(span, last))
        else:
            is_open = True
    end = max(ends) if ends and (not is_open or phrase.goes_on) else None
    return Days(min(starts) if starts else None, end, assumed)


def _start(span: Span, days: tuple[date, date]) -> date:
    # «после мая» begins when May is over; «после 20 апреля» is written for «с 20 апреля».
    if span.kind == "after" and days[0] != days[1]:
        return days[1] + timedelta(days=1)
    return days[0]


def _end(span: Span, days: tuple[date, date]) -> date:
    """The last day; «до начала мая» is its first day and «до середины мая» its fifteenth."""
    edge = (span.last or span.first).edge
    if span.kind == "until" and edge == 1:
        return days[0]
    if span.kind == "until" and edge == 2:
        return days[0].replace(day=15)
    return days[1]
