"""Everything that reads appointments: duties in force, places of a person, rows that a person may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.appointments.rights import permissions_of
from opora.schools.models import Municipality, School


@dataclass(frozen=True, slots=True)
class Access:
    """What a person is on a day: duties, what they may do, and where."""

    duties: frozenset[str]
    permissions: frozenset[str]
    region_ids: frozenset[int]
    municipality_ids: frozenset[int]
    school_ids: frozenset[int]
    own_school_ids: frozenset[int]

    @property
    def is_of_centre(self) -> bool:
        """Sees the whole municipality, not only own schools."""
        return bool(self.region_ids or self.municipality_ids)


def in_force(as_of: date) -> Q:
    """The condition of an appointment that is in force on a day."""
    return Q(since__lte=as_of) & (Q(until__isnull=True) | Q(until__gte=as_of))


def access_of(person: User, as_of: date) -> Access:
    """The duties of a person on a day and what follows from them. One query."""
    held = list(
        Appointment.objects.filter(in_force(as_of), person=person).values_list(
            "duty", "region_id", "municipality_id", "school_id"
        )
    )
    duties = frozenset(row[0] for row in held)
    return Access(
        duties=duties,
        permissions=permissions_of(set(duties)),
        region_ids=frozenset(row[1] for row in held if row[1]),
        municipality_ids=frozenset(row[2] for row in held if row[2]),
        school_ids=frozenset(row[3] for row in held if row[3]),
        own_school_ids=frozenset(row[3] for row in held if row[3] and row[0] == "school_coordinator"),
    )


def municipalities_of(access: Access) -> QuerySet[Municipality]:
    """The municipalities a person may look at: own, those of own region, those of own schools."""
    return Municipality.objects.filter(
        Q(pk__in=access.municipality_ids)
        | Q(region_id__in=access.region_ids)
        | Q(schools__pk__in=access.school_ids)
    ).distinct()


def schools_of(access: Access) -> QuerySet[School]:
    """The schools whose rows a person may see: those of own places, or only own schools."""
    return School.objects.filter(
        Q(pk__in=access.school_ids)
        | Q(municipality_id__in=access.municipality_ids)
        | Q(municipality__region_id__in=access.region_ids)
    )


def people_of_centre(municipality: Municipality, as_of: date) -> QuerySet[User]:
    """The people appointed to the centre of a municipality on a day: those who may lead lines of its roadmap."""
    held = Appointment.objects.filter(in_force(as_of), municipality=municipality)
    return User.objects.filter(pk__in=held.values("person")).order_by("folded_name", "pk")
