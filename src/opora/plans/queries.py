"""Everything that reads roadmaps: who sees which, their lines on a day, what an amendment changed."""

from __future__ import annotations

from django.db.models import QuerySet

from opora.appointments.queries import Access, municipalities_of
from opora.plans.models import Roadmap


def roadmaps_seen_by(access: Access) -> QuerySet[Roadmap]:
    """The roadmaps of the places a person belongs to, newest first, with programme and municipality."""
    return (
        Roadmap.objects.filter(municipality__in=municipalities_of(access))
        .select_related("programme", "municipality")
        .order_by("-year", "pk")
    )
