"""Which rounds and documents of samples a page finds: 404 for one that is not theirs, as for a missing one."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from opora.appointments.queries import where_may
from opora.dashboard.request import Request
from opora.reviews.models import Examination, Round, Sampled
from opora.reviews.queries import examinations_of, rounds_led_by, rounds_seen_by

WITH = ("municipality__region", "region", "programme", "stage", "activity__roadmap", "drawn_by")


def round_seen(request: Request, pk: int) -> Round:
    """A round that the person may look at."""
    return get_object_or_404(rounds_seen_by(request.access).select_related(*WITH), pk=pk)


def round_led(request: Request, pk: int) -> Round:
    """A round that the person leads; the guard has narrowed the places."""
    return get_object_or_404(rounds_led_by(request.access).select_related(*WITH), pk=pk)


def leads(request: Request, review: Round) -> bool:
    """Whether the person may do deeds in a round that they see. No query."""
    led = where_may(request.access, "reviews.edit")
    return review.municipality_id in led.municipality_ids or (
        review.region_id is not None and review.region_id in led.region_ids
    )


def sampled_seen(request: Request, pk: int) -> Sampled:
    """A document of a sample that the person may look at."""
    rows = Sampled.objects.filter(round__in=rounds_seen_by(request.access))
    return get_object_or_404(_with(rows), pk=pk)


def sampled_led(request: Request, pk: int) -> Sampled:
    """A document of a sample that the person may decide about."""
    rows = Sampled.objects.filter(round__in=rounds_led_by(request.access))
    return get_object_or_404(_with(rows), pk=pk)


def examination_led(request: Request, pk: int) -> Examination:
    """An examination in a round that the person leads."""
    rows = Examination.objects.filter(sampled__round__in=rounds_led_by(request.access))
    return get_object_or_404(rows.select_related("sampled__round", "expert"), pk=pk)


def own_examination(request: Request, pk: int) -> Examination:
    """An examination that the person is asked for; a declined one is not theirs any more."""
    return get_object_or_404(examinations_of(request.user, request.as_of), pk=pk)


def _with(rows: QuerySet[Sampled]) -> QuerySet[Sampled]:
    names = [f"round__{name}" for name in WITH]
    return rows.select_related(*names, "document__school", "document__kind", "version", "factor")
