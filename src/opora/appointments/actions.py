"""Everything that writes appointments: to appoint, to release, to replace; nothing is rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from opora.accounts.models import User
from opora.appointments.models import Appointment, Duty
from opora.core.history import Person, record
from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.programmes.models import Programme
from opora.schools.models import Municipality, Region, School

Place = Region | Municipality | School
PLACES = {
    Duty.REGIONAL_COORDINATOR: Region,
    Duty.MUNICIPAL_COORDINATOR: Municipality,
    Duty.HEAD: Municipality,
    Duty.CURATOR: School,
    Duty.SCHOOL_COORDINATOR: School,
    Duty.EXPERT: Municipality,
}
AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Named:
    """Whom an order names: a person, a duty and a place."""

    person: User
    duty: str
    place: Place


@transaction.atomic
def appoint(
    *,
    person: User,
    duty: str,
    programme: Programme,
    place: Place,
    since: date,
    order_number: str = "",
    order_date: date | None = None,
    by: Person | None,
    at: datetime,
) -> Appointment:
    """Appoint a person to a duty at a place (order lines 1.1, 1.2).

    Refused when the place does not fit the duty, when the same appointment is in force, when a curator would curate
    the own school, when it begins more than a year ahead.
    """
    _check(person, duty, place, since, at)
    held = _in_force(person, duty, programme, place, since)
    if held is not None:
        raise Refused(f"{person.short_name} уже назначен(а): {held.get_duty_display()}, {held.place}.")
    appointment = Appointment.objects.create(
        person=person,
        duty=duty,
        programme=programme,
        region=place if isinstance(place, Region) else None,
        municipality=place if isinstance(place, Municipality) else None,
        school=place if isinstance(place, School) else None,
        order_number=" ".join(clean(order_number).split()),
        order_date=order_date,
        since=since,
    )
    record(appointment, "appointment.made", by=by, at=at, since=since, order=appointment.order_number)
    return appointment


@transaction.atomic
def appoint_many(
    *,
    named: Sequence[Named],
    programme: Programme,
    since: date,
    order_number: str = "",
    order_date: date | None = None,
    by: Person | None,
    at: datetime,
) -> list[Appointment]:
    """Appoint everybody whom one order names, all or nobody. Refused as `appoint`, with the number of the row."""
    made = []
    for row, one in enumerate(named, 1):
        try:
            made.append(
                appoint(
                    person=one.person,
                    duty=one.duty,
                    programme=programme,
                    place=one.place,
                    since=since,
                    order_number=order_number,
                    order_date=order_date,
                    by=by,
                    at=at,
                )
            )
        except Refused as refusal:
            raise Refused(f"Строка {row}: {refusal.words}", code=refusal.code) from refusal
    return made


@transaction.atomic
def write_order(
    *, appointment: Appointment, order_number: str, order_date: date, by: Person, at: datetime
) -> None:
    """Type in the number and the day of the registered order: since then the appointment counts."""
    number = " ".join(clean(order_number).split())
    if not number:
        raise Refused("Нужен номер приказа.")
    appointment.order_number, appointment.order_date = number, order_date
    appointment.save(update_fields=["order_number", "order_date"])
    record(appointment, "appointment.order_written", by=by, at=at, order=number, order_date=order_date)


@transaction.atomic
def release(*, appointment: Appointment, until: date, reason: str, by: Person, at: datetime) -> None:
    """End an appointment with its last day and a reason; it stays in the history. Refused when it has ended."""
    held = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if held.until is not None:
        raise Refused(f"Назначение уже завершено {held.until:%d.%m.%Y}.")
    if until < held.since:
        raise Refused(f"Назначение началось {held.since:%d.%m.%Y}: завершить его раньше нельзя.")
    held.until, held.release_reason = until, " ".join(clean(reason).split())[:300]
    held.save(update_fields=["until", "release_reason"])
    record(held, "appointment.ended", by=by, at=at, until=until, reason=held.release_reason)


@transaction.atomic
def replace(
    *,
    appointment: Appointment,
    person: User,
    since: date,
    reason: str,
    order_number: str = "",
    order_date: date | None = None,
    by: Person,
    at: datetime,
) -> Appointment:
    """Put another person in a duty since a day: the former one ends the day before, so that no day is uncovered."""
    place = appointment.school or appointment.municipality or appointment.region
    if place is None:
        raise Refused("У назначения нет места: освободите человека и назначьте заново.")
    release(
        appointment=appointment,
        until=max(since - timedelta(days=1), appointment.since),
        reason=reason,
        by=by,
        at=at,
    )
    return appoint(
        person=person,
        duty=appointment.duty,
        programme=appointment.programme,
        place=place,
        since=since,
        order_number=order_number,
        order_date=order_date,
        by=by,
        at=at,
    )


def _check(person: User, duty: str, place: Place, since: date, at: datetime) -> None:
    if duty not in PLACES or not isinstance(place, PLACES[Duty(duty)]):
        raise Refused("Это место не подходит к обязанности: куратора и координатора школы назначают в школу.")
    if since > at.date() + AHEAD:
        raise Refused("Назначение начинается больше чем через год. Проверьте дату.")
    if duty == Duty.CURATOR and isinstance(place, School) and _is_own(person, place):
        raise Refused(
            f"{person.short_name} работает в школе «{place.short_name}»: куратором своей школы не назначают."
        )


def _is_own(person: User, school: School) -> bool:
    works_there = bool(person.workplace) and fold(person.workplace) in (
        fold(school.name),
        fold(school.short_name),
    )
    held = Appointment.objects.filter(
        person=person, duty=Duty.SCHOOL_COORDINATOR, school=school, until__isnull=True
    )
    return works_there or held.exists()


def _in_force(person: User, duty: str, programme: Programme, place: Place, since: date) -> Appointment | None:
    name = type(place).__name__.lower()
    held = Appointment.objects.filter(person=person, duty=duty, programme=programme, **{name: place})
    return held.exclude(until__lt=since).first()
