"""Cells of a sheet gathered into rows: merged ranges, hidden rows and columns, limits; for xlsx and ods alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from opora.imports.readers.refusals import (
    LAST_COLUMN,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEET_CELL_LETTERS,
    grouped,
    too_many,
    too_many_rows,
)
from opora.imports.table import Cell, Place, Row, Table

_MOST_MERGED: Final = 20_000


@dataclass(slots=True)
class Merged:
    """A range of cells made one; rows and columns start at 0, the ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet while it is read: only its filled cells are kept."""

    name: str
    number: int
    cells: dict[int, dict[int, tuple[str, bool]]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    far: str = ""

    def put(self, row: int, column: int, text: str, is_bold: bool) -> None:
        """Keep one cell; what stands too far to the right is noted instead. Refused (F-ROWS) over the limits."""
        if not text.strip():
            return
        if column >= LAST_COLUMN:
            self.far = self.far or address(row, column)
            return
        if len(text) > MOST_SHEET_CELL_LETTERS:
            raise too_many(
                f"Ячейка {address(row, column)} (лист «{self.name}») длиннее {grouped(MOST_SHEET_CELL_LETTERS)} букв."
            )
        self.cells.setdefault(row, {})[column] = (text.strip(), is_bold)
        if len(self.cells) > MOST_ROWS:
            raise too_many_rows(MOST_ROWS, f"лист «{self.name}»")

    def table(self) -> Table | None:
        """The sheet as a table of its filled rows; None where nothing is filled."""
        used = {column for row in self.cells.values() for column in row}
        if len(used) > MOST_COLUMNS:
            raise too_many(f"Столбцов больше {MOST_COLUMNS} (лист «{self.name}»).")
        spans, above = self._spread()
        rows: list[Row] = []
        width = max(used, default=-1) + 1
        for number in sorted(set(self.cells) | set(above)):
            own = self.cells.get(number, {})
            cells = [
                Cell(text, column, spans.get((number, column), 1), is_bold=is_bold)
                for column, (text, is_bold) in own.items()
                if column not in self.hidden_columns
            ]
            cells += above.get(number, [])
            if own and cells:
                cells.sort(key=lambda cell: cell.column)
                width = max(width, cells[-1].column + cells[-1].span)
                rows.append(
                    Row(
                        tuple(cells),
                        Place(None, self.number, number + 1, self.name),
                        number in self.hidden_rows,
                    )
                )
        return Table(tuple(rows), width, self.name) if rows else None

    def remarks(self) -> list[tuple[str, str]]:
        """What a person should know of the sheet itself."""
        told = []
        hidden = sorted(
            {column for row in self.cells.values() for column in row if column in self.hidden_columns}
        )
        if hidden:
            names = ", ".join(letters(column) for column in hidden[:10])
            told.append(("hidden_columns", f"Скрытые столбцы не прочитаны: {names} (лист «{self.name}»)."))
        if self.far:
            told.append(
                (
                    "far_cells",
                    f"Ячейки правее столбца {letters(LAST_COLUMN - 1)} не прочитаны: {self.far} (лист «{self.name}»).",
                )
            )
        return told

    def _spread(self) -> tuple[dict[tuple[int, int], int], dict[int, list[Cell]]]:
        """Spans of the first cells of merged ranges, and the cells that repeat their words further down."""
        spans: dict[tuple[int, int], int] = {}
        above: dict[int, list[Cell]] = {}
        for merged in self.merged[:_MOST_MERGED]:
            text, is_bold = self.cells.get(merged.top, {}).get(merged.left, ("", False))
            if not text or merged.left in self.hidden_columns:
                continue
            span = min(merged.right, LAST_COLUMN) - merged.left + 1
            spans[merged.top, merged.left] = span
            for row in self._rows_between(merged.top + 1, merged.bottom):
                above.setdefault(row, []).append(Cell(text, merged.left, span, True, is_bold))
        return spans, above

    def _rows_between(self, first: int, last: int) -> list[int]:
        if last - first < len(self.cells):
            return [row for row in range(first, last + 1) if row in self.cells]
        return [row for row in self.cells if first <= row <= last]


def letters(column: int) -> str:
    """The name of a column counted from 0: 0 → A, 27 → AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """The address of a cell counted from 0: (1, 1) → B2."""
    return f"{letters(column)}{row + 1}"
