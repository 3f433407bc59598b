"""Marks of ИС МЭДК as they stand on a day: the latest row of each paper and each measure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from opora.accounts.models import User
from opora.documents.models import FederalMark
from opora.programmes.models import DocumentKind
from opora.schools.models import Participation

State = FederalMark.State
# A kind of paper, and the factor where the programme owes one for each.
PaperKey = tuple[int, int | None]
LOOKS: Final = {State.NONE: "none", State.LOADED: "sent", State.CONFIRMED: "done", State.RETURNED: "back"}
THERE: Final = frozenset({State.LOADED, State.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in ИС МЭДК on a day, since when, by whom it was noted."""

    state: str = State.NONE
    marked_on: date | None = None
    address: str = ""
    words: str = ""
    person: str = ""

    @property
    def look(self) -> str:
        """The icon and the class of the state."""
        return LOOKS[State(self.state)]

    @property
    def label(self) -> str:
        return str(State(self.state).label)

    @property
    def is_confirmed(self) -> bool:
        return self.state == State.CONFIRMED

    @property
    def is_there(self) -> bool:
        """Loaded at least: shown as «заявлено»."""
        return self.state in THERE


NO_MARK: Final = Mark()


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of some schools: of papers by participation and paper, of measures by measure."""

    papers: dict[tuple[int, PaperKey], Mark]
    measures: dict[int, Mark]

    def of(self, participation_id: int, key: PaperKey) -> Mark:
        return self.papers.get((participation_id, key), NO_MARK)

    def of_measure(self, measure_id: int) -> Mark:
        return self.measures.get(measure_id, NO_MARK)


def marks_of(parts: Iterable[int], as_of: date) -> Marks:
    """What stands on a day in ИС МЭДК for the papers and measures of some schools. One query."""
    rows = (
        FederalMark.objects.filter(participation__in=list(parts), marked_on__lte=as_of)
        .order_by("marked_on", "pk")
        .values_list(
            "participation_id", "kind_id", "factor_id", "measure_id", "state", "marked_on", "address", "words",
            "marked_by__last_name", "marked_by__first_name", "marked_by__middle_name",
        )
    )  # fmt: skip
    papers, measures = dict[tuple[int, PaperKey], Mark](), dict[int, Mark]()
    people: dict[tuple[str, ...], str] = {}
    for part, kind, factor, measure, state, on, address, words, *name in rows:
        names = tuple(name)
        if names not in people:
            last, first, middle = names
            people[names] = User(last_name=last, first_name=first, middle_name=middle).short_name
        mark = Mark(state, on, address, words, people[names])
        if measure:
            measures[measure] = mark
        else:
            papers[part, (kind or 0, factor)] = mark
    return Marks(papers, measures)


def history_of_marks(part: Participation, as_of: date) -> QuerySet[FederalMark]:
    """Every mark of a school noted for a day up to this one, the latest first."""
    return (
        FederalMark.objects.filter(participation=part, marked_on__lte=as_of)
        .select_related("kind", "factor", "measure", "marked_by")
        .order_by("-marked_on", "-pk")
    )


def marked_kinds(programme_id: int) -> QuerySet[DocumentKind]:
    """The kinds of paper of a programme that go to ИС МЭДК."""
    return DocumentKind.objects.filter(programme=programme_id, is_marked=True).exclude(owed_by="")
