"""Everything that writes appointments: history is kept by closing and opening, never by rewriting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import make_naive

from opora.accounts.actions import add_person, forget_person
from opora.accounts.models import User
from opora.appointments.models import Appointment, CuratorCompetence, Duty, NameForm
from opora.appointments.queries import open_curators
from opora.appointments.rules import Place, place_of, reason_not_to_appoint
from opora.core.history import record
from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.core.russian import clean, day_words
from opora.programmes.actions import load_our_packs, load_pack
from opora.programmes.models import Programme, RiskFactor
from opora.schools.actions import add_municipality, add_region
from opora.schools.models import School

FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is entered together with the appointment."""

    last_name: str
    first_name: str
    middle_name: str = ""
    email: str = ""
    post: str = ""
    workplace: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """One row of a bulk appointment: who, to what, where, and its own order when it is not the common one."""

    person: User | Newcomer
    duty: str
    place: Place
    order_number: str = ""
    order_date: date | None = None


@transaction.atomic
def appoint(
    *,
    person: User,
    duty: str,
    programme: Programme,
    place: Place,
    order_number: str = "",
    order_date: date | None = None,
    since: date,
    by: User | None,
    at: datetime,
) -> Appointment:
    """Appoint a person to a duty at a region, a municipality or a school since a day.

    Refused when the place does not fit the duty, the same appointment is in force, a curator would look after the
    own school, a school has a coordinator already, or the day is more than a year ahead. `by` is None only for
    the first coordinator.
    """
    _refuse_far_day(since, at)
    _refuse_future_order(order_date, at)
    reason = reason_not_to_appoint(person, duty, programme, place, since)
    if reason:
        raise Refused(reason)
    appointment = Appointment.objects.create(
        person=person,
        duty=duty,
        programme=programme,
        order_number=clean(order_number).strip(),
        order_date=order_date,
        since=since,
        **place_of(place),
    )
    record(
        appointment,
        "appointment.opened",
        by=by,
        at=at,
        since=since,
        order_number=appointment.order_number,
        order_date=order_date,
    )
    return appointment


@transaction.atomic
def appoint_many(
    *,
    wishes: Sequence[Wish],
    programme: Programme,
    order_number: str = "",
    order_date: date | None = None,
    since: date,
    by: User,
    at: datetime,
) -> list[Appointment]:
    """Appoint by a list, all or nothing; newcomers are entered on the way, once each. Refused with the row's number."""
    newcomers: dict[Newcomer, User] = {}
    made = []
    for number, wish in enumerate(wishes, start=1):
        try:
            made.append(
                appoint(
                    person=entered(person=wish.person, newcomers=newcomers, by=by, at=at),
                    duty=wish.duty,
                    programme=programme,
                    place=wish.place,
                    order_number=wish.order_number or order_number,
                    order_date=wish.order_date if wish.order_number else order_date,
                    since=since,
                    by=by,
                    at=at,
                )
            )
        except Refused as refusal:
            raise Refused(f"Строка {number}: {refusal.words}") from refusal
    return made


@transaction.atomic
def appoint_unless_changed(
    *,
    wishes: Sequence[Wish],
    seen: Mapping[int, Collection[int]],
    programme: Programme,
    order_number: str = "",
    order_date: date | None = None,
    since: date,
    by: User,
    at: datetime,
) -> list[Appointment]:
    """Appoint curators of schools as a person saw them: `seen` is school → people who were its curators then.

    All or nothing. Refused with R-CONFLICT when somebody has appointed or released a curator of one of the schools
    in the meantime, and as `appoint_many` otherwise.
    """
    # The schools are locked, so that two people who agree at one moment come one after the other.
    schools = list(School.objects.select_for_update().filter(pk__in=seen).order_by("pk"))
    now = open_curators(seen, programme, since)
    changed = [school for school in schools if set(now.get(school.pk, ())) != set(seen[school.pk])]
    if changed:
        names = ", ".join(str(school) for school in changed[:5]) + (" и другие" if len(changed) > 5 else "")
        raise Refused(
            f"Пока вы смотрели, кураторов изменил другой человек: {names}. Ниже то, что есть теперь.",
            code="R-CONFLICT",
            status=409,
        )
    return appoint_many(
        wishes=wishes,
        programme=programme,
        order_number=order_number,
        order_date=order_date,
        since=since,
        by=by,
        at=at,
    )


@transaction.atomic
def mark_competences(
    *, programme: Programme, marks: Mapping[User, Collection[RiskFactor]], by: User, at: datetime
) -> int:
    """Make the factors that each person works with exactly those marked; returns how many people changed."""
    changed = 0
    for person, factors in marks.items():
        held = CuratorCompetence.objects.filter(person=person, factor__programme=programme)
        before, after = {one.factor_id for one in held}, {one.pk for one in factors}
        if before == after:
            continue
        held.exclude(factor__in=after).delete()
        CuratorCompetence.objects.bulk_create(
            [CuratorCompetence(person=person, factor=one) for one in factors if one.pk not in before]
        )
        record(person, "person.competences", by=by, at=at, numbers=sorted(one.number for one in factors))
        changed += 1
    return changed


@transaction.atomic
def entered(
    *, person: User | Newcomer, newcomers: dict[Newcomer, User] | None = None, by: User | None, at: datetime
) -> User:
    """The person themselves; a newcomer is entered, once for those remembered in `newcomers`."""
    if isinstance(person, User):
        return person
    known = {} if newcomers is None else newcomers
    if person not in known:
        known[person] = add_person(
            last_name=person.last_name,
            first_name=person.first_name,
            middle_name=person.middle_name,
            email=person.email,
            post=person.post,
            workplace=person.workplace,
            by=by,
            at=at,
        )
    return known[person]


