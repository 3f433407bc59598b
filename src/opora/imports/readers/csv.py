"""The reader of .csv: encoding and delimiter are told by the content; a formula is only text."""

from __future__ import annotations

import csv
import io
from typing import Final

from opora.imports.readers.decoding import decode
from opora.imports.readers.refusals import (
    LAST_COLUMN,
    MOST_ROWS,
    MOST_SHEET_CELL_LETTERS,
    too_many,
    too_many_rows,
)
from opora.imports.table import Cell, Place, Row, Source, Table

_DELIMITERS: Final = ";,\t|"
_SAMPLE: Final = 200
_MOST_LINE: Final = 100_000


def read_csv(content: bytes) -> Source:
    """The rows of a csv as one table. Refused: F-ENC, F-TYPE, F-ROWS."""
    text = decode(content)
    if text.lower().startswith("sep="):
        text = text.partition("\n")[2]
    csv.field_size_limit(MOST_SHEET_CELL_LETTERS * 4)
    try:
        rows = _rows(text, _delimiter(text))
    except csv.Error as error:
        raise too_many("В файле есть ячейка или строка длиннее 100 КБ.") from error
    width = max((len(row.cells) for row in rows), default=0)
    return Source("csv", (Table(tuple(rows), width),) if rows else ())


def _rows(text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= MOST_ROWS:
            raise too_many_rows(MOST_ROWS)
        if len(cells) > LAST_COLUMN or sum(map(len, cells)) > _MOST_LINE:
            raise too_many(f"Строка {number} длиннее 100 КБ или в ней больше {LAST_COLUMN} столбцов.")
        rows.append(
            Row(
                tuple(Cell(cell.strip(), column) for column, cell in enumerate(cells)),
                Place(None, 1, len(rows) + 1),
            )
        )
    return rows


def _delimiter(text: str) -> str:
    """The sign that parts most rows into the same number of cells, at least two."""
    best, score = ";", 0.0
    for delimiter in _DELIMITERS:
        widths: list[int] = []
        for cells in csv.reader(io.StringIO(text[: _MOST_LINE * 3], newline=""), delimiter=delimiter):
            widths.append(len(cells))
            if len(widths) >= _SAMPLE:
                break
        parted = [width for width in widths if width > 1]
        if not parted:
            continue
        usual = max(set(parted), key=parted.count)
        mark = parted.count(usual) / len(widths) * min(usual, 6)
        if mark > score:
            best, score = delimiter, mark
    return best
