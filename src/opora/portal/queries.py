"""Everything the portal reads: public roadmaps, published documents, figures; nothing that names a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Q, QuerySet

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.appointments.queries import in_force
from opora.documents.models import Document, Publication
from opora.documents.queries import up_on
from opora.plans.models import Amendment, Roadmap
from opora.reports.models import IssuePublication
from opora.schools.models import Municipality, Participation, Region


@dataclass(frozen=True, slots=True)
class Figures:
    """How many schools and curators work by a roadmap on a day."""

    schools: int
    curators: int


def public_roadmaps() -> QuerySet[Roadmap]:
    """The roadmaps that anybody may see, newest first."""
    return (
        Roadmap.objects.filter(is_public=True)
        .select_related("programme", "municipality__region")
        .order_by("municipality__name", "-year", "-pk")
    )


def public_regions() -> QuerySet[Region]:
    """The regions that have something for anybody: a public roadmap, or a report that was ever published."""
    shown = Q(pk__in=Roadmap.objects.filter(is_public=True).values("municipality__region"))
    told = Q(pk__in=IssuePublication.objects.values("issue__region"))
    return Region.objects.filter(shown | told).order_by("name")


def newest_of_each(roadmaps: Iterable[Roadmap]) -> list[Roadmap]:
    """One roadmap of each municipality: the newest; `roadmaps` come newest first."""
    found: dict[int, Roadmap] = {}
    for roadmap in roadmaps:
        found.setdefault(roadmap.municipality_id, roadmap)
    return list(found.values())


def on_portal(as_of: date) -> QuerySet[Publication]:
    """What is published on the portal on a day, the latest first, with its document and file."""
    return (
        Publication.objects.filter(up_on(as_of), where=Publication.Where.PORTAL, version__isnull=False)
        .filter(document__state=Document.State.APPROVED)
        .select_related("document__municipality", "document__school", "document__kind", "version__file")
        .order_by("-published_on", "-pk")
    )


def elsewhere(as_of: date) -> QuerySet[Publication]:
    """What is published at addresses elsewhere on a day, the latest first."""
    return (
        Publication.objects.filter(up_on(as_of), where=Publication.Where.ELSEWHERE)
        .filter(document__state=Document.State.APPROVED)
        .select_related("document")
        .order_by("-published_on", "-pk")
    )


def order_on_portal(roadmap: Roadmap, as_of: date) -> Publication | None:
    """The publication of the very file of the order, when the centre has published it as a document."""
    if roadmap.file_id is None:
        return None
    return (
        on_portal(as_of)
        .filter(version__file=roadmap.file_id, document__municipality=roadmap.municipality_id)
        .first()
    )


def dates_of(document: Document) -> tuple[date | None, date | None]:
    """The first and the last day on which a document was made public or taken down."""
    found = document.publications.aggregate(
        first=Min("published_on"), last=Max("published_on"), down=Max("taken_down_on")
    )
    changes = [day for day in (found["last"], found["down"]) if day]
    return found["first"], max(changes, default=None)


def changed_on(roadmap: Roadmap, as_of: date) -> date | None:
    """The day of the latest order that changed a roadmap, known by a day."""
    latest = Amendment.objects.filter(roadmap=roadmap, order_date__lte=as_of).aggregate(
        last=Max("order_date")
    )
    day: date | None = latest["last"]
    return day


def figures_of(roadmap: Roadmap, as_of: date) -> Figures:
    """Schools and curators of a roadmap on a day. Two queries."""
    term = Q(since__lte=as_of) & (Q(until=None) | Q(until__gte=as_of))
    place = roadmap.municipality_id
    taking_part = Participation.objects.filter(
        term, programme=roadmap.programme_id, school__municipality=place
    )
    leading = Appointment.objects.filter(
        in_force(as_of), duty="curator", programme=roadmap.programme_id, school__municipality=place
    )
    return Figures(taking_part.count(), leading.values("person").distinct().count())


def public_name(person: User, as_of: date) -> str:
    """How a person is called in public: by name with consent in force to spread it, else by post and workplace.

    152-ФЗ, article 10.1: a name appears on public pages only with a separate consent.
    """
    since, until = person.may_be_named_since, person.may_be_named_until
    post = ", ".join(part for part in (person.post, person.workplace) if part)
    if since is not None and since <= as_of and (until is None or until > as_of):
        return f"{person.short_name}, {post}" if post else person.short_name
    return post or "сотрудник методического центра"


def public_names(people: Sequence[User], as_of: date) -> list[str]:
    """The same for several, each once."""
    return list(dict.fromkeys(public_name(person, as_of) for person in people))


def places_of(roadmaps: Iterable[Roadmap]) -> list[Municipality]:
    """The municipalities of roadmaps, each once, in their order."""
    return list({roadmap.municipality_id: roadmap.municipality for roadmap in roadmaps}.values())
