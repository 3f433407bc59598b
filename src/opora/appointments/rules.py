"""What an appointment must fit: the place of each duty, one coordinator a school, no curator of the own school."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.core.russian import day_words, fold
from opora.programmes.models import Programme
from opora.schools.models import Municipality, Region, School

Place = Region | Municipality | School

PLACES: dict[str, tuple[type[Place], ...]] = {
    Duty.REGIONAL_COORDINATOR: (Region,),
    Duty.MUNICIPAL_COORDINATOR: (Municipality,),
    Duty.HEAD: (Municipality,),
    Duty.CURATOR: (School,),
    Duty.SCHOOL_COORDINATOR: (School,),
    Duty.EXPERT: (Region, Municipality),
}
PLACE_WORDS: dict[type[Place], str] = {Region: "регион", Municipality: "муниципалитет", School: "школу"}
# Duties that one person holds at a place at a time.
ALONE = (Duty.SCHOOL_COORDINATOR, Duty.HEAD)
RIVALS = {Duty.CURATOR: Duty.SCHOOL_COORDINATOR, Duty.SCHOOL_COORDINATOR: Duty.CURATOR}


def place_of(place: Place) -> dict[str, Any]:
    """The one field of an appointment that the place fills."""
    return {type(place).__name__.lower(): place}


def reason_not_to_appoint(person: User, duty: str, programme: Programme, place: Place, since: date) -> str:
    """Why this appointment may not be made, in Russian; empty when it may. Two queries at most."""
    if type(place) not in PLACES[duty]:
        words = " или ".join(PLACE_WORDS[kind] for kind in PLACES[duty])
        return f"{Duty(duty).label.capitalize()} назначается на {words}, а указано: {place}."
    if duty in RIVALS and isinstance(place, School) and works_at(person, place) and duty == Duty.CURATOR:
        return f"{person.short_name} работает в этой школе. Куратором назначают человека из другой школы или центра."
    for held in _still_held(duty, programme, place, since):
        reason = _clash(held, person, duty, place)
        if reason:
            return reason
    return ""


def works_at(person: User, school: School) -> bool:
    """Whether the workplace of a person, as typed, is this school."""
    place = fold(person.workplace)
    return bool(place) and place in {fold(school.name), fold(school.short_name)}


def _still_held(duty: str, programme: Programme, place: Place, since: date) -> QuerySet[Appointment]:
    duties = [duty, RIVALS[Duty(duty)]] if duty in RIVALS else [duty]
    return Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=since), duty__in=duties, programme=programme, **place_of(place)
    ).select_related("person")


def _clash(held: Appointment, person: User, duty: str, place: Place) -> str:
    if held.duty != duty:
        if held.person_id != person.pk:
            return ""
        if duty == Duty.CURATOR:
            return (
                f"{person.short_name} — координатор этой же школы. Куратором назначают человека со стороны."
            )
        return (
            f"{person.short_name} — куратор этой же школы. Координатором назначают того, кто в ней работает."
        )
    if held.person_id == person.pk:
        return f"{person.short_name} уже {held.get_duty_display()}: {place}, с {day_words(held.since)}."
    if duty in ALONE:
        return (
            f"{place}: {held.get_duty_display()} уже есть — {held.person.short_name}. "
            "Замените человека, и прежнее назначение закроется само."
        )
    return ""
