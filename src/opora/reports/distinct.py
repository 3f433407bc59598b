"""What is counted over many roadmaps, each thing once: a school, a paper, a visit or a promise has one key anywhere.

Adding up the figures of roadmaps would count again a school that two roadmaps of a town expect, a paper whose file
lies under two lines, a line that a second order of the same town repeats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Q, Subquery

from opora.core.russian import fold
from opora.documents.models import Attestation, Document, Version
from opora.indicators.ground import ONE
from opora.indicators.state import FINISHED, UNDER_WAY, LineState
from opora.indicators.tally import Counted, Status, together
from opora.plans.models import Activity, Roadmap
from opora.programmes.models import Programme
from opora.schools.models import Participation, Region
from opora.visits.queries import visit_facts

# Municipality → the keys of what belongs to it; the same key may stand under several.
Keys = dict[int, set[str]]
PromiseKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TownLine:
    """One promise in one municipality, however many of its roadmaps have it."""

    status: Status
    expected: frozenset[str]
    found: frozenset[str]
    missing: tuple[str, ...]
    is_gained: bool

    @property
    def is_finished(self) -> bool:
        return self.status.code in FINISHED

    @property
    def is_under_way(self) -> bool:
        return self.status.code in UNDER_WAY

    @property
    def is_late(self) -> bool:
        return self.status.code == "late"


@dataclass(frozen=True, slots=True)
class RegionLine:
    """One promise of the region: the same number and wording in the roadmaps of its municipalities."""

    number: str
    text: str
    unit: str
    towns: dict[int, TownLine] = field(default_factory=dict)

    @property
    def expected(self) -> int:
        return len(frozenset().union(*(one.expected for one in self.towns.values())))

    @property
    def found(self) -> int:
        return len(frozenset().union(*(one.found for one in self.towns.values())))


def region_lines(
    states: dict[int, list[LineState]], finished: set[int], roadmaps: Sequence[Roadmap]
) -> list[RegionLine]:
    """The promises of many roadmaps, in the order of the first that has them; `finished` are the lines that were
    so before the stretch began."""
    town_of = {roadmap.pk: roadmap.municipality_id for roadmap in roadmaps}
    lines: dict[PromiseKey, RegionLine] = {}
    held: dict[tuple[PromiseKey, int], list[LineState]] = {}
    for roadmap in roadmaps:
        for state in states.get(roadmap.pk, ()):
            key = _key_of(state.activity)
            lines.setdefault(key, RegionLine(state.activity.number, _words_of(state.activity), state.unit))
            held.setdefault((key, town_of[roadmap.pk]), []).append(state)
    for (key, town), same in held.items():
        lines[key].towns[town] = _town_line(same, town, finished)
    return list(lines.values())


def _key_of(activity: Activity) -> PromiseKey:
    return activity.number, fold(activity.promise or activity.text)


def _words_of(activity: Activity) -> str:
    return activity.text or activity.promise


def _town_line(same: Sequence[LineState], town: int, finished: set[int]) -> TownLine:
    # A promise kept by one of the orders is kept, whatever the copies in other orders still wait for.
    kept = [state for state in same if state.is_finished]
    status = together([state.status for state in kept or same])
    expected: set[str] = set()
    found: set[str] = set()
    missing: dict[str, str] = {}
    for state in same:
        counts = [state.whole] if state.whole is not None else [one.counted for one in state.tallies]
        for place, counted in enumerate(counts):
            there, awaited = _keys_of(counted, town, place)
            found |= there
            expected |= there | awaited
        missing |= {one.key: one.name for one in state.missing}
    was_finished = any(state.activity.pk in finished for state in same)
    return TownLine(
        status=status,
        expected=frozenset(expected),
        found=frozenset(found),
        missing=() if status.code in FINISHED else tuple(missing.values()),
        is_gained=status.code in FINISHED and not was_finished,
    )


def _keys_of(counted: Counted, town: int, place: int) -> tuple[set[str], set[str]]:
    """Those found and those awaited; what is asked only by number is given keys of the line's own."""
    own = f"{ONE}-{town}-{place}"
    there = {own if one.key == ONE else one.key for one in counted.confirmed[: counted.expected]}
    awaited = {own if one.key == ONE else one.key for one in (*counted.reported, *counted.missing)}
    lacking = counted.expected - len(there) - len(awaited)
    return there, awaited | {f"{own}-{number}" for number in range(lacking)}


def schools_counted(region: Region, programme: Programme, as_of: date) -> Keys:
    """The schools of a region that took part on a day. One query."""
    rows = (
        Participation.objects.filter(
            school__municipality__region=region, programme=programme, since__lte=as_of
        )
        .exclude(until__lt=as_of)
        .values_list("school__municipality_id", "school_id")
    )
    return _grouped((town, str(school)) for town, school in rows)


def papers_counted(roadmaps: Sequence[Roadmap], programme: Programme, since: date, as_of: date) -> Keys:
    """The papers approved within days: of the lines, of the programme's kinds, those named in words. Two queries.

    The same file entered twice is the same paper.
    """
    latest = Version.objects.filter(document=OuterRef("pk")).order_by("-number")
    file = Subquery(latest.values("file__sha256")[:1])
    towns = {roadmap.municipality_id for roadmap in roadmaps}
    papers = (
        Document.objects.filter(
            Q(activity__roadmap__in=roadmaps)
            | Q(activity=None, kind__programme=programme, municipality__in=towns),
            approved_on__range=(since, as_of),
        )
        .annotate(file=file)
        .values_list("municipality_id", "file", "pk")
    )
    latest_told = Version.objects.filter(document=OuterRef("document")).order_by("-number")
    told = (
        Attestation.objects.filter(
            activity__roadmap__in=roadmaps,
            document__approved_on__range=(since, as_of),
            confirmed_on__lte=as_of,
        )
        .filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of))
        .annotate(file=Subquery(latest_told.values("file__sha256")[:1]))
        .values_list("activity__roadmap__municipality_id", "file", "document_id")
    )
    return _grouped((town, file or str(pk)) for rows in (papers, told) for town, file, pk in rows)


def visits_counted(programme: Programme, towns: Iterable[int], since: date, as_of: date) -> Keys:
    """The visits held within days. One query."""
    facts = visit_facts([programme.pk], towns, as_of)
    return _grouped(
        (town, str(fact.visit_id))
        for (town, _), group in facts.items()
        for fact in group
        if fact.held_on is not None and since <= fact.held_on
    )


def counted_once(keys: Keys) -> int:
    """How many different things there are over all municipalities."""
    return len(set().union(*keys.values()))


def _grouped(rows: Iterable[tuple[int, str]]) -> Keys:
    found: Keys = {}
    for town, key in rows:
        found.setdefault(town, set()).add(key)
    return found
