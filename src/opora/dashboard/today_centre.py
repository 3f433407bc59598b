"""What waits for the centre: reports to approve, schools without a visit, unverified risks, visits by day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, F, Min, QuerySet

from opora.accounts.models import User
from opora.appointments.queries import Access, schools_of, where_may
from opora.dashboard import today_visits as visits
from opora.dashboard.day import FORTNIGHT
from opora.dashboard.today_shape import COUNTED, Rows, come, not_come, shaped
from opora.schools.models import Participation
from opora.visits.models import Visit
from opora.visits.queries import noted_by
from opora.visits.reporting import reports_seen_by


def of_centre(access: Access, person: User, as_of: date) -> list[Rows]:
    """The rows of a coordinator or a head; none for those who approve nothing."""
    narrow = where_may(access, "visits.approve")
    if not narrow.municipality_ids:
        return []
    schools = schools_of(narrow)
    seen = Visit.objects.filter(noted_by(as_of), school__in=schools)
    reports = reports_seen_by(narrow, person, own=False).filter(
        come("sent_on", as_of) & not_come("returned_on", as_of) & not_come("approved_on", as_of)
    )
    parts = visits.taking_part(schools, as_of)
    lacking = visits.without_visit(parts, as_of)
    unverified = visits.unverified(parts, as_of)
    return [
        visits.visits_as(
            seen.filter(visits.handed_in(as_of)), "visit_approve", since="reported_on",
            who=F("curator__last_name"),
        ),
        shaped(
            reports, "report_approve", title=F("stage__name"), since=F("sent_on"), who=F("curator__last_name")
        ),
        visits.parts_as(
            lacking, "no_visit", since=F("stage_now__ends_on"), key=F("stage_now__pk"),
            who=F("stage_now__name"),
        ),
        visits.choices_as(unverified, "risk_verify"),
        _by_day(seen, as_of),
        _counted(lacking, "count_no_visit"),
        _counted(unverified, "count_risk_verify"),
    ]  # fmt: skip


def _by_day(seen: QuerySet[Visit], as_of: date) -> Rows:
    """How many visits are meant for each of the days ahead."""
    last = as_of + timedelta(days=FORTNIGHT - 1)
    rows = seen.filter(visits.ahead(as_of), planned_on__lte=last)
    by_day = rows.order_by().values("planned_on").annotate(number=Count("pk"), first=Min("pk"))
    return shaped(
        by_day, "visits_of_day", title="planned_on", since=F("planned_on"), key=F("number"), pk=F("first"),
        place=COUNTED,
    )  # fmt: skip


def _counted(rows: QuerySet[Participation], what: str) -> Rows:
    counted = rows.order_by().values("school__municipality_id").annotate(number=Count("pk"))
    return shaped(
        counted, what, title=F("school__municipality__name"), key=F("number"),
        pk=F("school__municipality_id"), place=COUNTED,
    )  # fmt: skip
