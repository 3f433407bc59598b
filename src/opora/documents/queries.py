"""Everything that reads documents: who sees which, and what proves the lines of a roadmap on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from opora.appointments.queries import Access
from opora.documents.models import Attestation, Document, Publication
from opora.schools.models import School


@dataclass(frozen=True, slots=True)
class Proof:
    """A document of a line as it stood on a day: it counts when `is_approved`, else it is only «заявлено»."""

    document_id: int
    activity_id: int
    title: str
    number: str
    kind_code: str
    school_id: int | None
    curator_id: int | None
    added_by_id: int
    dated_on: date
    added_on: date
    approved_on: date | None
    is_approved: bool
    # A paper of a kind that the programme expects of schools.
    is_owed: bool = False


@dataclass(frozen=True, slots=True)
class Publicity:
    """A publication of a line's document that was up on a day."""

    publication_id: int
    document_id: int
    activity_id: int
    title: str
    school_id: int | None
    curator_id: int | None
    where: str
    address: str
    published_on: date


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word for a line as it stood on a day: counts when `is_confirmed`, else «заявлено»."""

    attestation_id: int
    activity_id: int
    school_id: int | None
    added_by_id: int
    document_id: int | None
    words: str
    is_nothing: bool
    happened_on: date
    confirmed_on: date | None
    is_confirmed: bool


def proofs_of(activity_ids: Iterable[int], as_of: date) -> dict[int, list[Proof]]:
    """The documents of many lines as of a day, by line, the earliest approved first. One query.

    Approved: approved_on ≤ as_of, whenever it was entered (evidence with past dates is accepted). «Заявлено»:
    added_on ≤ as_of and not approved by then. A line without documents has no key.
    """
    rows = (
        Document.objects.filter(activity__in=list(activity_ids))
        .filter(Q(approved_on__lte=as_of) | Q(added_on__lte=as_of))
        .order_by(F("approved_on").asc(nulls_last=True), "pk")
        .values_list(
            "pk", "activity_id", "title", "number", "kind__code", "kind__owed_by", "school_id", "curator_id",
            "added_by_id", "dated_on", "added_on", "approved_on",
        )
    )  # fmt: skip
    found: dict[int, list[Proof]] = {}
    for (
        pk,
        activity_id,
        title,
        number,
        kind,
        owed_by,
        school_id,
        curator_id,
        added_by_id,
        dated_on,
        added_on,
        approved_on,
    ) in rows:
        is_approved = approved_on is not None and approved_on <= as_of
        proof = Proof(
            document_id=pk,
            activity_id=activity_id,
            title=title,
            number=number,
            kind_code=kind or "",
            school_id=school_id,
            curator_id=curator_id,
            added_by_id=added_by_id,
            dated_on=dated_on,
            added_on=added_on,
            approved_on=approved_on if is_approved else None,
            is_approved=is_approved,
            is_owed=bool(owed_by),
        )
        found.setdefault(activity_id, []).append(proof)
    return found


def publications_of(activity_ids: Iterable[int], as_of: date) -> dict[int, list[Publicity]]:
    """What was published for many lines and still up on a day, by line, the earliest first. One query."""
    rows = (
        Publication.objects.filter(document__activity__in=list(activity_ids))
        .filter(up_on(as_of))
        .order_by("published_on", "pk")
        .values_list(
            "pk", "document_id", "document__activity_id", "document__title", "document__school_id",
            "document__curator_id", "where", "address", "published_on",
        )
    )  # fmt: skip
    found: dict[int, list[Publicity]] = {}
    for row in rows:
        publicity = Publicity(*row)
        found.setdefault(publicity.activity_id, []).append(publicity)
    return found


def attestations_of(activity_ids: Iterable[int], as_of: date) -> dict[int, list[Word]]:
    """The words given for many lines as of a day, by line, the earliest confirmed first. One query.

    Confirmed: confirmed_on ≤ as_of. «Заявлено»: happened_on ≤ as_of and not confirmed by then. A word
    withdrawn by the day is not there at all.
    """
    rows = (
        Attestation.objects.filter(activity__in=list(activity_ids), happened_on__lte=as_of)
        .filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of))
        .order_by(F("confirmed_on").asc(nulls_last=True), "pk")
        .values_list(
            "pk", "activity_id", "school_id", "added_by_id", "document_id", "words", "is_nothing",
            "happened_on", "confirmed_on",
        )
    )  # fmt: skip
    found: dict[int, list[Word]] = {}
    for row in rows:
        confirmed_on = row[-1] if row[-1] is not None and row[-1] <= as_of else None
        word = Word(*row[:-1], confirmed_on=confirmed_on, is_confirmed=confirmed_on is not None)
        found.setdefault(word.activity_id, []).append(word)
    return found


def up_on(as_of: date) -> Q:
    """The condition of a publication that is to be seen on a day."""
    return Q(published_on__lte=as_of) & (Q(taken_down_on=None) | Q(taken_down_on__gt=as_of))


def documents_seen_by(access: Access) -> QuerySet[Document]:
    """The documents a person may see.

    The centre sees all of its places. A school's coordinator or curator sees those of own schools, and of the
    centre's own papers the approved ones and the drafts opened for proposals, but none kept for the centre alone.
    """
    own = School.objects.filter(pk__in=access.school_ids)
    return Document.objects.filter(
        Q(municipality__in=access.municipality_ids)
        | Q(municipality__region__in=access.region_ids)
        | Q(school__in=access.school_ids)
        | Q(
            Q(state=Document.State.APPROVED) | Q(discussed_until__isnull=False),
            school=None,
            audience=Document.Audience.PLACE,
            municipality__in=own.values("municipality"),
        )
    )


def words_seen_by(access: Access) -> QuerySet[Attestation]:
    """The words a person may see: of own places, or about own schools."""
    return Attestation.objects.filter(
        Q(activity__roadmap__municipality__in=access.municipality_ids)
        | Q(activity__roadmap__municipality__region__in=access.region_ids)
        | Q(school__in=access.school_ids)
    )


def in_state(state: str, as_of: date) -> Q:
    """The condition of a document that stood in a state on a day; tells the same as `state_on`."""
    approved = Q(approved_on__lte=as_of)
    returned = Q(returned_on__lte=as_of)
    sent = Q(sent_on__lte=as_of)
    match state:
        case Document.State.APPROVED:
            return approved
        case Document.State.RETURNED:
            return returned & ~approved
        case Document.State.SENT:
            return sent & ~approved & ~returned
        case _:
            return ~approved & ~returned & ~sent


def state_on(document: Document, as_of: date) -> str:
    """In which state a document stood on a day."""
    return state_by_days(document.sent_on, document.returned_on, document.approved_on, as_of)


def state_by_days(
    sent_on: date | None, returned_on: date | None, approved_on: date | None, as_of: date
) -> str:
    """In which state a document with these days stood on a day."""
    if approved_on is not None and approved_on <= as_of:
        return Document.State.APPROVED
    if returned_on is not None and returned_on <= as_of:
        return Document.State.RETURNED
    if sent_on is not None and sent_on <= as_of:
        return Document.State.SENT
    return Document.State.DRAFT


def documents_kept_by(access: Access) -> QuerySet[Document]:
    """The documents a person may correct and send: all of the own centre, or those of own schools."""
    return Document.objects.filter(
        Q(municipality__in=access.municipality_ids) | Q(school__in=access.school_ids)
    )


def documents_of_centre(access: Access) -> QuerySet[Document]:
    """The documents that a person of a municipality's centre may approve and publish."""
    return Document.objects.filter(municipality__in=access.municipality_ids)


def documents_found(documents: QuerySet[Document], as_of: date, *, state: str = "") -> QuerySet[Document]:
    """Documents known on a day, in a state if one is named, with where each was up."""
    documents = documents.filter(Q(added_on__lte=as_of) | Q(approved_on__lte=as_of))
    if state:
        documents = documents.filter(in_state(state, as_of))
    up = Publication.objects.filter(up_on(as_of))
    return documents.select_related("activity", "school", "kind").prefetch_related(
        Prefetch("publications", queryset=up, to_attr="publications_up")
    )
