"""The reader of OpenDocument sheets (.ods): every visible sheet as a table of what a person sees in its cells."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from opora.core.refusal import Refused
from opora.imports.readers.archive import Archive
from opora.imports.readers.markup import local
from opora.imports.readers.odf_styles import OFFICE, TABLE, TEXT, OdfStyles, small
from opora.imports.readers.odf_words import content_of, look_through, words_of
from opora.imports.readers.refusals import LAST_COLUMN, MOST_SHEETS, too_many
from opora.imports.readers.sheet_rows import Merged, Sheet, address
from opora.imports.readers.xlsx_formats import shown_date
from opora.imports.table import Source, Table

_ROWS_AROUND: Final = frozenset({"table-row-group", "table-header-rows", "table-rows"})
_COLUMNS_AROUND: Final = frozenset({"table-column-group", "table-header-columns", "table-columns"})
_HIDDEN: Final = frozenset({"collapse", "filter"})
_MOST_REPEATED: Final = 1000
_MONTH_ALONE: Final = re.compile(r"\d{2}\.\d{4}|[^\d]*[А-Яа-яA-Za-z]{3}[^\d]*(?:\d{2}|\d{4})?[^\d]*")


def read_ods(archive: Archive) -> Source:
    """The visible sheets of a workbook as tables.

    Refused: F-PASS, F-MACRO, F-ACTIVE, F-BROKEN, F-FORM, F-ROWS.
    """
    content, styles = content_of(archive)
    remarks = [*look_through(archive, content)]
    sheets = content.findall(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    if len(sheets) > MOST_SHEETS:
        raise too_many(f"Листов больше {MOST_SHEETS}.")
    tables: list[Table] = []
    for number, node in enumerate(sheets, start=1):
        name = node.get(f"{TABLE}name", "")
        if not styles.named(node.get(f"{TABLE}style-name")).is_shown:
            remarks.append(("hidden_sheet", f"Скрытый лист «{name}» не прочитан."))
            continue
        sheet = _SheetReading(Sheet(name, number), styles).read(node)
        table = sheet.table()
        remarks += sheet.remarks()
        tables += [table] if table else []
    return Source("ods", tuple(tables), tuple(remarks))


class _SheetReading:
    def __init__(self, sheet: Sheet, styles: OdfStyles) -> None:
        self._sheet = sheet
        self._styles = styles
        self._row = 0
        self._column = 0
        self._bare: list[tuple[int, int]] = []

    def read(self, node: Any) -> Sheet:
        self._read_part(node)
        for row, column in self._bare:
            if self._sheet.cells.get(row):
                raise Refused(
                    f"Ячейка {address(row, column)} содержит формулу без сохранённого значения "
                    f"(лист «{self._sheet.name}»). Откройте книгу, пересчитайте и сохраните.",
                    code="F-FORM",
                )
        return self._sheet

    def _read_part(self, node: Any) -> None:
        for child in node:
            name = local(child)
            if name == "table-row":
                self._read_row(child)
            elif name == "table-column":
                self._read_column(child)
            elif name in _ROWS_AROUND or name in _COLUMNS_AROUND:
                self._read_part(child)

    def _read_column(self, node: Any) -> None:
        repeated = small(node.get(f"{TABLE}number-columns-repeated"), 1)
        if node.get(f"{TABLE}visibility") in _HIDDEN:
            self._sheet.hidden_columns.update(range(self._column, min(self._column + repeated, LAST_COLUMN)))
        self._column += repeated

    def _read_row(self, node: Any) -> None:
        repeated = small(node.get(f"{TABLE}number-rows-repeated"), 1)
        cells = self._cells(node)
        is_hidden = node.get(f"{TABLE}visibility") in _HIDDEN
        # An empty row may be repeated a million times; only filled ones are worth repeating, and not for ever.
        for row in range(self._row, self._row + (min(repeated, _MOST_REPEATED) if cells else 0)):
            for column, text, is_bold, down, right in cells:
                self._sheet.put(row, column, text, is_bold)
                if (down > 1 or right > 1) and repeated == 1:
                    self._sheet.merged.append(Merged(row, column, row + down - 1, column + right - 1))
            if is_hidden:
                self._sheet.hidden_rows.add(row)
        self._row += repeated

    def _cells(self, node: Any) -> list[tuple[int, str, bool, int, int]]:
        """Column, text, bold, rows and columns covered, for every filled cell of a row."""
        cells: list[tuple[int, str, bool, int, int]] = []
        column = 0
        for cell in node:
            if local(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            repeated = small(cell.get(f"{TABLE}number-columns-repeated"), 1)
            text, is_plain = self._text(cell)
            if text and local(cell) == "table-cell":
                down = small(cell.get(f"{TABLE}number-rows-spanned"), 1)
                right = small(cell.get(f"{TABLE}number-columns-spanned"), 1)
                is_bold = self._is_bold(cell, is_plain)
                last = column + min(repeated, LAST_COLUMN + 1)
                cells += [(at, text, is_bold, down, right) for at in range(column, last)]
            elif not text and cell.get(f"{TABLE}formula") and cell.get(f"{OFFICE}value-type") is None:
                self._bare.append((self._row, column))
            column += repeated
        return cells

    def _is_bold(self, cell: Any, is_plain: bool) -> bool:
        return bool(self._styles.named(cell.get(f"{TABLE}style-name")).bold) or not is_plain

    def _text(self, cell: Any) -> tuple[str, bool]:
        lines = [words_of(child, self._styles) for child in cell if child.tag == f"{TEXT}p"]
        text = "\n".join(line.text for line in lines).strip()
        day = cell.get(f"{OFFICE}date-value")
        if text and day:
            text = _shown_day(day, text)
        return text, any(line.plain for line in lines) or not lines


def _shown_day(value: str, text: str) -> str:
    """A day in full; a month alone where the cell shows only the month."""
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return text
    return shown_date(day, "month" if _MONTH_ALONE.fullmatch(text) else "day")
