"""Deeds of the schedule: one visit planned, many planned at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction

from opora.accounts.models import User
from opora.core.history import day_mark, record
from opora.core.refusal import Refused
from opora.documents.rules import SentTwice, refuse_future
from opora.programmes.models import Programme, Stage
from opora.schools.models import School
from opora.visits.models import Visit
from opora.visits.rules import refuse_outside, refuse_stranger, stage_on


@dataclass(frozen=True, slots=True)
class Wish:
    """One row of a schedule: who goes to which school and when; without a stage it is found by the day."""

    school: School
    curator: User
    planned_on: date
    stage: Stage | None = None
    starts_at: time | None = None
    form: str = Visit.Form.ON_SITE
    group_key: UUID | None = None


@transaction.atomic
def plan_visit(
    *,
    programme: Programme,
    stage: Stage | None = None,
    school: School,
    curator: User,
    planned_on: date,
    starts_at: time | None = None,
    form: str = Visit.Form.ON_SITE,
    group_key: UUID | None = None,
    by: User,
    at: datetime,
    on: date,
    entered_on: date | None = None,
) -> Visit:
    """Put a visit into the schedule on a day (order lines 1.7, 1.8); `on` is the day it was put there.

    `entered_on` marks a schedule that is written later than it was made.
    Refused: the day is outside the stage (or, when none is named, outside every stage of the programme), the
    school does not take part, the curator is not appointed to it on that day or works there; SentTwice when the
    curator is already expected there on that day.
    """
    refuse_future(on, at)
    if form not in Visit.Form.values:
        raise Refused("Посещение бывает в школе или дистанционное. Выберите из списка.")
    if stage is None:
        stage = stage_on(programme, planned_on)
    elif stage.programme_id != programme.pk:
        raise Refused("Этот этап из другой программы.")
    refuse_outside(stage, planned_on)
    refuse_stranger(curator, school, programme, planned_on)
    visit = _created(
        Visit(
            programme=programme,
            stage=stage,
            school=school,
            curator=curator,
            planned_on=planned_on,
            starts_at=starts_at,
            form=form,
            group_key=group_key,
            noted_on=on,
            entered_on=entered_on,
        )
    )
    facts = {"curator": str(curator), "noted_on": on, "form": form, **day_mark(entered_on)}
    record(visit, "visit.planned", by=by, at=at, on=planned_on, **facts)
    return visit


@transaction.atomic
def plan_many(
    *,
    programme: Programme,
    wishes: Sequence[Wish],
    by: User,
    at: datetime,
    on: date,
    entered_on: date | None = None,
) -> list[Visit]:
    """Put many visits into the schedule, all or nothing. Refused with the number of the row."""
    made = []
    for number, wish in enumerate(wishes, start=1):
        try:
            made.append(
                plan_visit(
                    programme=programme,
                    stage=wish.stage,
                    school=wish.school,
                    curator=wish.curator,
                    planned_on=wish.planned_on,
                    starts_at=wish.starts_at,
                    form=wish.form,
                    group_key=wish.group_key,
                    by=by,
                    at=at,
                    on=on,
                    entered_on=entered_on,
                )
            )
        except Refused as refusal:
            raise Refused(f"Строка {number}, {wish.school}: {refusal.words}") from refusal
    return made


def _created(visit: Visit) -> Visit:
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        same = Visit.objects.filter(
            school=visit.school, curator=visit.curator, planned_on=visit.planned_on, cancelled_on=None
        ).first()
        if same is None:
            raise
        raise SentTwice(same) from None
    return visit
