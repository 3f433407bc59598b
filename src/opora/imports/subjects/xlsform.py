"""A workbook in XLSForm: its sheets become a compiled form, or any filled workbook becomes plain rows of cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from opora.imports.table import Source
from opora.questionnaires.compiling import Compiled, Remark, compile_sheets
from opora.questionnaires.xlsform import RawSheet


@dataclass(frozen=True, slots=True)
class Cells:
    """The sheets of a workbook as rows of cells, for whoever knows what they should hold."""

    sheets: tuple[RawSheet, ...]

    def as_json(self) -> dict[str, Any]:
        """The sheets as plain lists: name, rows of (number, cells as pairs of column and words)."""
        return {
            "sheets": [
                [sheet.name, [[row, sorted(cells.items())] for row, cells in sheet.rows]]
                for sheet in self.sheets
            ]
        }


def understand(source: Source, *, title: str = "", as_cells: bool = False) -> Compiled | Cells:
    """The form of a workbook, or its bare cells. Refused as `compile_sheets`."""
    sheets = tuple(_sheets(source))
    if as_cells:
        return Cells(sheets)
    compiled = compile_sheets(sheets, name=PurePath(title).stem)
    told = tuple(Remark("", 0, words) for _, words in source.remarks)
    return Compiled(compiled.form, (*told, *compiled.remarks))


def _sheets(source: Source) -> Iterator[RawSheet]:
    for table in source.tables:
        rows = tuple(
            (
                row.place.row,
                {cell.column: cell.text for cell in row.cells if not cell.is_merged_above},
            )
            for row in table.rows
        )
        yield RawSheet(table.sheet, rows)
