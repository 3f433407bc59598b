"""A table of equipment of schools: what was received by which project, how much there was and is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.imports.table import Source, Table
from opora.schools.told_equipment import ToldEquipment

_HEAD_ROWS: Final = 15
_ORDER: Final = re.compile(r"^(?:№|n|№ ?п/?п|п/?п)\.?$")
_SUM: Final = re.compile(r"^(?:итого|всего)\b")
# In the order of trying: what is narrow comes before what is wide.
_COLUMNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("was_on", re.compile(r"^было\b.*\b(?:день|дат\w+)|^дат\w+.*\bбыло\b")),
    ("now_on", re.compile(r"^стало\b.*\b(?:день|дат\w+)|^дат\w+.*\bстало\b")),
    ("was", re.compile(r"^было\b|на начало|первый подсч[её]т")),
    ("now", re.compile(r"^стало\b|на конец|сейчас|^есть\b|^количество|^кол-?во")),
    ("year", re.compile(r"^год\b|\bгод (?:получ|постав|приобрет)")),
    ("unit", re.compile(r"^ед\b|единиц")),
    ("project", re.compile(r"проект")),
    ("municipality", re.compile(r"муниципалитет|муниципальн|район|округ|^мо$|^город")),
    ("school", re.compile(r"школ|\bоо\b|\bоу\b|организаци|учрежден")),
    ("name", re.compile(r"получен|оборудован|оснащен|средств|позици|наименован|названи")),
)


@dataclass(frozen=True, slots=True)
class EquipmentSheet:
    """Everything that was read, and what a person should know of it."""

    rows: tuple[ToldEquipment, ...]
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain lists and texts."""
        return {"rows": [row.as_json() for row in self.rows], "remarks": list(self.remarks)}


def understand(source: Source) -> EquipmentSheet:
    """The positions of a file. Refused with F-NOTABLE where no table of equipment is found."""
    found = [one for table in source.tables if (one := _read(table)) is not None]
    rows = tuple(row for one in found for row in one)
    if not rows:
        raise Refused(
            "Не найдена таблица оснащения: нужны столбцы «Что получено» и «Было» или «Стало». Ещё понимаем «Школа», "
            "«Муниципалитет», «Национальный проект», «Единица», «Год».",
            code="F-NOTABLE",
        )
    return EquipmentSheet(rows, tuple(dict.fromkeys(words for _, words in source.remarks)))


def _read(table: Table) -> list[ToldEquipment] | None:
    where = f"лист «{table.sheet}», " if table.sheet else ""
    grid = [
        (row.place.row, [" ".join(clean(row.text_at(column)).split()) for column in range(table.width)])
        for row in table.rows
    ]
    for place, (_, head) in enumerate(grid[:_HEAD_ROWS]):
        columns = _columns(head)
        if "name" in columns and {"was", "now"} & columns.keys():
            told = [
                ToldEquipment(
                    place=f"{where}строка {number}", **{name: row[at] for name, at in columns.items()}
                )
                for number, row in grid[place + 1 :]
            ]
            return [one for one in told if one.name and not _SUM.match(fold(one.school or one.name))]
    return None


def _columns(head: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS:
        for column, text in enumerate(head):
            said = fold(text)
            if said and column not in found.values() and not _ORDER.match(said) and pattern.search(said):
                found[name] = column
                break
    return found
