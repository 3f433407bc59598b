"""Everything that reads appointments: duties in force, places of a person, rows that a person may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from opora.accounts.models import User
from opora.appointments.models import Appointment, CuratorCompetence, Duty
from opora.appointments.rights import permissions_of
from opora.programmes.models import Programme
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
    # Each duty with its place (duty, region, municipality, school): a right holds only where its duty is held.
    held: tuple[tuple[str, int | None, int | None, int | None], ...] = ()

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
    return _access(held)


def programme_served(person: User, as_of: date) -> Programme | None:
    """The programme of the newest duty that a person has on a day; None without any. One query."""
    held = Appointment.objects.filter(in_force(as_of), person=person, programme__isnull=False)
    newest = held.select_related("programme").order_by("-since", "-pk").first()
    return newest.programme if newest else None


def where_may(access: Access, permission: str) -> Access:
    """The same person seen only in the places whose duties give the permission.

    A coordinator of one town who is an expert in another may appoint in the first one only.
    """
    return _access([row for row in access.held if permission in permissions_of({row[0]})])


def _access(held: Sequence[tuple[str, int | None, int | None, int | None]]) -> Access:
    duties = frozenset(row[0] for row in held)
    return Access(
        duties=duties,
        permissions=permissions_of(set(duties)),
        region_ids=frozenset(row[1] for row in held if row[1]),
        municipality_ids=frozenset(row[2] for row in held if row[2]),
        school_ids=frozenset(row[3] for row in held if row[3]),
        own_school_ids=frozenset(row[3] for row in held if row[3] and row[0] == "school_coordinator"),
        held=tuple(held),
    )


def owns_programmes(access: Access) -> bool:
    """Whether the programmes of the installation are the person's: a region's, or the only municipality's.

    A programme is one for all municipalities, so none of several may change it for the others.
    """
    if access.region_ids:
        return True
    return not Municipality.objects.exclude(pk__in=access.municipality_ids).exists()


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


def appointments_of(access: Access) -> QuerySet[Appointment]:
    """The appointments at the places that a person may see, past ones too."""
    return Appointment.objects.filter(
        Q(school__in=schools_of(access))
        | Q(municipality_id__in=access.municipality_ids)
        | Q(municipality__region_id__in=access.region_ids)
        | Q(region_id__in=access.region_ids)
    ).select_related("person", "programme", "school", "municipality", "region")


def people_of(access: Access) -> QuerySet[User]:
    """The people of a person's places, past ones too, and those whom colleagues entered and nobody appointed yet."""
    here = appointments_of(access).values("person_id")
    return User.objects.filter(
        Q(pk__in=here)
        | Q(appointments__isnull=True, added_by__in=here)
        | Q(appointments__isnull=True, added_by=None)
    ).distinct()


def is_led_elsewhere(person: User, access: Access, as_of: date) -> bool:
    """Whether the person holds a duty, now or later, at a place outside of those seen. One query."""
    open_ones = Appointment.objects.filter(Q(until__isnull=True) | Q(until__gte=as_of), person=person)
    return open_ones.exclude(pk__in=appointments_of(access).values("pk")).exists()


def open_curators(schools: Iterable[int], programme: Programme, since: date) -> dict[int, list[int]]:
    """The people who are curators of schools on a day or later, by the number of the school. One query."""
    found: dict[int, list[int]] = defaultdict(list)
    still = Q(until__isnull=True) | Q(until__gte=since)
    held = Appointment.objects.filter(
        still, school__in=list(schools), programme=programme, duty=Duty.CURATOR
    ).order_by("since", "pk")
    for school, person in held.values_list("school_id", "person_id"):
        found[school or 0].append(person)
    return found


def competences_of(people: Iterable[int], programme: Programme) -> dict[int, set[int]]:
    """The factors of a programme that people work with, by the number of the person. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    marks = CuratorCompetence.objects.filter(person__in=list(people), factor__programme=programme)
    for person, factor in marks.values_list("person_id", "factor_id"):
        found[person].add(factor)
    return found
