"""What was agreed at earlier visits and is looked at again at this one."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from opora.visits.models import Step, Visit


def steps_to_follow(visit: Visit) -> QuerySet[Step]:
    """The steps of earlier visits to the school that are open or were closed at this visit, the earliest due first."""
    return (
        Step.objects.filter(
            Q(done_on=None, visit__held_on__isnull=False) | Q(followed_at=visit),
            visit__school=visit.school_id,
            visit__programme=visit.programme_id,
        )
        .exclude(visit=visit)
        .select_related("visit")
    )
