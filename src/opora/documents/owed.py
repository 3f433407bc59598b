"""What each school that takes part owes by the programme on a day, and what of it is there (order line 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import F, FilteredRelation, Q, QuerySet

from opora.documents.marks import Mark, Marks, PaperKey, marks_of
from opora.documents.models import Document
from opora.documents.queries import state_by_days
from opora.programmes.models import DocumentKind
from opora.schools.models import Participation
from opora.schools.risks import cells_on

# A school in a programme.
Place = tuple[int, int]


class ChosenFactor(NamedTuple):
    """A factor that a school has in work."""

    pk: int
    number: int
    name: str


class OwedKind(NamedTuple):
    """A kind of paper that the programme expects of its schools."""

    pk: int
    programme_id: int
    code: str
    name: str
    is_by_factor: bool
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """The document that stands for an owed one: an approved one before others, then the latest."""

    pk: int
    title: str
    number: str
    dated_on: date
    added_on: date
    approved_on: date | None
    state: str

    @property
    def is_approved(self) -> bool:
        return self.approved_on is not None


@dataclass(slots=True)
class OwedPapers:
    """The kinds owed by programme, and the papers that schools have of them."""

    kinds: dict[int, list[OwedKind]] = field(default_factory=dict)
    papers: dict[Place, dict[PaperKey, Paper]] = field(default_factory=dict)


@dataclass(slots=True)
class OwedMarks:
    """The kinds that go to ИС МЭДК by programme, and the state and day of the mark of each paper."""

    kinds: dict[int, list[OwedKind]] = field(default_factory=dict)
    marks: dict[Place, dict[PaperKey, tuple[str, date]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Owed:
    """One paper that a school owes: the document if there is one, and the mark of ИС МЭДК on the day."""

    part: Participation
    kind: OwedKind
    factor: ChosenFactor | None
    paper: Paper | None
    mark: Mark

    @property
    def key(self) -> PaperKey:
        return self.kind.pk, self.factor.pk if self.factor else None

    @property
    def factor_pk(self) -> int:
        """The factor as an address names it: 0 for none."""
        return self.factor.pk if self.factor else 0

    @property
    def name(self) -> str:
        """«Антирисковая программа: Дефицит педагогических кадров»."""
        return f"{self.kind.name}: {self.factor.name}" if self.factor else self.kind.name

    @property
    def state(self) -> str:
        """missing, approved, or the state of the document."""
        return self.paper.state if self.paper else "missing"


def owed_keys(
    kinds: Iterable[OwedKind], factors: Sequence[ChosenFactor]
) -> list[tuple[OwedKind, ChosenFactor | None]]:
    """What a school with these chosen factors owes, in the order of the kinds."""
    found: list[tuple[OwedKind, ChosenFactor | None]] = []
    for kind in kinds:
        found += [(kind, factor) for factor in factors] if kind.is_by_factor else [(kind, None)]
    return found


def chosen_by(parts: Iterable[int], as_of: date) -> dict[Place, tuple[ChosenFactor, ...]]:
    """(programme, school) → the factors that the schools of participations had in work on a day. One query."""
    rows = (
        cells_on(as_of, participation__in=list(parts))
        .filter(is_chosen=True)
        .order_by("factor__number", "factor")
        .values_list(
            "participation__programme_id",
            "participation__school_id",
            "factor_id",
            "factor__number",
            "factor__name",
        )
    )  # fmt: skip
    found: dict[Place, list[ChosenFactor]] = {}
    for programme, school, pk, number, name in rows:
        found.setdefault((programme, school), []).append(ChosenFactor(pk, number, name))
    return {place: tuple(factors) for place, factors in found.items()}


def owed_papers(
    programmes: Iterable[int], schools: Iterable[int], as_of: date, *, is_marked: bool | None = None
) -> OwedPapers:
    """The kinds that programmes owe together with the papers of these schools known on a day. One query."""
    known = Q(document__approved_on__lte=as_of) | Q(document__added_on__lte=as_of)
    rows = (
        _kinds(programmes, is_marked)
        .annotate(
            held=FilteredRelation("document", condition=Q(document__school__in=list(schools)) & known)
        )
        .order_by("position", "pk", F("held__approved_on").asc(nulls_last=True), "-held__added_on", "-held__pk")
        .values_list(
            *_OF_KIND, "held__school_id", "held__factor_id", "held__pk", "held__title", "held__number",
            "held__dated_on", "held__added_on", "held__sent_on", "held__returned_on", "held__approved_on",
        )
    )  # fmt: skip
    found, seen = OwedPapers(), set[int]()
    for (
        *told,
        school,
        factor,
        pk,
        title,
        number,
        dated_on,
        added_on,
        sent_on,
        returned_on,
        approved_on,
    ) in rows:
        kind = _kind(told, found.kinds, seen)
        if pk is None:
            continue
        state = state_by_days(sent_on, returned_on, approved_on, as_of)
        approved = approved_on if state == Document.State.APPROVED else None
        held = found.papers.setdefault((kind.programme_id, school), {})
        key = (kind.pk, factor if kind.is_by_factor else None)
        if not (kind.is_by_factor and factor is None):
            new = Paper(pk, title, number, dated_on, added_on, approved, state)
            # Approved after the day sorts as approved: the first one that is so on the day wins.
            if key not in held or (new.is_approved and not held[key].is_approved):
                held[key] = new
    return found


def owed_marks(programmes: Iterable[int], parts: Mapping[int, Place], as_of: date) -> OwedMarks:
    """The kinds that go to ИС МЭДК together with what stands there for participations on a day. One query."""
    rows = (
        _kinds(programmes, True)
        .annotate(
            mark=FilteredRelation(
                "marks",
                condition=Q(marks__participation__in=list(parts), marks__marked_on__lte=as_of),
            )
        )
        .order_by("position", "pk", "mark__marked_on", "mark__pk")
        .values_list(*_OF_KIND, "mark__participation_id", "mark__factor_id", "mark__state", "mark__marked_on")
    )
    found, seen = OwedMarks(), set[int]()
    for *told, part, factor, state, marked_on in rows:
        kind = _kind(told, found.kinds, seen)
        if state is not None:
            found.marks.setdefault(parts[part], {})[kind.pk, factor] = (state, marked_on)
    return found


def owed_by(
    parts: Sequence[Participation], as_of: date, *, is_marked: bool | None = None
) -> list[list[Owed]]:
    """What each of the schools owes, a list a school in the order given. Three queries for any number of schools.

    `is_marked` leaves only the papers that go to ИС МЭДК.
    """
    ids = [part.pk for part in parts]
    programmes = {part.programme_id for part in parts}
    chosen = chosen_by(ids, as_of)
    papers = owed_papers(programmes, [part.school_id for part in parts], as_of, is_marked=is_marked)
    marks = marks_of(ids, as_of)
    return [_of_one(part, chosen, papers, marks) for part in parts]


def _of_one(
    part: Participation,
    chosen: dict[Place, tuple[ChosenFactor, ...]],
    owed: OwedPapers,
    marks: Marks,
) -> list[Owed]:
    place = (part.programme_id, part.school_id)
    held = owed.papers.get(place, {})
    keys = owed_keys(owed.kinds.get(part.programme_id, ()), chosen.get(place, ()))
    found = []
    for kind, factor in keys:
        key = (kind.pk, factor.pk if factor else None)
        found.append(Owed(part, kind, factor, held.get(key), marks.of(part.pk, key)))
    return found


_OF_KIND = ("pk", "programme_id", "code", "name", "owed_by", "is_marked")


def _kinds(programmes: Iterable[int], is_marked: bool | None) -> QuerySet[DocumentKind]:
    kinds = DocumentKind.objects.filter(programme__in=set(programmes)).exclude(owed_by="")
    return kinds if is_marked is None else kinds.filter(is_marked=is_marked)


def _kind(told: Sequence[object], kinds: dict[int, list[OwedKind]], seen: set[int]) -> OwedKind:
    pk, programme, code, name, owed, is_marked = told
    kind = OwedKind(pk, programme, code, name, owed == DocumentKind.OwedBy.FACTOR, is_marked)  # type: ignore[arg-type]  # -- a row of values, in this order
    if kind.pk not in seen:
        seen.add(kind.pk)
        kinds.setdefault(kind.programme_id, []).append(kind)
    return kind
