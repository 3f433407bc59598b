"""Everything that reads collections: who sees which, who owes what, answers of a day, facts for counting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from opora.accounts.models import User
from opora.appointments.queries import Access
from opora.questionnaires.models import Collection, Respondent, Survey
from opora.questionnaires.states import Code, state_on

# What a state depends on.
_DAYS = (
    "collection_id", "extended_to", "extended_on", "opened_on", "submitted_on", "returned_on", "accepted_on",
    "excused_on", "is_nothing",
)  # fmt: skip


def collections_seen_by(access: Access) -> QuerySet[Collection]:
    """The collections of the places of a person, the latest term first, with what a row of a list shows."""
    return Collection.objects.filter(
        Q(municipality__in=access.municipality_ids) | Q(municipality__region__in=access.region_ids)
    ).select_related("municipality", "programme", "stage", "activity", "version__questionnaire")


def surveys_seen_by(access: Access) -> QuerySet[Survey]:
    """The surveys whose results were loaded for the places of a person, the latest first."""
    return Survey.objects.filter(
        Q(municipality__in=access.municipality_ids) | Q(municipality__region__in=access.region_ids)
    ).select_related("municipality", "programme")


def respondents_of(collection: Collection, as_of: date) -> list[Respondent]:
    """Everybody of a collection who was expected by a day, the excused among them. One query."""
    rows = list(
        Respondent.objects.filter(collection=collection, since__lte=as_of)
        .select_related("school", "person")
        .order_by("school__number", "school__folded_name", "person__folded_name", "pk")
    )
    for row in rows:
        # The state of each depends on the term of the one collection: it is not asked for again.
        row.collection = collection
    return rows


def expected_on(as_of: date) -> Q:
    """The condition of one who is expected on a day to answer in a collection that has opened by then."""
    return Q(since__lte=as_of, collection__opens_on__lte=as_of) & (
        Q(excused_on=None) | Q(excused_on__gt=as_of)
    )


def obligations_of(person: User, access: Access, as_of: date) -> QuerySet[Respondent]:
    """What a person owes or has answered: personally, or for the schools of which they are the coordinator."""
    return (
        Respondent.objects.filter(Q(person=person) | Q(school__in=access.own_school_ids))
        .filter(expected_on(as_of))
        .select_related("collection__municipality", "collection__stage", "school", "person")
        .order_by("collection__due_on", "collection", "pk")
    )


def counts_of(collections: Iterable[Collection], as_of: date) -> dict[int, dict[Code, int]]:
    """Collection → how many of those expected stand in each state on a day. One query.

    The database counts those with the same days, so that a thousand schools are a handful of rows.
    """
    by_key = {one.pk: one for one in collections}
    found: dict[int, dict[Code, int]] = {pk: {} for pk in by_key}
    rows = (
        Respondent.objects.filter(collection__in=list(by_key), since__lte=as_of)
        .order_by()
        .values(*_DAYS)
        .annotate(number=Count("pk"))
    )
    for row in rows:
        number = row.pop("number")
        row["collection"] = by_key[row.pop("collection_id")]
        code, counts = state_on(Respondent(**row), as_of), found[row["collection"].pk]
        counts[code] = counts.get(code, 0) + number
    return found


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """What one who is expected in a collection of a line has done by a day."""

    respondent_id: int
    collection_id: int
    school_id: int | None
    person_id: int | None
    reported_on: date | None
    confirmed_on: date | None
    is_nothing: bool
    is_anonymous: bool


def answer_facts(activity_ids: Iterable[int], as_of: date) -> dict[int, list[AnswerFact]]:
    """Line → those expected in its collections on a day, with what they handed in by then. One query."""
    rows = (
        Respondent.objects.filter(
            Q(excused_on=None) | Q(excused_on__gt=as_of),
            collection__activity__in=list(activity_ids),
            since__lte=as_of,
        )
        .order_by("collection", "pk")
        .values_list(
            "collection__activity_id", "collection_id", "collection__is_accepted_by_hand",
            "collection__is_anonymous", "pk", "school_id", "person_id", "submitted_on", "returned_on",
            "accepted_on", "is_nothing",
        )
    )  # fmt: skip
    found: dict[int, list[AnswerFact]] = {}
    for line, collection, by_hand, is_anonymous, pk, school, person, handed, back, accepted, nothing in rows:
        handed, back, accepted = (day if day and day <= as_of else None for day in (handed, back, accepted))
        if back is not None and (handed is None or back >= handed):
            handed = None
        confirmed = accepted or (None if by_hand else handed)
        found.setdefault(line, []).append(
            AnswerFact(pk, collection, school, person, handed, confirmed, nothing, is_anonymous)
        )
    return found
