"""Whose risk profiles a request may see, choose, grade and verify; asks the database nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from opora.appointments.queries import Access, schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.dashboard.request import Request
from opora.programmes.models import Programme
from opora.schools.models import Participation, School
from opora.schools.risks import parts_in


@dataclass(frozen=True, slots=True)
class Scope:
    """The programme of the page and the rights of the person in each place."""

    programme: Programme
    chooses: Access
    verifies: Access

    def may_choose(self, school: School) -> bool:
        return covers(self.chooses, school)

    def may_level(self, school: School) -> bool:
        """Levels come from the federal survey: a school does not grade itself, its coordinator at the centre does."""
        return _is_above(self.chooses, school)

    def may_verify(self, school: School) -> bool:
        return covers(self.verifies, school)


def scope_of(request: Request) -> Scope:
    """The scope of a request."""
    return Scope(
        chosen_programme(request),
        where_may(request.access, "risks.choose"),
        where_may(request.access, "risks.verify"),
    )


def seen_parts(request: Request, programme: Programme) -> QuerySet[Participation]:
    """The participations that the person may look at on the day, in the order of the table."""
    return parts_in(programme, request.as_of, schools_of(request.access))


def covers(access: Access, school: School) -> bool:
    """Whether the school is among the places of an access."""
    return school.pk in access.school_ids or _is_above(access, school)


def _is_above(access: Access, school: School) -> bool:
    return (
        school.municipality_id in access.municipality_ids
        or school.municipality.region_id in access.region_ids
    )
