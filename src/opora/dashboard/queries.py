"""What waits for a person on a day: papers, words and silent schools, all by one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest

from opora.appointments.queries import Access, schools_of
from opora.documents.models import Attestation, Document
from opora.documents.queries import documents_kept_by, documents_of_centre, in_state
from opora.schools.models import School

SILENT_DAYS = 14
# A list of a day is read at a glance; the rest is on the page of the room.
MOST = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: «document» on approval, «returned», «word» to confirm, «silent» school."""

    what: str
    pk: int
    title: str
    line: str
    who: str
    since: date | None


def waiting(access: Access, person_id: int, as_of: date) -> list[Waiting]:
    """Everything that waits for a person on a day, the longest first. One query."""
    parts = [_returned(access, person_id, as_of), _silent(access, as_of)]
    if "documents.approve" in access.permissions:
        parts += [_on_approval(access, as_of), _words(access, as_of)]
    # Silent schools come last, so that a region's hundreds of them never push a paper out of the list.
    rows = parts[0].union(*parts[1:], all=True).order_by("place_is", "since_is", "pk")[:MOST]
    return [Waiting(*row[1:]) for row in rows]


def _on_approval(access: Access, as_of: date) -> QuerySet[Any, tuple[Any, ...]]:
    sent = documents_of_centre(access).filter(in_state(Document.State.SENT, as_of))
    return _shaped(
        sent, "document", title=F("title"), line=F("activity__number"), who=F("added_by__last_name"),
        since=F("sent_on"),
    )  # fmt: skip


def _returned(access: Access, person_id: int, as_of: date) -> QuerySet[Any, tuple[Any, ...]]:
    mine = documents_kept_by(access).filter(in_state(Document.State.RETURNED, as_of), added_by=person_id)
    return _shaped(
        mine, "returned", title=F("title"), line=F("activity__number"), who=F("question"),
        since=F("returned_on"),
    )  # fmt: skip


def _words(access: Access, as_of: date) -> QuerySet[Any, tuple[Any, ...]]:
    not_yet = (Q(confirmed_on=None) | Q(confirmed_on__gt=as_of)) & (
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of)
    )
    given = Attestation.objects.filter(
        not_yet, happened_on__lte=as_of, activity__roadmap__municipality__in=access.municipality_ids
    )
    return _shaped(
        given, "word", title=F("words"), line=F("activity__number"), who=F("added_by__last_name"),
        since=F("happened_on"),
    )  # fmt: skip


def _silent(access: Access, as_of: date) -> QuerySet[Any, tuple[Any, ...]]:
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
    )
    told = schools.annotate(heard=heard).filter(heard__lt=as_of - timedelta(days=SILENT_DAYS))
    return _shaped(told, "silent", title=F("short_name"), line=Value(""), who=Value(""), since=F("heard"))


def _last(model: type[Document] | type[Attestation], day: str, as_of: date) -> Subquery:
    rows = model._default_manager.filter(school=OuterRef("pk"), **{f"{day}__lte": as_of})
    return Subquery(rows.values("school").annotate(last=Max(day)).values("last"), output_field=DateField())


def _shaped(
    rows: QuerySet[Any], what: str, *, title: Any, line: Any, who: Any, since: Any
) -> QuerySet[Any, tuple[Any, ...]]:
    """Rows of any table in one shape, so that the database can put them one after another."""
    text = TextField()
    return (
        rows.order_by()
        .annotate(
            place_is=Value(int(what == "silent"), output_field=IntegerField()),
            what_is=Value(what, output_field=CharField()),
            title_is=Cast(title, text),
            line_is=Coalesce(Cast(line, text), Value("", output_field=text)),
            who_is=Coalesce(Cast(who, text), Value("", output_field=text)),
            since_is=Cast(since, DateField()),
        )
        .values_list("place_is", "what_is", "pk", "title_is", "line_is", "who_is", "since_is")
    )
