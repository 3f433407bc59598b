"""Everything that reads the proposals to a draft: those said by a day, the open ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Q, QuerySet, Value, When

from opora.documents.models import Comment, Document


@dataclass(frozen=True, slots=True)
class Talk:
    """How the discussion of a document stands on a day: how many proposals, how many wait for an answer."""

    until: date | None
    is_open: bool
    said: int
    waiting: int


def comments_of(document: Document, as_of: date) -> QuerySet[Comment]:
    """The proposals said by a day; those not settled by then first, the earliest of them on top."""
    waiting = Case(When(_waiting(as_of), then=Value(0)), default=Value(1))
    return (
        Comment.objects.filter(document=document, said_at__date__lte=as_of)
        .annotate(order=waiting)
        .select_related("said_by", "settled_by", "version")
        .order_by("order", "said_at", "pk")
    )


def open_comments(document: Document) -> QuerySet[Comment]:
    """The proposals that nobody has settled yet."""
    return Comment.objects.filter(document=document, outcome=Comment.Outcome.OPEN)


def talk_of(document: Document, as_of: date) -> Talk:
    """The discussion of a document on a day. One query."""
    counts = Comment.objects.filter(document=document, said_at__date__lte=as_of).aggregate(
        said=Count("pk"), waiting=Count("pk", filter=_waiting(as_of))
    )
    return Talk(document.discussed_until, is_taken(document, as_of), counts["said"], counts["waiting"])


def is_taken(document: Document, day: date) -> bool:
    """Whether proposals to a document are taken on a day."""
    until = document.discussed_until
    return until is not None and until >= day and document.state != Document.State.APPROVED


def _waiting(as_of: date) -> Q:
    return Q(settled_on=None) | Q(settled_on__gt=as_of)
