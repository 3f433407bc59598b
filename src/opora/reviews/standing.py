"""Where a document of a sample stands on a day: who looks at it, whether experts part, what is its level by criterion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from opora.reviews.agreement import parted, settled_level
from opora.reviews.models import Criterion, Examination, Round, Sampled, Score
from opora.reviews.queries import criteria_of

# code → words and look of the design.
STATES: Final = {
    "alone": ("Эксперта нет", "wait"),
    "looked": ("Рассматривают", "half"),
    "parted": ("Эксперты разошлись", "wait"),
    "told": ("Ждёт решения", "wait"),
    "returned": ("Вернулся на доработку", "back"),
    "again": ("Второй просмотр", "half"),
    "settled": ("Рассмотрен", "done"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One expert's look as it stood on a day: places of levels by criterion, counted from the lowest."""

    pk: int
    expert_id: int
    look: int
    is_third: bool
    is_finished: bool
    is_declined: bool
    needs_rework: bool
    places: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Still asked and not handed in."""
        return not self.is_finished and not self.is_declined


@dataclass(frozen=True, slots=True)
class Standing:
    """A document of a sample on a day."""

    sampled: Sampled
    looks: tuple[Look, ...]
    # Criteria by which two looks part too far, while no third has spoken.
    parted: tuple[int, ...]
    code: str

    @property
    def words(self) -> str:
        """The words of the state."""
        return STATES[self.code][0]

    @property
    def icon(self) -> str:
        """Its look in the design."""
        return STATES[self.code][1]

    @property
    def current(self) -> int:
        """Which look is on: the first or the second."""
        return max((one.look for one in self.looks), default=1)

    def levels(self) -> dict[int, int]:
        """The one level of each criterion by the last look that is told."""
        told = [one for one in self.looks if one.is_finished]
        last = max((one.look for one in told), default=1)
        places: defaultdict[int, list[int]] = defaultdict(list)
        for one in told:
            if one.look == last:
                for criterion, place in one.places.items():
                    places[criterion].append(place)
        return {criterion: settled_level(found) for criterion, found in places.items()}


@dataclass(frozen=True, slots=True)
class Scale:
    """The criteria of a round with the places of their levels."""

    criteria: tuple[Criterion, ...]
    counts: Mapping[int, int]
    place: Mapping[int, int]
    points: Mapping[int, tuple[int, ...]]


def scale_of(review: Round) -> Scale:
    """Criteria and levels of a round. Two queries."""
    criteria = tuple(criteria_of(review))
    levels = {one.pk: list(one.levels_in_order) for one in criteria}  # type: ignore[attr-defined]  # -- prefetched under this name
    return Scale(
        criteria,
        {pk: len(rows) for pk, rows in levels.items()},
        {row.pk: at for rows in levels.values() for at, row in enumerate(rows)},
        {pk: tuple(row.points for row in rows) for pk, rows in levels.items()},
    )


def standings_of(
    review: Round, as_of: date, scale: Scale, rows: Iterable[Sampled] | None = None
) -> list[Standing]:
    """The documents of a round (or those given) as they stood on a day. Three queries, two for given rows."""
    if rows is None:
        rows = review.sampled.select_related("document__school", "document__kind", "factor").order_by(
            "position"
        )
    sampled = list(rows)
    looks = looks_of([one.pk for one in sampled] if len(sampled) < 500 else None, review, as_of, scale)
    return [standing_of(one, looks.get(one.pk, ()), scale, as_of) for one in sampled]


def looks_of(
    pks: Sequence[int] | None, review: Round, as_of: date, scale: Scale
) -> dict[int, tuple[Look, ...]]:
    """Document → its looks known on a day; of the whole round when no numbers are given. Two queries."""
    asked = Examination.objects.filter(sampled__round=review, assigned_on__lte=as_of)
    told = Score.objects.filter(
        examination__sampled__round=review, examination__finished_on__lte=as_of, level__isnull=False
    )
    if pks is not None:
        asked, told = asked.filter(sampled__in=pks), told.filter(examination__sampled__in=pks)
    places: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for examination, criterion, level in told.order_by().values_list(
        "examination_id", "criterion_id", "level_id"
    ):
        places[examination][criterion] = scale.place[level or 0]
    found: defaultdict[int, list[Look]] = defaultdict(list)
    for pk, one, expert, look, is_third, finished, declined, needs in asked.order_by("pk").values_list(
        "pk", "sampled_id", "expert_id", "look", "is_third", "finished_on", "declined_on", "needs_rework"
    ):
        is_finished = finished is not None and finished <= as_of
        is_declined = declined is not None and declined <= as_of
        found[one].append(
            Look(pk, expert, look, is_third, is_finished, is_declined, is_finished and needs, places[pk])
        )
    return {one: tuple(rows) for one, rows in found.items()}


def standing_of(sampled: Sampled, looks: Sequence[Look], scale: Scale, as_of: date) -> Standing:
    """Judge one document; asks nothing."""
    far = parted_of(looks, scale)
    return Standing(sampled, tuple(looks), far, _code(sampled, looks, far, as_of))


def parted_of(looks: Sequence[Look], scale: Scale) -> tuple[int, ...]:
    """The criteria by which two looks of the last round of looks part too far; nothing once a third has spoken."""
    current = max((one.look for one in looks), default=1)
    told = [one for one in looks if one.look == current and one.is_finished]
    if any(one.is_third for one in told) or len(told) > 2:
        return ()
    if len(told) < 2:
        return ()
    return parted(told[0].places, told[1].places, scale.counts)


def _code(sampled: Sampled, looks: Sequence[Look], far: tuple[int, ...], as_of: date) -> str:
    def has_come(day: date | None) -> bool:
        return day is not None and day <= as_of

    if has_come(sampled.settled_on):
        return "settled"
    if has_come(sampled.returned_on) and not has_come(sampled.reworked_on):
        return "returned"
    current = max((one.look for one in looks if not one.is_declined), default=1)
    asked = [one for one in looks if one.look == current and not one.is_declined]
    is_second_awaited = has_come(sampled.reworked_on) and current == 1
    if not asked or is_second_awaited:
        return "alone"
    if any(one.is_open for one in asked):
        return "again" if current > 1 else "looked"
    return "parted" if far else "told"
