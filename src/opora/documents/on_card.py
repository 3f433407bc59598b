"""The documents of a school as its card shows them: the state on the day and what stands in ИС МЭДК."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from opora.documents.deeds import LOOKS
from opora.documents.marks import Mark, Marks, marks_of
from opora.documents.models import Document
from opora.documents.queries import state_on
from opora.schools.models import Participation


@dataclass(frozen=True, slots=True)
class OnCard:
    """One document; `mark` is None where it does not go to ИС МЭДК."""

    document: Document
    look: str
    words: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The documents, and how many papers are confirmed and loaded in ИС МЭДК."""

    documents: tuple[OnCard, ...]
    confirmed: int
    loaded: int


def documents_on_card(
    documents: QuerySet[Document], part: Participation | None, as_of: date, *, latest: int
) -> Shown:
    """The latest documents known on a day with their marks. Two queries."""
    known = documents.filter(Q(added_on__lte=as_of) | Q(approved_on__lte=as_of))
    marks = marks_of([part.pk], as_of) if part else Marks({}, {})
    rows = known.select_related("kind").order_by("-dated_on", "-pk")[:latest]
    standing = list(marks.papers.values())
    return Shown(
        tuple(_on_card(row, part, marks, as_of) for row in rows),
        sum(mark.is_confirmed for mark in standing),
        sum(mark.is_there and not mark.is_confirmed for mark in standing),
    )


def _on_card(row: Document, part: Participation | None, marks: Marks, as_of: date) -> OnCard:
    state = Document.State(state_on(row, as_of))
    kind = row.kind
    is_marked = part is not None and kind is not None and kind.is_marked
    key = (row.kind_id or 0, row.factor_id if kind and kind.owed_by == "factor" else None)
    mark = marks.of(part.pk, key) if part is not None and is_marked else None
    return OnCard(row, LOOKS[state], str(state.label), mark)
