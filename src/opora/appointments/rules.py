"""What an appointment must fit: the place of each duty, one coordinator a school, no curator of the own school."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

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
# Whoever led a school less than this ago is its own still.
COOLING = timedelta(days=365)
RIVALS = {Duty.CURATOR: Duty.SCHOOL_COORDINATOR, Duty.SCHOOL_COORDINATOR: Duty.CURATOR}


def place_of(place: Place) -> dict[str, Any]:
    """The one field of an appointment that the place fills."""
    return {type(place).__name__.lower(): place}


def reason_not_to_appoint(person: User, duty: str, programme: Programme, place: Place, since: date) -> str:
    """Why this appointment may not be made, in Russian; empty when it may. Two queries at most."""
    if type(place) not in PLACES[duty]:
        words = " или ".join(PLACE_WORDS[kind] for kind in PLACES[duty])
        return f"{Duty(duty).label.capitalize()} назначается на {words}, а указано: {place}."
    held = Appointment.objects.filter(standing_in_the_way(programme, since), **place_of(place))
    return reason_among(held.select_related("person"), person, duty, place, programme, since)


def standing_in_the_way(programme: Programme, since: date) -> Q:
    """Which appointments of a place may hinder one that begins on a day: those held then, and a school just left.

    The own school is one's own in every programme, and for a year after.
    """
    still = Q(until__isnull=True) | Q(until__gte=since)
    own = Q(duty=Duty.SCHOOL_COORDINATOR) & (Q(until__isnull=True) | Q(until__gt=since - COOLING))
    return Q(still, programme=programme) | own


def reason_among(
    held: Iterable[Appointment],
    person: User | None,
    duty: str,
    place: Place,
    programme: Programme,
    since: date,
) -> str:
    """The same, with what stands in the way at the place already asked; `person` is None for somebody new."""
    if duty == Duty.CURATOR and person is not None and isinstance(place, School) and works_at(person, place):
        return f"{person.short_name} работает в этой школе. Куратором назначают человека из другой школы или центра."
    for one in held:
        reason = (
            _clash(one, person, duty, place)
            if one.programme_id == programme.pk and (one.until is None or one.until >= since)
            else _own_school(one, person, duty)
        )
        if reason:
            return reason
    return ""


def _own_school(led: Appointment, person: User | None, duty: str) -> str:
    """Why whoever led a school lately, or leads it in another programme, is no curator of it."""
    if (
        duty != Duty.CURATOR
        or led.duty != Duty.SCHOOL_COORDINATOR
        or person is None
        or led.person_id != person.pk
    ):
        return ""
    if led.until is None:
        return f"{person} — координатор этой же школы в другой программе. Куратором назначают человека со стороны."
    return (
        f"{person} — координатор этой школы по {day_words(led.until)}: года ещё не прошло. "
        "Куратором назначают человека со стороны."
    )


def works_at(person: User, school: School) -> bool:
    """Whether the workplace of a person, as typed, is this school."""
    place = fold(person.workplace)
    return bool(place) and place in {fold(school.name), fold(school.short_name)}


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
