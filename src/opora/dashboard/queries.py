"""What waits for a person on a day: papers, words, visits, reports, risks, silent schools, all by one query."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import DateField, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from opora.accounts.models import User
from opora.appointments.queries import Access, schools_of
from opora.dashboard.today_answers import of_answers
from opora.dashboard.today_centre import of_centre
from opora.dashboard.today_curator import of_curator
from opora.dashboard.today_reviews import of_reviews
from opora.dashboard.today_school import of_school
from opora.dashboard.today_shape import SILENT, Rows, Waiting, shaped
from opora.documents.models import Attestation, Document
from opora.documents.queries import documents_kept_by, documents_of_centre, in_state
from opora.schools.models import School
from opora.visits.models import Visit

SILENT_DAYS = 14
# A list of a day is read at a glance; the rest is on the page of the room.
MOST = 120


def waiting(access: Access, person: User, as_of: date) -> list[Waiting]:
    """Everything that waits for a person on a day, the longest first. One query."""
    parts = [_returned(access, person, as_of), _silent(access, as_of)]
    if "documents.approve" in access.permissions:
        parts += [_on_approval(access, as_of), _words(access, as_of)]
    parts += [
        *of_curator(access, person, as_of),
        *of_school(access, as_of),
        *of_centre(access, person, as_of),
        *of_reviews(access, person, as_of),
        *of_answers(access, person, as_of),
    ]
    # Silent schools come last, so that a region's hundreds of them never push a paper out of the list.
    rows = parts[0].union(*parts[1:], all=True).order_by("place_is", "since_is", "pk_is")[:MOST]
    return [Waiting(*row[1:]) for row in rows]


def _on_approval(access: Access, as_of: date) -> Rows:
    sent = documents_of_centre(access).filter(in_state(Document.State.SENT, as_of))
    return shaped(
        sent, "document", title=F("title"), line=F("activity__number"), who=F("added_by__last_name"),
        since=F("sent_on"),
    )  # fmt: skip


def _returned(access: Access, person: User, as_of: date) -> Rows:
    mine = documents_kept_by(access).filter(in_state(Document.State.RETURNED, as_of), added_by=person)
    return shaped(
        mine, "returned", title=F("title"), line=F("activity__number"), who=F("question"),
        since=F("returned_on"),
    )  # fmt: skip


def _words(access: Access, as_of: date) -> Rows:
    not_yet = (Q(confirmed_on=None) | Q(confirmed_on__gt=as_of)) & (
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of)
    )
    given = Attestation.objects.filter(
        not_yet, happened_on__lte=as_of, activity__roadmap__municipality__in=access.municipality_ids
    )
    return shaped(
        given, "word", title=F("words"), line=F("activity__number"), who=F("added_by__last_name"),
        since=F("happened_on"),
    )  # fmt: skip


def _silent(access: Access, as_of: date) -> Rows:
    """Schools taking part of which nothing has been entered for longer than `SILENT_DAYS`."""
    day = F("participations__since")
    schools: QuerySet[School] = schools_of(access).filter(
        Q(participations__until=None) | Q(participations__until__gte=as_of),
        participations__since__lte=as_of,
    )
    heard = Greatest(
        day,
        Coalesce(_last(Document, "added_on", as_of), day),
        Coalesce(_last(Attestation, "happened_on", as_of), day),
        Coalesce(_last(Visit, "held_on", as_of), day),
        Coalesce(_last(Visit, "agreed_on", as_of), day),
    )
    told = schools.annotate(heard=heard).filter(heard__lt=as_of - timedelta(days=SILENT_DAYS))
    return shaped(told, "silent", title=F("short_name"), since=F("heard"), place=SILENT)


def _last(model: type[Document] | type[Attestation] | type[Visit], day: str, as_of: date) -> Subquery:
    rows = model._default_manager.filter(school=OuterRef("pk"), **{f"{day}__lte": as_of})
    return Subquery(rows.values("school").annotate(last=Max(day)).values("last"), output_field=DateField())
