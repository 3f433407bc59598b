"""What waits for a school's coordinator: days to confirm, risks to choose, steps of the school's side."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from opora.appointments.queries import Access
from opora.dashboard import today_visits as visits
from opora.dashboard.today_shape import Rows, not_come
from opora.visits.models import Visit
from opora.visits.queries import noted_by


def of_school(access: Access, as_of: date) -> list[Rows]:
    """The rows of a school's coordinator; none for others."""
    own = access.own_school_ids
    if not own:
        return []
    here = Visit.objects.filter(noted_by(as_of), school__in=own)
    unanswered = here.filter(visits.ahead(as_of), not_come("agreed_on", as_of)).exclude(
        visits.proposed(as_of)
    )
    parts = visits.taking_part(own, as_of)
    return [
        visits.visits_ahead(here, as_of),
        visits.visits_as(unanswered, "visit_agree", who=F("curator__last_name")),
        visits.choices_as(visits.unchosen(parts, as_of), "risk_choose"),
        visits.steps_as(
            visits.steps_of(own, as_of).filter(not_come("told_on", as_of), side="school"), "step_school"
        ),
    ]
