"""A table that was pasted or loaded beside the profiles as they are: what it would change, and what is doubtful."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from opora.core.russian import fold
from opora.schools.actions.risks import CHOSEN, LEFT, CellChange
from opora.schools.models import Participation
from opora.schools.risk_rules import cell_words, lacks
from opora.schools.risk_words import CellWords, read_cell, tells_only_choice
from opora.schools.risks import Cell, Profile

MOST_REMARKS: Final = 200
_NEW, _CHANGED = "new", "changed"


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One school as a table names it, with the words of its cells by factor number."""

    place: str
    school: str
    municipality: str
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that would change."""

    profile: Profile
    cell: Cell
    change: CellChange
    is_new: bool
    becomes: str

    @property
    def was(self) -> str:
        return self.cell.words


@dataclass(slots=True)
class Plan:
    """What agreeing would do."""

    differences: list[Difference] = field(default_factory=list)
    same: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(one.is_new for one in self.differences)

    @property
    def changed(self) -> int:
        return len(self.differences) - self.new

    @property
    def schools(self) -> int:
        return len({one.profile.participation.pk for one in self.differences})

    @property
    def loads(self) -> list[tuple[Participation, list[CellChange]]]:
        """The changes by school, as the action takes them."""
        found: dict[int, tuple[Participation, list[CellChange]]] = {}
        for one in self.differences:
            part = one.profile.participation
            found.setdefault(part.pk, (part, []))[1].append(one.change)
        return list(found.values())

    @property
    def mark(self) -> str:
        """A hash of what was shown: agreeing to something else than was seen is refused."""
        told = [
            f"{one.profile.participation.pk}:{one.cell.number}:{one.change.version}:{one.becomes}"
            for one in self.differences
        ]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def plan_of(rows: Sequence[ToldRow], profiles: Sequence[Profile], *, may_level: Collection[int]) -> Plan:
    """Compare a table with the profiles; `may_level` are the schools whose levels this person may set."""
    plan = Plan()
    only_choice = tells_only_choice(text for row in rows for _, text in row.cells)
    names = _Names(profiles)
    seen: dict[int, str] = {}
    for row in rows:
        profile = names.find(row, plan.remarks)
        if profile is None:
            continue
        first = seen.setdefault(profile.participation.pk, row.place)
        if first != row.place:
            plan.remarks.append(f"{row.place}: «{row.school}» уже была ({first}), взята первая строка.")
            continue
        _compare(plan, row, profile, only_choice, profile.school.pk in may_level)
    hidden = len(plan.remarks) - MOST_REMARKS
    if hidden > 0:
        plan.remarks[MOST_REMARKS:] = [f"И ещё замечаний: {hidden}."]
    return plan


def placed(
    cells: Sequence[Sequence[str]], profiles: Sequence[Profile], school: int, number: int
) -> tuple[list[ToldRow], list[str]]:
    """A rectangle without a head, laid from one cell down and to the right, as a spreadsheet does it."""
    start = next((place for place, one in enumerate(profiles) if one.school.pk == school), None)
    if start is None or not profiles:
        return [], ["Клетки, в которую вставляют, больше нет: откройте таблицу заново."]
    numbers = [cell.number for cell in profiles[start].cells if cell.number >= number]
    rows = [
        ToldRow(
            f"строка {place}",
            profile.school.short_name,
            profile.school.municipality.name,
            tuple((one, text) for one, text in zip(numbers, row, strict=False) if text),
        )
        for place, (profile, row) in enumerate(zip(profiles[start:], cells, strict=False), 1)
    ]
    remarks = []
    if len(cells) > len(profiles) - start:
        remarks.append(
            f"Строк вставлено {len(cells)}, а школ от этой клетки вниз {len(profiles) - start}: лишние пропущены."
        )
    wide = max((len(row) for row in cells), default=0)
    if wide > len(numbers):
        remarks.append(
            f"Столбцов вставлено {wide}, а от этой клетки вправо {len(numbers)}: лишние пропущены."
        )
    return rows, remarks


def as_text(rows: Iterable[ToldRow], numbers: Sequence[int]) -> str:
    """The same table as plain text with a head: what the page of agreement sends back."""
    lines = ["\t".join(["Школа", "Муниципалитет", *map(str, numbers)])]
    for row in rows:
        told = dict(row.cells)
        cells = [row.school, row.municipality, *(told.get(number, "") for number in numbers)]
        lines.append("\t".join(" ".join(cell.replace('"', "'").split()) for cell in cells))
    return "\n".join(lines)


def _compare(plan: Plan, row: ToldRow, profile: Profile, only_choice: bool, may_level: bool) -> None:
    cells = {cell.number: cell for cell in profile.cells}
    after: Mapping[int, Cell] = dict(cells)
    found: list[Difference] = []
    for number, text in row.cells:
        told = read_cell(text, only_choice=only_choice)
        if told is None:
            plan.remarks.append(
                f"{row.place}, {row.school}, № {number}: «{text[:40]}» не понято. Пишут Н, С, В, «+» или «не взят»."
            )
            continue
        cell = cells[number]
        if told.level is not None and told.level != cell.level and not may_level:
            plan.remarks.append(
                f"{row.place}, {row.school}, № {number}: значимость меняет муниципальный координатор, "
                "она оставлена как есть."
            )
            told = CellWords(None, told.is_chosen, told.reason)
        difference = _difference(profile, cell, told)
        if difference is None:
            plan.same += 1
        else:
            found.append(difference)
    plan.differences += found
    plan.remarks += [f"{row.school}: {words}." for words in _lacks_after(profile, after, found)]


def _difference(profile: Profile, cell: Cell, told: CellWords) -> Difference | None:
    choice = {True: CHOSEN, False: LEFT, None: None}[told.is_chosen]
    level = cell.level if told.level is None else told.level
    is_chosen = cell.is_chosen if told.is_chosen is None else told.is_chosen
    reason = (told.reason or cell.reason) if is_chosen is False else ""
    if (level, is_chosen, reason) == (cell.level, cell.is_chosen, cell.reason):
        return None
    change = CellChange(cell.factor, cell.version, told.level, choice, told.reason or None)
    return Difference(profile, cell, change, cell.risk is None, cell_words(level, is_chosen, reason))


@dataclass(frozen=True, slots=True)
class _After:
    number: int
    level: str
    is_chosen: bool | None
    reason: str


def _lacks_after(profile: Profile, cells: Mapping[int, Cell], found: Sequence[Difference]) -> tuple[str, ...]:
    """What the choice of the school would lack: said only where the table speaks of the choice at all."""
    if not any(one.change.choice for one in found):
        return ()
    after: dict[int, _After] = {
        cell.number: _After(cell.number, cell.level, cell.is_chosen, cell.reason) for cell in cells.values()
    }
    for one in found:
        cell, change = one.cell, one.change
        is_chosen = {CHOSEN: True, LEFT: False}.get(change.choice or "", cell.is_chosen)
        after[cell.number] = _After(
            cell.number,
            change.level or cell.level,
            is_chosen,
            (change.reason or cell.reason) if is_chosen is False else "",
        )
    programme = profile.participation.programme
    return lacks(after.values(), least=programme.least_risks, most=programme.most_risks)


class _Names:
    """The schools by what a table may call them."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.by_name: dict[str, list[Profile]] = {}
        self.by_number: dict[int, list[Profile]] = {}
        for profile in profiles:
            school = profile.school
            for name in {fold(school.short_name), fold(school.name)}:
                self.by_name.setdefault(name, []).append(profile)
            if school.number is not None:
                self.by_number.setdefault(school.number, []).append(profile)

    def find(self, row: ToldRow, remarks: list[str]) -> Profile | None:
        """The one profile that a row means; a remark where there is none or more than one."""
        found = self._in_place(self.by_name.get(fold(row.school), []), row.municipality)
        if not found:
            numbers = re.findall(r"\d+", row.school)
            known = (
                self.by_number.get(int(numbers[0]), []) if len(numbers) == 1 and len(numbers[0]) < 9 else []
            )
            found = self._in_place(known, row.municipality)
        if len(found) == 1:
            return found[0]
        words = (
            "подходит несколько школ, добавьте столбец «Муниципалитет»"
            if found
            else "такой школы нет среди участников, которых вы ведёте"
        )
        remarks.append(f"{row.place}: «{row.school[:80]}» — {words}. Строка пропущена.")
        return None

    @staticmethod
    def _in_place(profiles: Sequence[Profile], municipality: str) -> list[Profile]:
        if not municipality or len(profiles) < 2:
            return list(profiles)
        named = fold(municipality)
        return [
            one
            for one in profiles
            if named in fold(one.school.municipality.name) or fold(one.school.municipality.name) in named
        ]
