"""Everything that writes promises: what counts a line, who is excused from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.indicators.models import Excuse, Indicator, Reading
from opora.indicators.register import KINDS_BY_CODE
from opora.indicators.state import LineState
from opora.plans.models import Activity
from opora.schools.models import School

MOST_NUMBER = 10_000

# A kind's code, the scope («one», «schools»…) and how many of each.
Promised = tuple[str, str, int]


@transaction.atomic
def promise(*, activity: Activity, kinds: Sequence[Promised], by: User, at: datetime) -> list[Indicator]:
    """Say what a line is counted by; the line is done when all are. Refused when it is counted already."""
    if activity.indicators.exists():
        raise Refused("У пункта уже есть показатель. Измените правило счёта.")
    made = Indicator.objects.bulk_create(_rows(activity, kinds))
    record(activity, "activity.promised", by=by, at=at, kinds=list(kinds))
    return made


@transaction.atomic
def promise_all(
    *, promised: Mapping[Activity, Sequence[Promised]], by: User, at: datetime
) -> list[Indicator]:
    """Say what many lines are counted by: one query, and one line of history for each roadmap."""
    rows = [row for activity, kinds in promised.items() for row in _rows(activity, kinds)]
    made = Indicator.objects.bulk_create(rows)
    for roadmap in {activity.roadmap_id: activity.roadmap for activity in promised}.values():
        record(roadmap, "roadmap.promised", by=by, at=at, indicators=len(rows))
    return made


@transaction.atomic
def change_rule(*, activity: Activity, kinds: Sequence[Promised], by: User, at: datetime) -> list[Indicator]:
    """Count a line in another way; the old rule stays in the history. Refused when nothing changes."""
    before = list(activity.indicators.order_by("position").values_list("kind", "scope", "number"))
    if before == [tuple(kind) for kind in kinds]:
        raise Refused("Правило счёта осталось прежним: менять нечего.")
    activity.indicators.all().delete()
    made = Indicator.objects.bulk_create(_rows(activity, kinds))
    record(activity, "activity.rule_changed", by=by, at=at, before=before, after=list(kinds))
    return made


@transaction.atomic
def excuse(
    *,
    activity: Activity,
    school: School,
    since: date,
    reason: str,
    by: User,
    at: datetime,
    until: date | None = None,
) -> Excuse:
    """Do not expect a line of a school since a day. Refused when excused already or without a reason."""
    reason = reason.strip()
    if not reason:
        raise Refused("Напишите, почему школу не ждём по этому пункту.")
    if until is not None and until < since:
        raise Refused("Последний день раньше первого.")
    if Excuse.objects.filter(activity=activity, school=school, until__isnull=True).exists():
        raise Refused(f"{school} уже освобождена от этого пункта.")
    made = Excuse.objects.create(
        activity=activity, school=school, since=since, until=until, reason=reason[:300], added_by=by
    )
    record(
        activity,
        "activity.school_excused",
        by=by,
        at=at,
        school=school.short_name,
        since=since,
        reason=reason,
    )
    return made


@transaction.atomic
def end_excuse(*, excuse: Excuse, until: date, by: User, at: datetime) -> None:
    """Expect the line of the school again after a day. Refused when the excuse has ended or not begun."""
    if excuse.until is not None:
        raise Refused("Освобождение уже закончено.")
    if until < excuse.since:
        raise Refused(f"Последний день раньше первого: освобождена с {excuse.since:%d.%m.%Y}.")
    excuse.until = until
    excuse.save(update_fields=["until"])
    record(
        excuse.activity,
        "activity.school_expected",
        by=by,
        at=at,
        school=excuse.school.short_name,
        until=until,
    )


def _rows(activity: Activity, kinds: Sequence[Promised]) -> list[Indicator]:
    if not kinds:
        raise Refused("Выберите, чем считается пункт.")
    if len({kind for kind, _, _ in kinds}) != len(kinds):
        raise Refused("Один и тот же вид показателя назван дважды.")
    for kind, scope, number in kinds:
        if kind not in KINDS_BY_CODE or scope not in Indicator.Scope.values:
            raise Refused("Такого вида показателя нет. Выберите из списка.")
        if not 1 <= number <= MOST_NUMBER:
            raise Refused(f"Сколько ждём: число от 1 до {MOST_NUMBER}.")
    return [
        Indicator(activity=activity, position=place, kind=kind, scope=scope, number=number)
        for place, (kind, scope, number) in enumerate(kinds, start=1)
    ]


@transaction.atomic
def take_readings(*, states: Sequence[LineState], on: date) -> int:
    """Keep the state of every line on a day and return how many were new; a line read on that day stays as it is."""
    before = Reading.objects.count()
    Reading.objects.bulk_create(
        (
            Reading(
                activity=state.activity,
                taken_on=on,
                status=state.status.code,
                expected=state.expected,
                found=state.found,
                reported=state.reported,
                excused=len(state.excused),
            )
            for state in states
        ),
        ignore_conflicts=True,
    )
    return Reading.objects.count() - before
