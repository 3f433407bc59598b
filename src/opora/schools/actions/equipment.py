"""Everything that writes the equipment of schools: a position, a count of it, a position entered by mistake."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import get_current_timezone

from opora.accounts.models import User
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import clean, day_words, fold
from opora.programmes.models import NationalProject
from opora.schools.models import Equipment, EquipmentCount, Participation

MOST = 1_000_000
EARLIEST_YEAR = 2000


@transaction.atomic
def add_equipment(
    *,
    participation: Participation,
    project: NationalProject,
    name: str,
    unit: str,
    year: int,
    amount: int,
    on: date,
    by: User,
    at: datetime,
) -> Equipment:
    """Enter what a school received, with the first count of it.

    Refused without a name, for a project of another programme, a day or a year to come, a position that is there.
    """
    name, unit = _line(name), _line(unit) or "шт."
    if not name:
        raise Refused("Напишите, что получено.")
    if len(name) > 300 or len(unit) > 30:
        raise Refused("Слишком длинно: название — до 300 знаков, единица — до 30.")
    if project.programme_id != participation.programme_id:
        raise Refused("Этот национальный проект из другой программы. Выберите из списка.")
    _refuse_day(on, at)
    if not EARLIEST_YEAR <= year <= _today(at).year:
        raise Refused(f"Год получения — от {EARLIEST_YEAR} до {_today(at).year}.")
    try:
        with transaction.atomic():
            equipment = Equipment.objects.create(
                participation=participation,
                project=project,
                name=name,
                folded_name=fold(name),
                unit=unit,
                year=year,
            )
    except IntegrityError as error:
        raise Refused(f"«{name}» по этому проекту уже внесено. Добавьте новый подсчёт к нему.") from error
    _count(equipment, amount, on, by, at)
    record(participation.school, "equipment.added", by=by, at=at, words=name, amount=amount, on=on, unit=unit)
    return equipment


@transaction.atomic
def count_equipment(*, equipment: Equipment, amount: int, on: date, by: User, at: datetime) -> EquipmentCount:
    """Note how much there is on a day; a second count of the same day corrects the first, which stays in the history.

    Refused: a day to come, an amount that cannot be.
    """
    equipment = Equipment.objects.select_for_update().get(pk=equipment.pk)
    _refuse_day(on, at)
    kept = equipment.counts.filter(counted_on=on).first()
    was = {} if kept is None else {"was": kept.amount}
    count = _count(equipment, amount, on, by, at)
    school = equipment.participation.school
    record(school, "equipment.counted", by=by, at=at, words=equipment.name, amount=amount, on=on, **was)
    return count


@transaction.atomic
def remove_equipment(*, equipment: Equipment, reason: str, by: User, at: datetime) -> None:
    """Take away a position entered by mistake; what it was stays in the history. Refused without a reason."""
    reason = _line(reason)
    if not reason:
        raise Refused("Напишите, почему позиция убирается.")
    school = equipment.participation.school
    told = [f"{day_words(one.counted_on)} — {one.amount}" for one in equipment.counts.all()]
    record(school, "equipment.removed", by=by, at=at, words=equipment.name, reason=reason[:300], counts=told)
    equipment.delete()


def _count(equipment: Equipment, amount: int, on: date, by: User, at: datetime) -> EquipmentCount:
    if not 0 <= amount <= MOST:
        raise Refused(f"Количество — целое число от 0 до {MOST:_}.".replace("_", " "))
    count, _ = EquipmentCount.objects.update_or_create(
        equipment=equipment,
        counted_on=on,
        defaults={"amount": amount, "counted_at": at, "counted_by": by},
    )
    return count


def _refuse_day(on: date, at: datetime) -> None:
    if on > _today(at):
        raise Refused(f"{day_words(on)} ещё не наступило. Укажите день не позже {day_words(_today(at))}.")


def _today(at: datetime) -> date:
    return at.astimezone(get_current_timezone()).date()


def _line(text: str) -> str:
    return " ".join(clean(text).split())
