"""What an appointment must fit: the place of each duty, one coordinator a school, no curator of the own school."""

from __future__ import annotations

from collections.abc import Iterable
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
    return reason_among(_still_held(duty, programme, place, since), person, duty, place)


def reason_among(held: Iterable[Appointment], person: User | None, duty: str, place: Place) -> str:
    """The same, with the appointments of the place already asked; `person` is None for somebody new."""
    if duty == Duty.CURATOR and person is not None and isinstance(place, School) and works_at(person, place):
        return f"{person.short_name} работает в этой школе. Куратором назначают человека из другой школы или центра."
    for one in held:
        reason = _clash(one, person, duty, place)
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


def _clash(held: Appointment, person: User | None, duty: str, place: Place) -> str:
    is_same = person is not None and held.person_id == person.pk
    if held.duty != duty:
        if not is_same or duty not in RIVALS or held.duty != RIVALS[Duty(duty)]:
            return ""
        if duty == Duty.CURATOR:
            return f"{person} — координатор этой же школы. Куратором назначают человека со стороны."
        return f"{person} — куратор этой же школы. Координатором назначают того, кто в ней работает."
    if is_same:
        return f"{person} уже {held.get_duty_display()}: {place}, с {day_words(held.since)}."
    if duty in ALONE:
        return (
            f"{place}: {held.get_duty_display()} уже есть — {held.person.short_name}. "
            "Замените человека, и прежнее назначение закроется само."
        )
    return ""
