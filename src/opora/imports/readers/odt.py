"""The reader of OpenDocument texts (.odt): paragraphs, numbered lists, tables with their merged cells, pages."""

from __future__ import annotations

from typing import Any, Final

from opora.imports.readers.archive import Archive
from opora.imports.readers.markup import local
from opora.imports.readers.odf_styles import OFFICE, TABLE, TEXT, OdfStyles, small
from opora.imports.readers.odf_words import OdfWords, content_of, look_through, words_of
from opora.imports.readers.placing import Placing
from opora.imports.readers.refusals import (
    MOST_CELL_LETTERS,
    MOST_DOCUMENT_ROWS,
    MOST_TABLES,
    grouped,
    too_many,
    too_many_rows,
)
from opora.imports.table import Paragraph, Source, Table

_AROUND: Final = frozenset({"section", "index-body", "table-of-content", "list-header", "sdt"})
_ROWS_AROUND: Final = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_MOST_REPEATED: Final = 200


def read_odt(archive: Archive) -> Source:
    """The paragraphs and tables of a text document in reading order.

    Refused: F-PASS, F-MACRO, F-ACTIVE, F-BROKEN, F-ROWS.
    """
    content, styles = content_of(archive)
    remarks = look_through(archive, content)
    reading = _Document(styles)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is not None:
        reading.read(body)
    return Source("odt", tuple(reading.blocks), remarks)


class _Document:
    def __init__(self, styles: OdfStyles) -> None:
        self.blocks: list[Paragraph | Table] = []
        self._styles = styles
        self._page = 1
        self._tables = 0
        self._rows = 0

    def read(self, container: Any) -> None:
        for node in container:
            name = local(node)
            if name in {"p", "h"}:
                self._paragraph(node, "")
            elif name in {"list", "numbered-paragraph"}:
                self._list(node, 1, "")
            elif name == "table":
                self._table(node)
            elif name == "soft-page-break":
                self._page += 1
            elif name in _AROUND:
                self.read(node)
            elif name == "frame":
                for box in node.iter("{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box"):
                    self.read(box)

    def _paragraph(self, node: Any, label: str) -> None:
        words = words_of(node, self._styles)
        style = self._styles.named(node.get(f"{TEXT}style-name"))
        self._page += style.breaks_before
        text = label + words.text
        if text.strip():
            is_bold = bool(words.text) and not words.plain
            is_heading = local(node) == "h" or (is_bold and bool(style.centred))
            self.blocks.append(Paragraph(text.strip(), self._page, is_heading))
        self._page += words.breaks
        for box in words.boxes:
            self.read(box)

    def _list(self, node: Any, level: int, style: str) -> None:
        for label, item in _items(node, level, style, self._styles):
            if local(item) == "table":
                self._table(item)
            else:
                self._paragraph(item, label)

    def _table(self, node: Any) -> None:
        self._tables += 1
        if self._tables > MOST_TABLES:
            raise too_many(f"Таблиц в файле больше {MOST_TABLES}.")
        self._page += self._styles.named(node.get(f"{TABLE}style-name")).breaks_before
        placing = Placing(self._tables)
        inner: list[Any] = []
        self._read_rows(node, placing, inner)
        table = placing.table()
        if table:
            self.blocks.append(table)
        for found in inner:
            self._table(found)

    def _read_rows(self, node: Any, placing: Placing, inner: list[Any]) -> None:
        for child in node:
            name = local(child)
            if name in _ROWS_AROUND:
                self._read_rows(child, placing, inner)
            elif name == "soft-page-break":
                self._page += 1
            elif name == "table-row":
                self._read_row(child, placing, inner)

    def _read_row(self, node: Any, placing: Placing, inner: list[Any]) -> None:
        is_hidden = node.get(f"{TABLE}visibility") in {"collapse", "filter"}
        for _ in range(min(small(node.get(f"{TABLE}number-rows-repeated"), 1), _MOST_REPEATED)):
            self._rows += 1
            if self._rows > MOST_DOCUMENT_ROWS:
                raise too_many_rows(MOST_DOCUMENT_ROWS)
            placing.begin(self._page, is_hidden=is_hidden)
            breaks = 0
            for cell in node:
                if local(cell) not in _CELLS:
                    continue
                repeated = min(small(cell.get(f"{TABLE}number-columns-repeated"), 1), _MOST_REPEATED)
                if local(cell) == "covered-table-cell":
                    continue
                text, is_bold, paged = self._cell(cell, inner)
                breaks = max(breaks, paged)
                for _ in range(repeated):
                    placing.add(
                        text,
                        down=small(cell.get(f"{TABLE}number-rows-spanned"), 1),
                        right=small(cell.get(f"{TABLE}number-columns-spanned"), 1),
                        is_bold=is_bold,
                    )
            self._page += breaks

    def _cell(self, cell: Any, inner: list[Any]) -> tuple[str, bool, int]:
        """The words of a cell, whether all are bold, and how many pages end in it."""
        lines: list[str] = []
        met: list[OdfWords] = []
        self._cell_part(cell, lines, met, inner)
        text = "\n".join(line for line in lines if line.strip())
        if len(text) > MOST_CELL_LETTERS:
            raise too_many(f"Ячейка (таблица {self._tables}) длиннее {grouped(MOST_CELL_LETTERS)} букв.")
        return text, bool(text) and not any(words.plain for words in met), sum(words.breaks for words in met)

    def _cell_part(self, node: Any, lines: list[str], met: list[OdfWords], inner: list[Any]) -> None:
        for child in node:
            name = local(child)
            pairs = [("", child)] if name in {"p", "h"} else []
            if name == "list":
                pairs = _items(child, 1, "", self._styles)
            elif name == "table":
                inner.append(child)
            elif name in _AROUND:
                self._cell_part(child, lines, met, inner)
            for label, item in pairs:
                if local(item) == "table":
                    inner.append(item)
                    continue
                words = words_of(item, self._styles)
                met.append(words)
                lines.append((label + words.text).strip())
                for box in words.boxes:
                    self._cell_part(box, lines, met, inner)


def _items(node: Any, level: int, style: str, styles: OdfStyles) -> list[tuple[str, Any]]:
    """The paragraphs and tables of a list, each first paragraph of an item with its printed number."""
    style = node.get(f"{TEXT}style-name") or style
    goes_on = node.get(f"{TEXT}continue-numbering") == "true" or node.get(f"{TEXT}continue-list") is not None
    styles.lists.begin(style, level, goes_on=goes_on or level > 1)
    found: list[tuple[str, Any]] = []
    for item in node:
        is_numbered = local(item) == "list-item"
        for child in item:
            name = local(child)
            if name == "list":
                found += _items(child, level + 1, style, styles)
                is_numbered = False
            elif name in {"p", "h", "table"}:
                label = styles.lists.next_label(style, level) if is_numbered and name != "table" else ""
                found.append((label, child))
                is_numbered = False
    return found
