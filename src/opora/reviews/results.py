"""What a round of review found on a day: by criterion, by risk, how far experts agree; and the difference of two rounds.

Counted over documents that are settled by the day, each once. Nobody is named here: these figures may be published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opora.core.russian import fold
from opora.reviews.agreement import Agreement, Pair, agreement_of
from opora.reviews.models import Round
from opora.reviews.standing import Scale, Standing, scale_of, standings_of


@dataclass(frozen=True, slots=True)
class LevelShare:
    """One level of a criterion: how many documents are at it, and of how many."""

    title: str
    points: int
    count: int
    total: int

    @property
    def share(self) -> int:
        """Per cent, rounded."""
        return round(100 * self.count / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion over the documents: levels, the mean of points, the greatest possible, agreement of experts."""

    title: str
    levels: tuple[LevelShare, ...]
    mean: float | None
    most: int
    agreement: Agreement

    @property
    def per_cent(self) -> int | None:
        """The mean in per cent of the greatest possible, so that criteria of different scales can stand side by side."""
        return round(100 * self.mean / self.most) if self.mean is not None and self.most else None


@dataclass(frozen=True, slots=True)
class FactorResult:
    """Documents of one risk: how many, the mean in per cent of the greatest possible, how many came back for rework."""

    number: int
    title: str
    documents: int
    per_cent: int | None
    returned: int


@dataclass(frozen=True, slots=True)
class Results:
    """A round in figures on a day."""

    title: str
    stage: str
    as_of: date
    finished_on: date | None
    population: int
    sampled: int
    settled: int
    returned: int
    reworked: int
    parted: int
    criteria: tuple[CriterionResult, ...]
    factors: tuple[FactorResult, ...]
    agreement: Agreement
    per_cent: int | None


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """One criterion in two rounds: per cent of the greatest possible then and now, None where there is no such one."""

    title: str
    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        """Points gained, below zero when lost."""
        return self.after - self.before if self.before is not None and self.after is not None else None


def results_of(review: Round, as_of: date) -> Results:
    """The figures of a round on a day. Five queries whatever its size."""
    scale = scale_of(review)
    rows = standings_of(review, as_of, scale)
    settled = [one for one in rows if one.code == "settled"]
    levels = {one.sampled.pk: one.levels() for one in settled}
    pairs, documents = _pairs(rows)
    finished = review.finished_on if review.finished_on and review.finished_on <= as_of else None
    shares = [
        share for one in settled for share in (_share(levels[one.sampled.pk], scale),) if share is not None
    ]
    return Results(
        title=review.title,
        stage=str(review.stage) if review.stage else "весь год",
        as_of=as_of,
        finished_on=finished,
        population=review.population,
        sampled=len(rows),
        settled=len(settled),
        returned=sum(_has_come(one.sampled.returned_on, as_of) for one in rows),
        reworked=sum(_has_come(one.sampled.reworked_on, as_of) for one in rows),
        parted=sum(one.code == "parted" for one in rows),
        criteria=_criteria(scale, list(levels.values()), pairs),
        factors=_factors(settled, levels, scale, as_of),
        agreement=agreement_of([(pairs[one.pk], scale.counts[one.pk]) for one in scale.criteria], documents),
        per_cent=round_mean(shares),
    )


def difference(earlier: Results, later: Results) -> tuple[CriterionChange, ...]:
    """Criteria of both rounds side by side, matched by their words; those of the later one first."""
    before = {fold(one.title): one for one in earlier.criteria}
    after = {fold(one.title): one for one in later.criteria}
    rows = [
        CriterionChange(one.title, before[key].per_cent if key in before else None, one.per_cent)
        for key, one in after.items()
    ]
    gone = [CriterionChange(one.title, one.per_cent, None) for key, one in before.items() if key not in after]
    return (*rows, *gone)


def round_mean(values: Sequence[float]) -> int | None:
    """The mean rounded to a whole number, None of nothing."""
    return round(sum(values) / len(values)) if values else None


def _pairs(rows: Sequence[Standing]) -> tuple[defaultdict[int, list[Pair]], int]:
    """Places that two experts gave independently at the first look, by criterion; the third is not independent."""
    pairs: defaultdict[int, list[Pair]] = defaultdict(list)
    documents = 0
    for row in rows:
        told = [one for one in row.looks if one.look == 1 and one.is_finished and not one.is_third][:2]
        if len(told) < 2:
            continue
        documents += 1
        for criterion in told[0].places.keys() & told[1].places.keys():
            pairs[criterion].append((told[0].places[criterion], told[1].places[criterion]))
    return pairs, documents


def _criteria(
    scale: Scale, found: Sequence[Mapping[int, int]], pairs: Mapping[int, Sequence[Pair]]
) -> tuple[CriterionResult, ...]:
    made = []
    for one in scale.criteria:
        places = [levels[one.pk] for levels in found if one.pk in levels]
        points = scale.points[one.pk]
        levels = tuple(
            LevelShare(row.title, row.points, places.count(at), len(places))
            for at, row in enumerate(one.levels_in_order)  # type: ignore[attr-defined]  # -- prefetched under this name
        )
        mean = sum(points[at] for at in places) / len(places) if places else None
        told = pairs.get(one.pk, [])
        made.append(
            CriterionResult(
                one.title, levels, mean, points[-1], agreement_of([(told, scale.counts[one.pk])], len(told))
            )
        )
    return tuple(made)


def _factors(
    settled: Sequence[Standing], levels: Mapping[int, Mapping[int, int]], scale: Scale, as_of: date
) -> tuple[FactorResult, ...]:
    groups: defaultdict[tuple[int, str], list[Standing]] = defaultdict(list)
    for one in settled:
        factor = one.sampled.factor
        groups[(factor.number, factor.name) if factor else (0, "Без риска")].append(one)
    made = []
    for (number, title), rows in sorted(groups.items(), key=lambda one: (one[0][0] == 0, one[0])):
        shares = [
            share for row in rows for share in (_share(levels[row.sampled.pk], scale),) if share is not None
        ]
        returned = sum(_has_come(row.sampled.returned_on, as_of) for row in rows)
        made.append(FactorResult(number, title, len(rows), round_mean(shares), returned))
    return tuple(made)


def _share(levels: Mapping[int, int], scale: Scale) -> float | None:
    """Points of a document in per cent of the greatest possible."""
    most = sum(scale.points[criterion][-1] for criterion in levels)
    got = sum(scale.points[criterion][at] for criterion, at in levels.items())
    return 100 * got / most if most else None


def _has_come(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
