"""What waits in collections: answers that a person owes; for the centre those to accept and those whose term passed."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Count, DateField, F, Min, Q, QuerySet, When

from opora.accounts.models import User
from opora.appointments.queries import Access, where_may
from opora.dashboard.today_shape import Rows, come, not_come, shaped
from opora.questionnaires.models import Respondent
from opora.questionnaires.queries import expected_on


def of_answers(access: Access, person: User, as_of: date) -> list[Rows]:
    """The rows of those who answer and of the centre that asks; none for others."""
    rows: list[Rows] = []
    open_ones = _open(as_of)
    if "collections.answer" in access.permissions:
        mine = open_ones.filter(Q(person=person) | Q(school__in=access.own_school_ids))
        rows += [
            shaped(
                mine.filter(~_handed_in(as_of) & ~_returned(as_of)), "answer_owed",
                title=F("collection__title"), since=_due(as_of), who=F("school__short_name"),
                line=Case(When(opened_on__lte=as_of, then=F("collection__audience"))),
            ),
            shaped(
                mine.filter(_returned(as_of)), "answer_returned", title=F("collection__title"),
                since=_due(as_of), who=F("question"),
            ),
        ]  # fmt: skip
    asking = where_may(access, "collections.edit").municipality_ids
    if asking:
        theirs = open_ones.filter(collection__municipality__in=asking)
        handed_in = theirs.filter(_handed_in(as_of), collection__is_accepted_by_hand=True)
        late = theirs.annotate(due=_due(as_of)).filter(~_handed_in(as_of), due__lt=as_of)
        rows += [
            _by_collection(handed_in, "answers_accept", "submitted_on"),
            _by_collection(late, "answers_late", "due"),
        ]
    return rows


def _open(as_of: date) -> QuerySet[Respondent]:
    """Those expected in collections that are not closed, whose answer is not accepted yet."""
    return Respondent.objects.filter(
        expected_on(as_of) & not_come("collection__closed_on", as_of) & not_come("accepted_on", as_of)
    )


def _handed_in(as_of: date) -> Q:
    """An answer given by the day that did not come back after it; as `states.state_on` tells it."""
    stayed = not_come("returned_on", as_of) | Q(returned_on__lt=F("submitted_on"))
    return come("submitted_on", as_of) & stayed


def _returned(as_of: date) -> Q:
    again = not_come("submitted_on", as_of) | Q(returned_on__gte=F("submitted_on"))
    return come("returned_on", as_of) & again


def _due(as_of: date) -> Case:
    return Case(
        When(extended_on__lte=as_of, then=F("extended_to")),
        default=F("collection__due_on"),
        output_field=DateField(),
    )


def _by_collection(rows: QuerySet[Respondent], what: str, day: str) -> Rows:
    counted = (
        rows.order_by()
        .values("collection_id", "collection__title")
        .annotate(number=Count("pk"), first=Min(day))
    )
    return shaped(
        counted, what, title=F("collection__title"), since=F("first"), pk=F("collection_id"), key=F("number")
    )
