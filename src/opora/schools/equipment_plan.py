"""A table of equipment beside what is known: what agreeing would do, and what is doubtful."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from opora.core.russian import day_words, fold
from opora.programmes.models import NationalProject
from opora.schools.actions.equipment import EARLIEST_YEAR, MOST
from opora.schools.days_told import NoSuchDay, day_told
from opora.schools.equipment import Position
from opora.schools.models import Participation
from opora.schools.project_words import project_told
from opora.schools.school_finding import SchoolFinder
from opora.schools.told_equipment import ToldEquipment

Days = tuple[date, date]
Key = tuple[int, int, str]
_YEAR: Final = re.compile(r"^(\d{4})(?: ?г(?:од)?\.?)?$")
_AMOUNT: Final = re.compile(r"^\d{1,9}(?:[.,]0+)?$", re.ASCII)
_MOST_REMARKS: Final = 200


@dataclass(frozen=True, slots=True)
class PlannedPosition:
    """One position as it would be written; `row` is the one that is there, `counts` those that are new or differ."""

    part: Participation
    project: NationalProject
    name: str
    unit: str
    year: int
    counts: Mapping[date, int]
    row: Position | None = None

    @property
    def is_new(self) -> bool:
        return self.row is None

    @property
    def was(self) -> str:
        """What stands there on the days that change, in words."""
        if self.row is None:
            return ""
        known = dict(zip(self.row.days, self.row.amounts, strict=True))
        told = [f"{day_words(day)} — {known[day]}" for day in self.counts if day in known]
        return "; ".join([*self._about(self.row.unit, self.row.year), *told])

    @property
    def becomes(self) -> str:
        """What would stand there, in words."""
        told = [f"{day_words(day)} — {amount} {self.unit}" for day, amount in self.counts.items()]
        return "; ".join([*self._about(self.unit, self.year), *told])

    def _about(self, unit: str, year: int) -> list[str]:
        is_same = self.row is not None and (self.row.unit, self.row.year) == (self.unit, self.year)
        return [] if is_same else [f"{unit}, год получения {year}"]


@dataclass(slots=True)
class EquipmentPlan:
    """What agreeing would do."""

    writes: list[PlannedPosition] = field(default_factory=list)
    same: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(one.is_new for one in self.writes)

    @property
    def changed(self) -> int:
        return len(self.writes) - self.new

    @property
    def mark(self) -> str:
        """A hash of what was shown: agreeing to something else than was seen is refused."""
        told = [
            f"{one.part.pk}:{one.project.pk}:{fold(one.name)}:{one.was}:{one.becomes}" for one in self.writes
        ]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def plan_equipment(
    rows: Sequence[ToldEquipment],
    *,
    parts: Iterable[Participation],
    projects: Sequence[NationalProject],
    known: Mapping[int, Sequence[Position]],
    days: Days,
    today: date,
) -> EquipmentPlan:
    """Compare a table with what is known; a row that cannot be understood is left out with a remark.

    `parts` are the schools that the person writes for, `known` all their positions, `days` those of «было» and
    «стало» where the table itself tells none.
    """
    reader = _Reader(parts, projects, known, days, today)
    plan, seen = EquipmentPlan(), dict[Key, str]()
    for told in rows:
        try:
            made = reader.position(told)
        except ValueError as error:
            plan.remarks.append(f"{told.place}: {error}, строка пропущена.")
            continue
        key = (made.part.pk, made.project.pk, fold(made.name))
        if key in seen:
            plan.remarks.append(f"{told.place}: то же, что {seen[key]}, взята первая строка.")
            continue
        seen[key] = told.place
        if made.row is not None and not made.counts and made.was == made.becomes:
            plan.same += 1
        else:
            plan.writes.append(made)
    hidden = len(plan.remarks) - _MOST_REMARKS
    if hidden > 0:
        plan.remarks[_MOST_REMARKS:] = [f"И ещё замечаний: {hidden}."]
    return plan


class _Reader:
    """Rows of a table as positions of the schools that a person leads."""

    def __init__(
        self,
        parts: Iterable[Participation],
        projects: Sequence[NationalProject],
        known: Mapping[int, Sequence[Position]],
        days: Days,
        today: date,
    ) -> None:
        self._parts = {part.school_id: part for part in parts}
        schools = [part.school for part in self._parts.values()]
        places = {school.municipality_id: school.municipality for school in schools}
        self._finder = SchoolFinder(places.values(), schools)
        self._projects, self._days, self._today = projects, days, today
        self._known = {
            (part, one.project_id, fold(one.name)): one
            for part, positions in known.items()
            for one in positions
        }

    def position(self, told: ToldEquipment) -> PlannedPosition:
        """The position of a row. ValueError, with Russian words, for what cannot be."""
        part = self._parts[self._finder.school(told.school, told.municipality).pk]
        project = project_told(told.project, self._projects)
        if len(told.name) > 300 or len(told.unit) > 30:
            raise ValueError("слишком длинно: название — до 300 знаков, единица — до 30")
        row = self._known.get((part.pk, project.pk, fold(told.name)))
        counts = self._counts(told)
        if row is None and not counts:
            raise ValueError("нет ни «было», ни «стало»")
        kept = dict(zip(row.days, row.amounts, strict=True)) if row else {}
        return PlannedPosition(
            part,
            project,
            row.name if row else told.name,
            told.unit or (row.unit if row else "шт."),
            self._year(told.year, row),
            {day: amount for day, amount in counts.items() if kept.get(day) != amount},
            row,
        )

    def _year(self, text: str, row: Position | None) -> int:
        if not text and row is not None:
            return row.year
        said = _YEAR.match(fold(text))
        if said is None:
            raise ValueError(
                f"«{text[:20]}» не похоже на год получения" if text else "не назван год получения"
            )
        if not EARLIEST_YEAR <= int(said[1]) <= self._today.year:
            raise ValueError(f"год получения — от {EARLIEST_YEAR} до {self._today.year}")
        return int(said[1])

    def _counts(self, told: ToldEquipment) -> dict[date, int]:
        found: dict[date, int] = {}
        for amount, day, asked in zip(
            (told.was, told.now), (told.was_on, told.now_on), self._days, strict=True
        ):
            number = _amount(amount)
            if number is None:
                continue
            on = self._day(day) or asked
            if found.setdefault(on, number) != number:
                raise ValueError(f"на {day_words(on)} названо и {found[on]}, и {number}")
        return dict(sorted(found.items()))

    def _day(self, text: str) -> date | None:
        try:
            day = day_told(text)
        except NoSuchDay as error:
            raise ValueError(str(error)) from error
        if day is not None and day > self._today:
            raise ValueError(f"{day_words(day)} ещё не наступило")
        return day


def _amount(text: str) -> int | None:
    said = "".join(text.split())
    if not said or said in "-–—":
        return None
    if not _AMOUNT.match(said):
        raise ValueError(f"«{text[:20]}» не похоже на количество: нужно целое число")
    number = int(re.split(r"[.,]", said)[0])
    if number > MOST:
        raise ValueError(f"«{text[:20]}» больше {MOST:_}".replace("_", " "))
    return number