@transaction.atomic
def release(*, appointment: Appointment, until: date, reason: str, by: User, at: datetime) -> None:
    """Close an appointment: `until` is its last day. Refused when it is closed or the day does not fit."""
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.until is not None:
        raise Refused(
            f"{appointment.person.short_name}: назначение уже закрыто {day_words(appointment.until)}."
        )
    if until < appointment.since:
        raise Refused(
            f"Последний день не может быть раньше первого: назначение действует с {day_words(appointment.since)}."
        )
    _refuse_far_day(until, at)
    reason = clean(reason).strip()
    if not reason:
        raise Refused("Напишите, почему человек освобождён: это останется в истории школы.")
    appointment.until, appointment.release_reason = until, reason
    appointment.save(update_fields=["until", "release_reason"])
    record(appointment, "appointment.closed", by=by, at=at, until=until, reason=reason)


@transaction.atomic
def replace(
    *,
    appointment: Appointment,
    person: User,
    since: date,
    reason: str,
    order_number: str = "",
    order_date: date | None = None,
    by: User,
    at: datetime,
) -> Appointment:
    """Another person in the same duty at the same place since a day; the former one serves until the day before."""
    if since <= appointment.since:
        raise Refused(
            f"Замена начинается позже прежнего назначения: оно действует с {day_words(appointment.since)}."
        )
    release(appointment=appointment, until=since - timedelta(days=1), reason=reason, by=by, at=at)
    place = appointment.school or appointment.municipality or appointment.region
    assert place is not None, "the database holds one place for each appointment"
    return appoint(
        person=person,
        duty=appointment.duty,
        programme=appointment.programme,
        place=place,
        order_number=order_number,
        order_date=order_date,
        since=since,
        by=by,
        at=at,
    )


@transaction.atomic
def set_up(
    *,
    coordinator: Newcomer,
    region: str,
    municipality: str,
    centre: str,
    head_post: str,
    head_name: str,
    programme: str,
    since: date,
    at: datetime,
) -> User:
    """Make an empty base ready for work: programmes, region, municipality, the first coordinator.

    Refused when there is anybody in the base: it must never open a door into somebody's data.
    """
    if User.objects.exists():
        raise Refused("База не пуста: в ней уже есть люди. Новых координаторов заводят на странице «Люди».")
    load_our_packs(by=None, at=at)
    chosen = load_pack(name=programme, by=None, at=at)
    place = add_municipality(
        region=add_region(name=region, by=None, at=at),
        name=municipality,
        centre_name=centre,
        head_post=head_post,
        head_name=head_name,
        by=None,
        at=at,
    )
    person = entered(person=coordinator, by=None, at=at)
    appoint(
        person=person,
        duty=Duty.MUNICIPAL_COORDINATOR,
        programme=chosen,
        place=place,
        since=since,
        by=None,
        at=at,
    )
    return person


@transaction.atomic
def note_order(
    *, appointments: Sequence[Appointment], order_number: str, order_date: date, by: User, at: datetime
) -> None:
    """Write the number and the day of the signed order into appointments that had none."""
    number = clean(order_number).strip()
    if not number:
        raise Refused("Впишите номер приказа.")
    _refuse_future_order(order_date, at)
    for appointment in appointments:
        if appointment.order_number:
            raise Refused(
                f"{appointment.person.short_name}: приказ уже указан — № {appointment.order_number}."
            )
        appointment.order_number, appointment.order_date = number, order_date
        appointment.save(update_fields=["order_number", "order_date"])
        record(appointment, "appointment.ordered", by=by, at=at, order_number=number, order_date=order_date)


@transaction.atomic
def mend_name_forms(*, forms: Mapping[str, str], by: User, at: datetime) -> None:
    """Remember how names and posts stand in the accusative where the rules are wrong; an empty form forgets."""
    for original, form in forms.items():
        form = clean(form).strip()
        if not form:
            NameForm.objects.filter(original=original, case=NameForm.Case.ACCUSATIVE).delete()
            continue
        kept, _ = NameForm.objects.update_or_create(
            original=original, case=NameForm.Case.ACCUSATIVE, defaults={"form": form}
        )
        record(kept, "name_form.mended", by=by, at=at, form=form)


@transaction.atomic
def erase_person(*, person: User, ground: str, by: User, at: datetime) -> HistoryEntry:
    """Erase the data of a person by their own word or another ground of the law.

    Refused without a ground, for oneself, while the person holds a duty, today or later.
    """
    ground = " ".join(clean(ground).split())
    if not ground:
        raise Refused("Напишите основание: например, заявление человека и его дата.")
    if person.pk == by.pk:
        raise Refused("Свои данные удаляет другой координатор: иначе некому подписать акт.")
    today = make_naive(at).date()
    still = Q(until__isnull=True) | Q(until__gte=today)
    held = Appointment.objects.filter(still, person=person).select_related("school", "municipality", "region")
    named = [f"{one.get_duty_display()}, {one.place}" for one in held[:5]]
    if named:
        raise Refused(
            f"{person.short_name} ещё работает: {'; '.join(named)}. "
            "Сначала освободите от обязанностей и назначьте замену, данные можно удалить на следующий день."
        )
    return forget_person(person=person, ground=ground[:300], by=by, at=at)


def _refuse_far_day(day: date, at: datetime) -> None:
    last = make_naive(at).date() + FARTHEST
    if day > last:
        raise Refused(f"{day_words(day)} — больше чем через год. Проверьте дату.")


def _refuse_future_order(order_date: date | None, at: datetime) -> None:
    if order_date is not None and order_date > make_naive(at).date():
        raise Refused(f"Приказ датирован будущим днём: {day_words(order_date)}. Проверьте дату.")
