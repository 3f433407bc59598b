"""Deeds before a visit: the school's word, another day, another curator, cancelling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import day_words
from opora.documents.rules import SentTwice, refuse_future
from opora.schools.models import School
from opora.visits.models import Move, Visit
from opora.visits.rules import (
    locked,
    reason_of,
    refuse_before,
    refuse_outside,
    refuse_over,
    refuse_stranger,
)

SCHOOL_PROPOSED = "школа предложила"
_PROPOSAL = {"proposed_day": None, "proposed_reason": "", "proposed_on": None, "proposed_by": None}


@transaction.atomic
def agree(*, visit: Visit, by: User, at: datetime, on: date) -> None:
    """Note that the school expects the visit on its day. SentTwice when it has said so already."""
    visit = locked(visit)
    refuse_future(on, at)
    refuse_over(visit, "подтвердить")
    if visit.agreed_on is not None:
        raise SentTwice(visit)
    refuse_before(on, visit.noted_on, "Посещение внесено в график")
    _change(visit, agreed_on=on, agreed_by=by, **_PROPOSAL)
    record(visit, "visit.agreed", by=by, at=at, on=on, planned_on=visit.planned_on)


@transaction.atomic
def propose_day(*, visit: Visit, day: date, reason: str, by: User, at: datetime, on: date) -> None:
    """The school asks for another day; the visit stays on its day until the curator moves it or keeps the day.

    Refused: the visit is over, no reason, the same day, a day outside the stage.
    """
    visit = locked(visit)
    refuse_future(on, at)
    refuse_over(visit, "предложить другой день")
    reason = reason_of(reason, "Напишите, почему нужен другой день.")
    if day == visit.planned_on:
        raise Refused(f"Посещение и так намечено на {day_words(day)}. Предложите другой день.")
    if day == visit.proposed_day and reason == visit.proposed_reason:
        raise SentTwice(visit)
    refuse_outside(visit.stage, day)
    _change(
        visit,
        proposed_day=day,
        proposed_reason=reason,
        proposed_on=on,
        proposed_by=by,
        agreed_on=None,
        agreed_by=None,
    )
    record(visit, "visit.day_proposed", by=by, at=at, on=on, day=day, reason=reason)


@transaction.atomic
def keep_day(*, visit: Visit, reason: str, by: User, at: datetime, on: date) -> None:
    """The curator cannot come on the day that the school proposed: the visit stays where it was, with a reason."""
    visit = locked(visit)
    refuse_future(on, at)
    refuse_over(visit, "ответить школе")
    if visit.proposed_day is None:
        raise Refused("Школа не предлагала другого дня: отвечать не на что.")
    reason = reason_of(reason, "Напишите школе, почему день остаётся прежним.")
    day = visit.proposed_day
    _change(visit, **_PROPOSAL)
    record(visit, "visit.day_kept", by=by, at=at, on=on, proposed_day=day, reason=reason)


@transaction.atomic
def move_visit(*, visit: Visit, to_day: date, reason: str = "", by: User, at: datetime, on: date) -> Move:
    """Push a visit to another day of its stage; the school is asked again, unless it proposed that day itself.

    Refused: the visit is over, no reason, the same day, a day outside the stage, the curator is not appointed
    to the school on the new day or is already expected there.
    """
    visit = locked(visit)
    refuse_future(on, at)
    refuse_over(visit, "перенести")
    is_school_day = visit.proposed_day == to_day
    if is_school_day and not reason.strip():
        reason = SCHOOL_PROPOSED
    reason = reason_of(reason, "Напишите, почему посещение переносится.")
    if to_day == visit.planned_on:
        raise Refused(f"Посещение и так намечено на {day_words(to_day)}. Выберите другой день.")
    refuse_outside(visit.stage, to_day)
    refuse_stranger(visit.curator, visit.school, visit.programme, to_day)
    agreed = (visit.proposed_on, visit.proposed_by) if is_school_day else (None, None)
    was = visit.planned_on
    _change(visit, planned_on=to_day, agreed_on=agreed[0], agreed_by=agreed[1], **_PROPOSAL)
    move = Move.objects.create(
        visit=visit, from_day=was, to_day=to_day, reason=reason, moved_on=on, moved_by=by
    )
    record(visit, "visit.moved", by=by, at=at, on=to_day, was=was, reason=reason, moved_on=on)
    return move


@transaction.atomic
def move_many(
    *, visits: Sequence[Visit], to_day: date, reason: str, by: User, at: datetime, on: date
) -> list[Move]:
    """Push visits that are one journey together, all or nothing. Refused with the name of the school."""
    moves = []
    for visit in visits:
        try:
            moves.append(move_visit(visit=visit, to_day=to_day, reason=reason, by=by, at=at, on=on))
        except Refused as refusal:
            raise Refused(f"{visit.school}: {refusal.words}") from refusal
    return moves


@transaction.atomic
def cancel_visit(*, visit: Visit, reason: str, on: date, by: User, at: datetime) -> None:
    """Note that a visit will not be. Refused without a reason or when it took place; SentTwice when cancelled."""
    visit = locked(visit)
    refuse_future(on, at)
    if visit.cancelled_on is not None:
        raise SentTwice(visit)
    refuse_over(visit, "отменить")
    reason = reason_of(reason, "Напишите, почему посещение отменяется.")
    refuse_before(on, visit.noted_on, "Посещение внесено в график")
    _change(visit, cancelled_on=on, cancel_reason=reason, **_PROPOSAL)
    record(visit, "visit.cancelled", by=by, at=at, on=on, reason=reason)


@transaction.atomic
def cancel_many(*, visits: Sequence[Visit], reason: str, on: date, by: User, at: datetime) -> None:
    """Cancel visits that are one journey together, all or nothing. Refused with the name of the school."""
    for visit in visits:
        try:
            cancel_visit(visit=visit, reason=reason, on=on, by=by, at=at)
        except Refused as refusal:
            raise Refused(f"{visit.school}: {refusal.words}") from refusal


@transaction.atomic
def hand_over(
    *, school: School, from_curator: User, to_curator: User, since: date, by: User, at: datetime
) -> list[Visit]:
    """Give the visits of a replaced curator that are still ahead, from a day on, to the new one; their days stay.

    What took place or was cancelled keeps its curator. Refused when the new one is not appointed to the school on
    the day of a visit, works there, or is already expected there on that day.
    """
    if from_curator.pk == to_curator.pk:
        raise Refused("Посещения и так у этого куратора. Выберите другого человека.")
    visits = list(
        Visit.objects.select_for_update(of=("self",))
        .filter(school=school, curator=from_curator, planned_on__gte=since, held_on=None, cancelled_on=None)
        .select_related("programme", "school")
        .order_by("planned_on", "pk")
    )
    for visit in visits:
        refuse_stranger(to_curator, school, visit.programme, visit.planned_on)
        _change(visit, curator=to_curator)
        record(
            visit,
            "visit.handed_over",
            by=by,
            at=at,
            since=since,
            person=str(to_curator),
            was=str(from_curator),
        )
    return visits


def _change(visit: Visit, **fields: object) -> None:
    """Write some fields; Refused when the curator is already expected at the school on that day."""
    for name, value in fields.items():
        setattr(visit, name, value)
    try:
        with transaction.atomic():
            visit.save(update_fields=list(fields))
    except IntegrityError as error:
        taken = Visit.objects.filter(
            school=visit.school, curator=visit.curator, planned_on=visit.planned_on, cancelled_on=None
        ).exclude(pk=visit.pk)
        if not taken.exists():
            raise
        raise Refused(
            f"{visit.curator.short_name} уже намечает посещение этой школы на {day_words(visit.planned_on)}."
        ) from error
