"""Results of a school drawn as small slopes against the mean of the programme's schools in its municipality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Avg, Count, Max, Q, QuerySet

from opora.schools.models import Outcome, School
from opora.schools.models.outcomes import FEWEST_PUPILS
from opora.schools.outcome_plan import share_words

LEFT, RIGHT, TOP, BOTTOM = 62, 198, 14, 98
# The mean of one school is that school.
_FEWEST_SCHOOLS: Final = 2
SHARES: Final = (("low_share", "не справились"), ("good_share", "на «4» и «5»"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure beside a point of the drawing."""

    x: int
    y: int
    year: int
    words: str


@dataclass(frozen=True, slots=True)
class Slope:
    """One share over the years; `points` and `mean` are the points of polylines."""

    title: str
    words: str
    points: str
    mean: str
    marks: tuple[Mark, ...]
    first: Mark
    last: Mark
    told: str


def shown_outcomes(schools: QuerySet[School]) -> QuerySet[Outcome]:
    """The results that may be drawn and exported: enough pupils stand behind each."""
    return Outcome.objects.filter(school__in=schools, pupils__gte=FEWEST_PUPILS)


def slopes_of(school: School, beside: QuerySet[School]) -> tuple[list[Slope], int]:
    """The drawings of a school, and how many results are hidden for want of pupils. One query.

    `beside` are the schools of the mean: those of the programme in the municipality.
    """
    told = _results(school, beside)
    rows = [_own(one, school) for one in told]
    shown = [row for row in rows if row.may_be_shown]
    if not shown:
        return [], len(rows)
    means = {(one["exam"], one["subject"], one["grade"], one["year"]): one for one in told}
    series: dict[tuple[str, str, int | None], list[Outcome]] = defaultdict(list)
    for row in shown:
        series[row.exam, row.subject, row.grade].append(row)
    drawn = [
        slope
        for one in series.values()
        for share, words in SHARES
        if (slope := _slope(one, share, words, means)) is not None
    ]
    return drawn, len(rows) - len(shown)


def _results(school: School, beside: QuerySet[School]) -> list[dict[str, Any]]:
    """Each result of a school with the means of the same work over the schools beside."""
    own, among = Q(school=school), Q(school__in=beside)
    of_mean = among & Q(pupils__gte=FEWEST_PUPILS)
    rows: Any = (
        Outcome.objects.filter(own | among)
        .order_by("exam", "subject", "grade", "year")
        .values("exam", "subject", "grade", "year")
        # A school has one row of a work, so the greatest of one is that one.
        .annotate(
            own_pupils=Max("pupils", filter=own),
            own_low=Max("low_share", filter=own),
            own_good=Max("good_share", filter=own),
            mean_low=Avg("low_share", filter=of_mean),
            mean_good=Avg("good_share", filter=of_mean),
            low_schools=Count("low_share", filter=of_mean),
            good_schools=Count("good_share", filter=of_mean),
        )
        .filter(own_pupils__isnull=False)
    )
    return list(rows)


def _own(told: dict[str, Any], school: School) -> Outcome:
    return Outcome(
        school=school,
        year=told["year"],
        exam=told["exam"],
        subject=told["subject"],
        grade=told["grade"],
        pupils=told["own_pupils"],
        low_share=told["own_low"],
        good_share=told["own_good"],
    )


def _slope(rows: list[Outcome], share: str, words: str, means: dict[Any, Any]) -> Slope | None:
    told = [(row, getattr(row, share)) for row in rows if getattr(row, share) is not None]
    if not told:
        return None
    years = [row.year for row, _ in told]
    marks = tuple(Mark(_x(row.year, years), _y(value), row.year, share_words(value)) for row, value in told)
    beside = [
        (row.year, mean)
        for row, _ in told
        if (mean := _mean(means.get((row.exam, row.subject, row.grade, row.year)), share)) is not None
    ]
    first = rows[0]
    grade = f", {first.grade} класс" if first.grade else ""
    title = f"{first.get_exam_display()}, {first.subject}{grade}"
    said = "; ".join(f"{mark.year} — {mark.words}" for mark in marks)
    mean_said = "; ".join(f"{year} — {share_words(mean)}" for year, mean in beside)
    return Slope(
        title=title,
        words=words,
        points=_points((mark.x, mark.y) for mark in marks),
        mean=_points((_x(year, years), _y(mean)) for year, mean in beside),
        marks=marks,
        first=marks[0],
        last=marks[-1],
        told=f"{title}, {words}: {said}."
        + (f" В среднем по школам программы: {mean_said}." if beside else ""),
    )


def _mean(one: dict[str, Any] | None, share: str) -> Decimal | None:
    name = share.removesuffix("_share")
    if one is None or one[f"mean_{name}"] is None or one[f"{name}_schools"] < _FEWEST_SCHOOLS:
        return None
    return Decimal(str(one[f"mean_{name}"]))


def _x(year: int, years: list[int]) -> int:
    first, last = min(years), max(years)
    return LEFT if first == last else LEFT + round((RIGHT - LEFT) * (year - first) / (last - first))


def _y(share: Decimal) -> int:
    return BOTTOM - round((BOTTOM - TOP) * float(share) / 100)


def _points(pairs: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in pairs)
