"""What waits for a curator: the visits, their reports, agreed steps, risks to verify, reports of stages, own schools."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, Q, Subquery

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.appointments.queries import Access
from opora.dashboard import today_visits as visits
from opora.dashboard.today_shape import AHEAD, Rows, come, not_come, shaped
from opora.programmes.models import Stage
from opora.schools.models import Measure
from opora.schools.risks import cells_beside
from opora.visits.helping import STAGE_NEARS
from opora.visits.models import CuratorReport, Visit
from opora.visits.queries import noted_by


def curated(access: Access) -> frozenset[int]:
    """The schools that the person is curator of."""
    return frozenset(school for duty, _, _, school in access.held if duty == Duty.CURATOR and school)


def of_curator(access: Access, person: User, as_of: date) -> list[Rows]:
    """The rows of a curator; none for others."""
    schools = curated(access)
    if not schools:
        return []
    mine = Visit.objects.filter(noted_by(as_of), curator=person)
    steps = visits.steps_of(schools, as_of)
    parts = visits.taking_part(schools, as_of)
    return [
        visits.visits_ahead(mine, as_of),
        visits.visits_as(mine.filter(visits.overdue(as_of)), "visit_overdue"),
        visits.visits_as(
            mine.filter(visits.ahead(as_of) & visits.proposed(as_of)),
            "visit_proposed", since="proposed_day", who=F("proposed_reason"),
        ),
        visits.visits_as(mine.filter(visits.unreported(as_of)), "visit_held", since="held_on"),
        visits.visits_as(
            mine.filter(visits.returned(as_of)), "visit_returned", since="returned_on", who=F("question")
        ),
        visits.steps_as(steps.filter(side="curator"), "step"),
        visits.steps_as(
            steps.exclude(side="curator").filter(not_come("told_on", as_of)), "step_there", place=AHEAD
        ),
        visits.steps_as(
            steps.filter(come("told_on", as_of)), "step_told", since="told_on", who=F("told_words")
        ),
        visits.choices_as(visits.unverified(parts, as_of), "risk_verify"),
        visits.parts_as(
            visits.without_visit(parts, as_of), "no_visit", since=F("stage_now__ends_on"),
            key=F("stage_now__pk"), who=F("stage_now__name"),
        ),
        *_reports(person, as_of),
        _own_schools(parts, as_of),
    ]  # fmt: skip


def _reports(person: User, as_of: date) -> list[Rows]:
    """Reports of stages: returned ones, and those of stages that end soon or have ended."""
    mine = CuratorReport.objects.filter(curator=person)
    back = mine.filter(visits.returned(as_of))
    known = mine.filter(stage=OuterRef("pk"))
    settled = known.filter(come("sent_on", as_of) | visits.returned(as_of))
    held = Appointment.objects.filter(
        Q(until=None) | Q(until__gte=OuterRef("ends_on")),
        person=person, duty=Duty.CURATOR, programme=OuterRef("programme"), since__lte=OuterRef("ends_on"),
    )  # fmt: skip
    due = Stage.objects.filter(
        Exists(held), ~Exists(settled), starts_on__lte=as_of, ends_on__lte=as_of + timedelta(days=STAGE_NEARS)
    )
    begun = Subquery(known.values("pk")[:1], output_field=IntegerField())
    return [
        shaped(
            back, "report_returned", title=F("stage__name"), since=F("returned_on"), who=F("question"),
        ),
        shaped(due, "report_due", title=F("name"), since=F("ends_on"), key=begun),
    ]  # fmt: skip


def _own_schools(parts: Any, as_of: date) -> Rows:
    """Each own school: the day of its last visit, its risks in work, measures confirmed (`line`) of all (`who`)."""
    seen = Visit.objects.filter(
        school=OuterRef("school"), programme=OuterRef("programme"), held_on__lte=as_of
    )
    measures = Measure.objects.filter(programme__participation=OuterRef("pk"))
    risks = cells_beside(as_of, participation=OuterRef("pk"), is_chosen=True)
    return visits.parts_as(
        parts,
        "own_school",
        since=Subquery(seen.order_by().values("school").annotate(last=Max("held_on")).values("last")),
        key=_count(risks, "participation"),
        line=_count(measures.exclude(not_come("confirmed_on", as_of)), "programme__participation"),
        who=_count(measures, "programme__participation"),
        place=AHEAD,
    )


def _count(rows: Any, by: str) -> Subquery:
    told = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Subquery(told, output_field=IntegerField())
