"""Cells that say how many rows and columns they cover put on a grid, as HTML and OpenDocument tables need it."""

from __future__ import annotations

from typing import Final

from opora.imports.table import Cell, Place, Row, Table

_MOST_SPAN: Final = 100
_MOST_COLUMNS: Final = 500


class Placing:
    """One table while it is read: rows are begun, cells are added from left to right."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._rows: list[Row] = []
        self._cells: list[Cell] = []
        self._begun: tuple[int | None, bool] | None = None
        # column → (rows still covered, the cell that covers it)
        self._covered: dict[int, tuple[int, Cell]] = {}
        self._width = 0

    def begin(self, page: int | None, *, is_hidden: bool = False) -> None:
        """Open the next row."""
        self._end()
        self._begun = (page, is_hidden)

    def add(self, text: str, *, down: int = 1, right: int = 1, is_bold: bool = False) -> None:
        """Add a cell at the first free column; `down` and `right` count rows and columns it covers."""
        self._repeat_covered()
        column = self._cells[-1].column + self._cells[-1].span if self._cells else 0
        if column >= _MOST_COLUMNS:
            return
        cell = Cell(text, column, max(1, min(right, _MOST_SPAN)), is_bold=is_bold)
        self._cells.append(cell)
        if down > 1:
            self._covered[column] = (down - 1, cell)

    def table(self) -> Table | None:
        """The table; None when it has no rows."""
        self._end()
        return Table(tuple(self._rows), self._width) if self._rows else None

    def _repeat_covered(self) -> None:
        """Cells that a cell above covers are there, with its words."""
        while True:
            column = self._cells[-1].column + self._cells[-1].span if self._cells else 0
            left, cell = self._covered.get(column, (0, None))
            if not left or cell is None:
                return
            self._cells.append(Cell(cell.text, column, cell.span, True, cell.is_bold))
            self._covered[column] = (left - 1, cell)

    def _end(self) -> None:
        if self._begun is None:
            return
        self._repeat_covered()
        page, is_hidden = self._begun
        if self._cells:
            place = Place(page, self._number, len(self._rows) + 1)
            self._rows.append(Row(tuple(self._cells), place, is_hidden))
            self._width = max(self._width, self._cells[-1].column + self._cells[-1].span)
        self._cells = []
        self._begun = None
