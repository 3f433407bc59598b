"""What waits in reviews: an expert's documents, a school's returned ones, rounds of the centre; counted, not listed."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet

from opora.accounts.models import User
from opora.appointments.queries import Access, where_may
from opora.dashboard.today_shape import Rows, shaped
from opora.reviews.models import Examination, Round, Sampled
from opora.reviews.queries import rounds_led_by, sampled_kept_by, waiting_for


def of_reviews(access: Access, person: User, as_of: date) -> list[Rows]:
    """A row for each round in which something waits for the person, and for each document to be reworked."""
    parts: list[Rows] = []
    if "reviews.examine" in access.permissions:
        parts.append(_to_examine(person, as_of))
    if access.own_school_ids:
        parts.append(_to_rework(access, as_of))
    led = where_may(access, "reviews.edit")
    if led.municipality_ids or led.region_ids:
        parts.append(_to_lead(led, as_of))
    return parts


def _to_examine(person: User, as_of: date) -> Rows:
    """The documents that wait for an expert, by round: how many, and until when."""
    waiting = waiting_for(person, as_of).order_by().select_related(None)
    by_round = waiting.values("sampled__round_id").annotate(
        number=Count("pk"), title=Min("sampled__round__title"), due=Min("sampled__round__due_on")
    )
    return shaped(
        by_round, "examine", title=F("title"), since=F("due"), key=F("number"), pk=F("sampled__round_id")
    )


def _to_rework(access: Access, as_of: date) -> Rows:
    """Own documents that came back with remarks."""
    rows = sampled_kept_by(access).filter(
        Q(reworked_on=None) | Q(reworked_on__gt=as_of),
        Q(settled_on=None) | Q(settled_on__gt=as_of),
        document__school__in=access.own_school_ids,
        returned_on__lte=as_of,
    )
    return shaped(rows, "rework", title=F("document__title"), since=F("rework_by"), who=F("remarks"))


def _to_lead(led: Access, as_of: date) -> Rows:
    """Rounds in which documents wait for a decision or for an expert: all looks that are asked for are over."""
    open_looks = Examination.objects.filter(
        Q(finished_on=None) | Q(finished_on__gt=as_of),
        declined_on=None,
        sampled__round__in=_running(led, as_of),
    )
    waiting = Sampled.objects.filter(
        Q(settled_on=None) | Q(settled_on__gt=as_of),
        Q(returned_on=None) | Q(returned_on__gt=as_of) | Q(reworked_on__lte=as_of),
        round__in=_running(led, as_of),
    ).exclude(pk__in=open_looks.values("sampled"))
    by_round = waiting.order_by().values("round_id").annotate(number=Count("pk"), title=Min("round__title"))
    return shaped(by_round, "round_waits", title=F("title"), key=F("number"), pk=F("round_id"))


def _running(led: Access, as_of: date) -> QuerySet[Round]:
    return rounds_led_by(led).filter(Q(finished_on=None) | Q(finished_on__gt=as_of), drawn_on__lte=as_of)
