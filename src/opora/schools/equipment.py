"""What schools received by national projects and how much of it there is on a day (order lines 2.10, 2.11)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from opora.schools.models import Equipment, EquipmentCount, Participation


@dataclass(frozen=True, slots=True)
class Position:
    """One position of a school with every count of it, the earliest first."""

    pk: int
    participation_id: int
    project_id: int
    project: str
    name: str
    unit: str
    year: int
    days: tuple[date, ...] = ()
    amounts: tuple[int, ...] = ()

    def on(self, day: date) -> int | None:
        """How much there was on a day by the latest count; None before the first one."""
        place = bisect_right(self.days, day)
        return self.amounts[place - 1] if place else None

    def counted_by(self, day: date) -> date | None:
        """The day of the latest count by a day."""
        place = bisect_right(self.days, day)
        return self.days[place - 1] if place else None

    @property
    def baseline(self) -> int | None:
        """What the first count told: the year is compared with it."""
        return self.amounts[0] if self.amounts else None

    @property
    def baseline_on(self) -> date | None:
        return self.days[0] if self.days else None

    def change(self, day: date) -> int | None:
        """By how much there is more on a day than by the first count; None while there is nothing to compare."""
        now = self.on(day)
        return None if now is None or self.baseline is None else now - self.baseline


def positions_of(participations: Iterable[int], as_of: date) -> dict[int, list[Position]]:
    """Participation → its positions counted by a day, by project and name. Two queries."""
    wanted = list(participations)
    days: dict[int, list[date]] = {}
    amounts: dict[int, list[int]] = {}
    counts = (
        EquipmentCount.objects.filter(equipment__participation__in=wanted, counted_on__lte=as_of)
        .order_by("equipment", "counted_on")
        .values_list("equipment_id", "counted_on", "amount")
    )
    for pk, day, amount in counts:
        days.setdefault(pk, []).append(day)
        amounts.setdefault(pk, []).append(amount)
    rows = (
        Equipment.objects.filter(participation__in=wanted)
        .order_by("participation", "project__position", "folded_name")
        .values_list("pk", "participation_id", "project_id", "project__name", "name", "unit", "year")
    )
    found: dict[int, list[Position]] = {}
    for row in rows:
        if row[0] in days:
            position = Position(*row, days=tuple(days[row[0]]), amounts=tuple(amounts[row[0]]))
            found.setdefault(position.participation_id, []).append(position)
    return found


@dataclass(frozen=True, slots=True)
class Sum:
    """Positions of one unit put together: computers are not added to sets of furniture."""

    unit: str
    positions: int
    baseline: int
    now: int

    @property
    def change(self) -> int:
        return self.now - self.baseline


def sums_of(positions: Iterable[Position], as_of: date) -> list[Sum]:
    """The sums as of a day by unit, in the order met; a position that was not counted by then adds nothing."""
    found: dict[str, Sum] = {}
    for one in positions:
        now = one.on(as_of)
        if now is None:
            continue
        kept = found.get(one.unit, Sum(one.unit, 0, 0, 0))
        found[one.unit] = Sum(
            one.unit, kept.positions + 1, kept.baseline + (one.baseline or 0), kept.now + now
        )
    return list(found.values())


def projects_of(part: Participation) -> list[tuple[int, str]]:
    """The national projects of the school's programme, in their order."""
    return list(part.programme.national_projects.values_list("pk", "name"))
