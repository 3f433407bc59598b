"""A table of marks of ИС МЭДК: school, document, state, day, link; with a head, or in this very order without one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.documents.told_marks import ToldMark
from opora.imports.table import Source, Table

Grid = Sequence[tuple[str, Sequence[str]]]
_HEAD_ROWS: Final = 15
_MOST_ROWS: Final = 20_000
_ORDER: Final = re.compile(r"^(?:№|n|№ ?п/?п|п/?п)\.?$")
_COLUMNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("state", re.compile(r"состояни|статус|отметк|загружен")),
    ("on", re.compile(r"^дата|^день|когда")),
    ("address", re.compile(r"ссылк|адрес|url|http")),
    ("words", re.compile(r"пояснени|комментари|примечани|вопрос|замечани")),
    ("factor", re.compile(r"риск|фактор|направлени")),
    ("document", re.compile(r"документ|программ|наименование док")),
    ("municipality", re.compile(r"муниципалитет|муниципальн|район|округ|^мо$|^город")),
    ("school", re.compile(r"школ|\bоо\b|\bоу\b|организаци|учрежден")),
)
_NEEDED: Final = {"school", "document", "state"}
_PLAIN: Final = ("school", "document", "state", "on", "address", "words")
_STATE: Final = re.compile(r"загруж|подтвержд|верн|возвра|^нет$|^-$")


@dataclass(frozen=True, slots=True)
class MarkSheet:
    """Everything that was read, and what a person should know of it."""

    rows: tuple[ToldMark, ...]
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain lists and texts."""
        return {"rows": [row.as_json() for row in self.rows], "remarks": list(self.remarks)}


def understand(source: Source) -> MarkSheet:
    """The marks of a file. Refused with F-NOTABLE where no table of marks is found, with F-ROWS where it is too long."""
    rows = [row for table in source.tables for row in understand_rows(_grid(table))]
    _check(rows)
    return MarkSheet(tuple(rows), tuple(dict.fromkeys(words for _, words in source.remarks)))


def understand_cells(cells: Sequence[Sequence[str]]) -> MarkSheet:
    """The same of a rectangle from the clipboard."""
    rows = understand_rows([(f"строка {place}", row) for place, row in enumerate(cells, 1)])
    _check(rows)
    return MarkSheet(tuple(rows))


def understand_rows(grid: Grid) -> list[ToldMark]:
    """The rows of one table under its head; without a head the columns stand in the usual order."""
    for place, (_, head) in enumerate(grid[:_HEAD_ROWS]):
        columns = _columns(head)
        if columns.keys() >= _NEEDED:
            return _told(grid[place + 1 :], columns)
    plain = {name: column for column, name in enumerate(_PLAIN)}
    bare = [row for _, row in grid if len(row) >= 3 and _STATE.search(fold(row[2]))]
    return _told(grid, plain) if bare and len(bare) * 2 >= len(grid) else []


def _told(grid: Grid, columns: dict[str, int]) -> list[ToldMark]:
    rows = []
    for place, cells in grid:
        told = {name: cells[column] for name, column in columns.items() if column < len(cells)}
        if told.get("school") and told.get("document"):
            rows.append(ToldMark.of({"place": place, **told}))
    return rows


def _grid(table: Table) -> Grid:
    where = f"лист «{table.sheet}», " if table.sheet else ""
    return [
        (
            f"{where}строка {row.place.row}",
            [" ".join(clean(row.text_at(column)).split()) for column in range(min(table.width, 50))],
        )
        for row in table.rows
    ]


def _columns(head: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS:
        for column, text in enumerate(head):
            said = fold(text)
            if said and column not in found.values() and not _ORDER.match(said) and pattern.search(said):
                found[name] = column
                break
    return found


def _check(rows: Sequence[ToldMark]) -> None:
    if not rows:
        raise Refused(
            "Не найдена таблица отметок: нужны столбцы «Школа», «Документ» и «Состояние»; ещё понимаем «Риск», "
            "«Дата», «Ссылка», «Пояснение», «Муниципалитет».",
            code="F-NOTABLE",
        )
    if len(rows) > _MOST_ROWS:
        raise Refused(f"Строк больше {_MOST_ROWS}. Разделите таблицу.", code="F-ROWS", status=413)
