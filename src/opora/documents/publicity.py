"""Everything that reads publications: where documents are up, what the last look at an address saw, what was taken down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from opora.appointments.queries import Access
from opora.documents.models import Publication, PublicationCheck
from opora.documents.queries import documents_of_centre, documents_seen_by, up_on

Outcome = PublicationCheck.Outcome
ELSEWHERE: Final = Publication.Where.ELSEWHERE
# What the list of publications is narrowed by.
WHICH: Final[dict[str, Q]] = {
    "all": Q(),
    "silent": Q(last_outcome__in=(Outcome.SILENT, Outcome.REFUSED)),
    "other": Q(last_outcome=Outcome.OTHER),
    "never": Q(where=ELSEWHERE, last_outcome=None),
    "portal": Q(where=Publication.Where.PORTAL),
}


def publications_seen_by(access: Access, as_of: date, which: str = "all") -> QuerySet[Publication]:
    """What was up on a day of the documents that a person sees, the latest first; `which` is a key of WHICH."""
    latest = PublicationCheck.objects.filter(
        publication=OuterRef("pk"), checked_at__date__lte=as_of
    ).order_by("-checked_at", "-pk")
    return (
        Publication.objects.filter(up_on(as_of), document__in=documents_seen_by(access))
        .annotate(last_outcome=Subquery(latest.values("outcome")[:1]))
        .filter(WHICH[which])
        .select_related("document__school", "document__activity", "document__municipality")
    )


def publications_elsewhere(access: Access) -> QuerySet[Publication]:
    """The publications elsewhere whose documents a person of the centre publishes."""
    documents = documents_of_centre(access)
    return Publication.objects.filter(where=ELSEWHERE, document__in=documents).select_related("document")


def to_be_checked() -> QuerySet[Publication]:
    """The publications elsewhere that are up."""
    return Publication.objects.filter(where=ELSEWHERE, taken_down_on=None)


def last_checks(publications: Iterable[Publication], as_of: date) -> dict[int, PublicationCheck]:
    """The last look at each of the publications by a day, by their numbers. One query."""
    rows = PublicationCheck.objects.filter(
        publication__in=[one.pk for one in publications if one.where == ELSEWHERE],
        checked_at__date__lte=as_of,
    )
    latest = rows.order_by().values("publication").annotate(last=Max("pk")).values("last")
    found = PublicationCheck.objects.filter(pk__in=latest).select_related("checked_by")
    return {check.publication_id: check for check in found}


def past_on_portal(document: int, as_of: date) -> QuerySet[Publication]:
    """The publications of a document on the portal that were taken down by a day, the latest first."""
    return (
        Publication.objects.filter(
            document=document, where=Publication.Where.PORTAL, taken_down_on__lte=as_of
        )
        .select_related("document__municipality", "document__school", "document__kind")
        .order_by("-taken_down_on", "-pk")
    )
