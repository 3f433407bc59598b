"""Writing a table of equipment that a person has looked through, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from opora.accounts.models import User
from opora.core.history import HistoryLine, record_many
from opora.core.refusal import Refused
from opora.core.russian import counted, fold
from opora.schools.equipment_plan import PlannedPosition
from opora.schools.models import Equipment, EquipmentCount

_GONE = "Пока вы смотрели таблицу, эти позиции изменил другой человек. Покажите её ещё раз."


def load_equipment(*, rows: Sequence[PlannedPosition], file_name: str = "", by: User, at: datetime) -> int:
    """Write the new and changed positions with their counts; one line of history a school. The number written.

    Refused when somebody entered or took away one of them while the table was being looked through.
    """
    try:
        with transaction.atomic():
            _write(rows, by, at)
            record_many(_lines(rows, file_name), by=by, at=at)
    except IntegrityError as error:
        raise Refused(_GONE, code="R-CONFLICT", status=409) from error
    return len(rows)


def _write(rows: Sequence[PlannedPosition], by: User, at: datetime) -> None:
    new = [one for one in rows if one.row is None]
    made = Equipment.objects.bulk_create(
        [
            Equipment(
                participation=one.part,
                project=one.project,
                name=one.name,
                folded_name=fold(one.name),
                unit=one.unit,
                year=one.year,
            )
            for one in new
        ],
        batch_size=500,
    )
    pks = {(one.participation_id, one.project_id, one.folded_name): one.pk for one in made}
    changed = [Equipment(pk=one.row.pk, unit=one.unit, year=one.year) for one in rows if one.row is not None]
    if Equipment.objects.bulk_update(changed, ["unit", "year"], batch_size=200) != len(changed):
        raise Refused(_GONE, code="R-CONFLICT", status=409)
    counts = [
        EquipmentCount(
            equipment_id=one.row.pk if one.row else pks[one.part.pk, one.project.pk, fold(one.name)],
            counted_on=day,
            amount=amount,
            counted_at=at,
            counted_by=by,
        )
        for one in rows
        for day, amount in one.counts.items()
    ]
    EquipmentCount.objects.bulk_create(
        counts,
        batch_size=300,
        update_conflicts=True,
        unique_fields=["equipment", "counted_on"],
        update_fields=["amount", "counted_at", "counted_by"],
    )


def _lines(rows: Sequence[PlannedPosition], file_name: str) -> list[HistoryLine]:
    """A line a school: how many positions, and what stood before in those that change."""
    of_school: dict[int, list[PlannedPosition]] = {}
    for one in rows:
        of_school.setdefault(one.part.school_id, []).append(one)
    source = {"source": file_name} if file_name else {}
    lines = []
    for positions in of_school.values():
        before = {one.name: one.was for one in positions if one.was}
        words = counted(len(positions), "позиция", "позиции", "позиций")
        told = {"words": words, **source, **({"before": before} if before else {})}
        lines.append(HistoryLine(positions[0].part.school, "equipment.loaded", told))
    return lines
