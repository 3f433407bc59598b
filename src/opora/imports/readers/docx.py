"""The reader of Word documents (.docx): body, tables with their merged cells, boxes of text, pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from opora.imports.readers.archive import Archive
from opora.imports.readers.docx_numbers import Numbers, W
from opora.imports.readers.docx_styles import Styles, is_on, value_of, whole_number
from opora.imports.readers.docx_text import Reader, Words
from opora.imports.readers.markup import local, parse
from opora.imports.readers.office import look_through
from opora.imports.readers.refusals import (
    MOST_CELL_LETTERS,
    MOST_DOCUMENT_ROWS,
    MOST_TABLES,
    grouped,
    too_many,
    too_many_rows,
)
from opora.imports.table import Cell, Paragraph, Place, Row, Source, Table

_MOST_SPAN: Final = 100
# Wrappers that stand around paragraphs, rows and cells and mean nothing to a reader.
_WRAPPERS: Final = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"}
)


def read_docx(archive: Archive) -> Source:
    """The paragraphs and tables of a Word document in reading order.

    Refused: F-MACRO, F-ACTIVE, F-BROKEN, F-ROWS.
    """
    remarks = look_through(archive)
    main = _main_part(archive)
    folder = main.rpartition("/")[0]
    root = parse(archive.read(main))
    body = root.find(f"{W}body")
    document = _Document(
        Reader(Styles(archive.find(f"{folder}/styles.xml")), Numbers(archive.find(f"{folder}/numbering.xml")))
    )
    if body is not None:
        document.read(body)
    return Source("docx", tuple(document.blocks), remarks)


def _main_part(archive: Archive) -> str:
    links = archive.find("_rels/.rels")
    if links is not None:
        for link in parse(links):
            target = link.get("Target", "").lstrip("/")
            if link.get("Type", "").endswith("/officeDocument") and target in archive:
                return str(target)
    return "word/document.xml"


class _Document:
    def __init__(self, reader: Reader) -> None:
        self.blocks: list[Paragraph | Table] = []
        self._reader = reader
        self._page = 1
        self._tables = 0
        self._rows = 0

    def read(self, container: Any) -> None:
        for node in _unwrapped(container):
            name = local(node)
            if name == "p":
                self._paragraph(node)
            elif name == "tbl":
                self._table(node)

    def _paragraph(self, node: Any) -> None:
        words = self._reader.words(node)
        if words.is_break_first:
            self._page += words.breaks
        if words.text:
            self.blocks.append(Paragraph(words.text, self._page, words.is_heading))
        if not words.is_break_first:
            self._page += words.breaks
        for box in words.boxes:
            self.read(box)
        section = node.find(f"{W}pPr/{W}sectPr")
        if section is not None and value_of(section, "type") in {None, "nextPage", "evenPage", "oddPage"}:
            self._page += 1

    def _table(self, node: Any) -> None:
        self._tables += 1
        if self._tables > MOST_TABLES:
            raise too_many(f"Таблиц в файле больше {MOST_TABLES}, строк в них не сосчитать.")
        reading = _TableReading(self._reader, self._tables, self._page)
        for row in _unwrapped(node):
            if local(row) != "tr" or _is_deleted(row):
                continue
            self._rows += 1
            if self._rows > MOST_DOCUMENT_ROWS:
                raise too_many_rows(MOST_DOCUMENT_ROWS)
            reading.add(row)
        self._page = reading.page
        grid = node.find(f"{W}tblGrid")
        columns = len(grid.findall(f"{W}gridCol")) if grid is not None else 0
        if reading.rows:
            self.blocks.append(Table(tuple(reading.rows), max(reading.width, min(columns, _MOST_SPAN))))
        for inner in reading.inner:
            self._table(inner)
        for box in reading.boxes:
            self.read(box)


class _TableReading:
    """One table while it is read; `inner` are tables inside cells that are too large to be words of a cell."""

    def __init__(self, reader: Reader, number: int, page: int) -> None:
        self.rows: list[Row] = []
        self.inner: list[Any] = []
        self.boxes: list[Any] = []
        self.width = 0
        self.page = page
        self._reader = reader
        self._number = number
        self._open: dict[int, str] = {}

    def add(self, node: Any) -> None:
        properties = node.find(f"{W}trPr")
        column = min(whole_number(value_of(properties, "gridBefore")) or 0, _MOST_SPAN)
        cells: list[Cell] = []
        page, breaks = self.page, 0
        for tc in _unwrapped(node):
            if local(tc) != "tc":
                continue
            content = self._content(tc)
            if content.is_break_first and not any(cell.text for cell in cells):
                page = self.page + 1
            breaks = max(breaks, content.breaks)
            self._place(tc, content, column, cells)
            column = cells[-1].column + cells[-1].span
        place = Place(page=page, table=self._number, row=len(self.rows) + 1)
        self.page += breaks
        self.width = max(self.width, column)
        self.rows.append(Row(tuple(cells), place, bool(is_on(properties, "hidden"))))

    def _place(self, tc: Any, content: Words, column: int, cells: list[Cell]) -> None:
        """Add a cell to its row; a vertically merged one repeats the words above."""
        properties = tc.find(f"{W}tcPr")
        span = max(1, min(whole_number(value_of(properties, "gridSpan")) or 1, _MOST_SPAN))
        if value_of(properties, "hMerge") == "continue" and cells:
            last = cells[-1]
            cells[-1] = Cell(last.text, last.column, last.span + span, last.is_merged_above, last.is_bold)
            return
        merge = properties.find(f"{W}vMerge") if properties is not None else None
        if merge is None:
            self._open.pop(column, None)
        elif merge.get(f"{W}val") == "restart" or column not in self._open:
            self._open[column] = content.text
        else:
            cells.append(Cell(self._open[column], column, span, True, content.is_bold))
            return
        cells.append(Cell(content.text, column, span, False, content.is_bold))

    def _content(self, tc: Any) -> Words:
        """Everything a cell says, one paragraph a line."""
        whole = Words("", is_bold=True, is_heading=False, is_break_first=False, breaks=0)
        lines: list[str] = []
        for node in _unwrapped(tc):
            name = local(node)
            if name == "p":
                words = self._reader.words(node)
                whole.is_break_first |= words.is_break_first and not any(lines)
                whole.breaks += words.breaks
                whole.is_bold &= words.is_bold or not words.text
                lines.append(words.text)
                lines += [self._box(box) for box in words.boxes]
            elif name == "tbl":
                if _is_large(node):
                    self.inner.append(node)
                else:
                    lines += self._flat(node)
        whole.text = "\n".join(line for line in lines if line)
        whole.is_bold &= bool(whole.text)
        if len(whole.text) > MOST_CELL_LETTERS:
            raise too_many(
                f"Ячейка (таблица {self._number}, строка {len(self.rows) + 1}) длиннее {grouped(MOST_CELL_LETTERS)} букв."
            )
        return whole

    def _box(self, box: Any) -> str:
        return "\n".join(text for node in box.iter(f"{W}p") if (text := self._reader.words(node).text))

    def _flat(self, table: Any) -> list[str]:
        return [
            " ".join(
                text
                for tc in row.iter(f"{W}tc")
                for node in tc.iter(f"{W}p")
                if (text := self._reader.words(node).text)
            )
            for row in table.iter(f"{W}tr")
        ]


def _unwrapped(container: Any) -> Iterator[Any]:
    for child in container:
        if local(child) in _WRAPPERS:
            if not _is_second_way(child):
                yield from _unwrapped(child)
        else:
            yield child


def _is_second_way(node: Any) -> bool:
    """A second `Choice` of one alternate content says the same again."""
    previous = node.getprevious()
    return local(node) == "Choice" and previous is not None and local(previous) == "Choice"


def _is_deleted(row: Any) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _is_large(table: Any) -> bool:
    rows = table.findall(f"{W}tr")
    return len(rows) >= 3 and max(len(row.findall(f"{W}tc")) for row in rows) >= 3
