"""The day of a region: a row a municipality with what is held, planned, verified, late. Two queries for any number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from opora.appointments.queries import Access
from opora.dashboard import today_visits as visits
from opora.indicators.models import Reading
from opora.plans.models import Activity
from opora.schools.models import Municipality, School
from opora.visits.models import Visit
from opora.visits.queries import noted_by

OVERDUE = ("late",)


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality in figures; `finished` and `late` are of the latest readings, None where none was taken."""

    pk: int
    name: str
    roadmap: int | None
    schools: int
    held: int
    overdue: int
    without_visit: int
    unverified: int
    finished: int = 0
    late: int = 0
    lines: int = 0

    @property
    def is_silent(self) -> bool:
        """Nothing was planned and nothing held in the stage of the day."""
        return bool(self.schools) and self.without_visit == self.schools


def places_of(access: Access, as_of: date) -> list[Place]:
    """The municipalities of the person's regions by name. Two queries."""
    schools = School.objects.filter(municipality__region__in=access.region_ids)
    parts = visits.taking_part(schools.values("pk"), as_of)
    seen = Visit.objects.filter(noted_by(as_of))
    stage = seen.filter(stage__starts_on__lte=as_of, stage__ends_on__gte=as_of)
    rows = (
        Municipality.objects.filter(region__in=access.region_ids)
        .annotate(
            of_schools=_number(parts, "school__municipality"),
            of_held=_number(stage.filter(held_on__lte=as_of), "school__municipality"),
            of_overdue=_number(stage.filter(visits.overdue(as_of)), "school__municipality"),
            of_without=_number(visits.without_visit(parts, as_of), "school__municipality"),
            of_unverified=_number(visits.unverified(parts, as_of), "school__municipality"),
            of_roadmap=Subquery(_roadmaps().values("roadmap")[:1]),
        )
        .order_by("name", "pk")
        .values_list(
            "pk", "name", "of_roadmap", "of_schools", "of_held", "of_overdue", "of_without", "of_unverified"
        )
    )
    lines = _lines(access, as_of)
    return [Place(*row, *lines.get(row[0], (0, 0, 0))) for row in rows]


def _roadmaps() -> Any:
    return Activity.objects.filter(roadmap__municipality=OuterRef("pk")).order_by("-roadmap__year", "roadmap")


def _number(rows: Any, by: str) -> Coalesce:
    """How many of the rows belong to the municipality of the outer query."""
    told = rows.order_by().filter(**{by: OuterRef("pk")}).values(by).annotate(number=Count("pk"))
    return Coalesce(Subquery(told.values("number"), output_field=IntegerField()), 0)


def _lines(access: Access, as_of: date) -> dict[int, tuple[int, int, int]]:
    """Municipality → finished, late, all lines, as the latest readings by the day tell."""
    taken = Reading.objects.filter(activity=OuterRef("pk"), taken_on__lte=as_of).order_by("-taken_on")
    rows = (
        Activity.objects.filter(
            Q(dropped_on=None) | Q(dropped_on__gt=as_of),
            roadmap__municipality__region__in=access.region_ids,
            readings__taken_on__lte=as_of,
        )
        .annotate(last=Subquery(taken.values("status")[:1]))
        .order_by()
        .values("roadmap__municipality")
        .annotate(
            finished=Count("pk", filter=Q(last__in=("done", "done_late")), distinct=True),
            late=Count("pk", filter=Q(last__in=OVERDUE), distinct=True),
            every=Count("pk", distinct=True),
        )
        .values_list("roadmap__municipality", "finished", "late", "every")
    )
    return {pk: (finished, late, every) for pk, finished, late, every in rows}
