"""Who leads which school on a day and who is missing; people of the centre; papers that wait for a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from opora.appointments.models import Appointment, Duty
from opora.appointments.queries import Access, appointments_of, in_force, schools_of
from opora.programmes.models import Programme
from opora.schools.models import School


@dataclass(frozen=True, slots=True)
class Coverage:
    """One school of the programme with those who lead it."""

    school: School
    coordinators: tuple[Appointment, ...]
    curators: tuple[Appointment, ...]

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """What is missing: the duty and its word in the genitive."""
        lacks = []
        if not self.coordinators:
            lacks.append((Duty.SCHOOL_COORDINATOR.value, "школьного координатора"))
        if not self.curators:
            lacks.append((Duty.CURATOR.value, "куратора"))
        return tuple(lacks)


def schools_in(programme: Programme, as_of: date, schools: QuerySet[School]) -> QuerySet[School]:
    """Those of the schools that take part in the programme on a day."""
    return schools.filter(
        Q(participations__until__isnull=True) | Q(participations__until__gte=as_of),
        participations__programme=programme,
        participations__since__lte=as_of,
    )


def coverage(access: Access, programme: Programme, as_of: date) -> list[Coverage]:
    """Every school of the programme with its people on a day; those without somebody first. Two queries."""
    schools = list(schools_in(programme, as_of, schools_of(access)))
    held = by_school([school.pk for school in schools], programme, as_of)
    rows = [
        Coverage(
            school,
            tuple(one for one in held[school.pk] if one.duty == Duty.SCHOOL_COORDINATOR),
            tuple(one for one in held[school.pk] if one.duty == Duty.CURATOR),
        )
        for school in schools
    ]
    return sorted(rows, key=lambda row: (not row.missing, row.school.number or 0, row.school.folded_name))


def by_school(schools: Iterable[int], programme: Programme, as_of: date) -> dict[int, list[Appointment]]:
    """Appointments in force on a day by the number of their school. One query."""
    found: dict[int, list[Appointment]] = defaultdict(list)
    held = Appointment.objects.filter(in_force(as_of), school__in=list(schools), programme=programme)
    for one in held.select_related("person"):
        assert one.school_id is not None, "chosen by its school"
        found[one.school_id].append(one)
    return found


def people_of_centre(access: Access, programme: Programme, as_of: date) -> list[Appointment]:
    """Who serves at the centre and in the region on a day. One query."""
    return list(
        appointments_of(access)
        .filter(in_force(as_of), programme=programme, school__isnull=True)
        .order_by("duty", "person__folded_name")
    )


def without_order(access: Access, programme: Programme, as_of: date) -> QuerySet[Appointment]:
    """Appointments in force on a day, or later, that name no order yet: they do not count as confirmed."""
    return (
        appointments_of(access)
        .filter(Q(until__isnull=True) | Q(until__gte=as_of), programme=programme, order_number="")
        .order_by("duty", "school__number", "school__folded_name", "person__folded_name")
    )
