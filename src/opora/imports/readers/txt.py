"""The reader of plain text (.txt): tables by tabs, by bars, by spaces, with free words around them."""

from __future__ import annotations

from typing import Final

from opora.imports.readers.decoding import decode
from opora.imports.readers.drawn import Drawn, has_bars, is_rule, read_bars, read_spaced
from opora.imports.readers.refusals import MOST_ROWS, too_many, too_many_rows
from opora.imports.table import Cell, Paragraph, Place, Row, Source, Table

_MOST_LINE: Final = 100_000


def read_txt(content: bytes) -> Source:
    """The paragraphs and tables of a plain text. Refused: F-ENC, F-TYPE, F-ROWS."""
    return read_lines(decode(content))


def read_lines(text: str, kind: str = "txt") -> Source:
    """The paragraphs and tables of decoded text; a page is what stands between form feeds."""
    lines = text.split("\n")
    if any(len(line) > _MOST_LINE for line in lines):
        raise too_many("В файле есть строка длиннее 100 КБ.")
    reading = _Reading(lines)
    return Source(kind, tuple(reading.blocks()))


class _Reading:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._page = 1
        self._has_pages = any("\f" in line for line in lines)
        self._blocks: list[Paragraph | Table] = []
        self._tables = 0
        self._rows = 0

    def blocks(self) -> list[Paragraph | Table]:
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            if _is_tabbed(line):
                at = self._tabbed(at)
            elif has_bars(line) and self._is_drawn(at):
                at = self._barred(at)
            else:
                self._paragraph(line)
                at += 1
        if not self._tables:
            self._look_for_spaces()
        return self._blocks

    def _paragraph(self, line: str) -> None:
        self._page += line.count("\f")
        text = line.replace("\f", "").strip()
        if text and not is_rule(text):
            self._blocks.append(Paragraph(text, self._page if self._has_pages else None))

    def _tabbed(self, at: int) -> int:
        """A run of lines with tabs; empty lines between them are cuts of pages, not ends of the table."""
        rows: list[tuple[Cell, ...]] = []
        pages: list[int] = []
        while at < len(self._lines):
            line = self._lines[at]
            if not line.strip(" \f\t"):
                following = next((later for later in self._lines[at:] if later.strip(" \f\t")), "")
                if not _is_tabbed(following):
                    break
            elif _is_tabbed(line) or rows:
                rows.append(
                    tuple(
                        Cell(text.strip(), column)
                        for column, text in enumerate(line.replace("\f", "").split("\t"))
                    )
                )
            self._page += line.count("\f")
            if len(pages) < len(rows):
                pages.append(self._page)
            at += 1
        width = max(len(row) for row in rows)
        if len(rows) == 1:
            self._paragraph("\t".join(cell.text for cell in rows[0] if cell.text))
        else:
            self._table(rows, width, pages)
        return at

    def _is_drawn(self, at: int) -> bool:
        """One bar in a text is a letter; a table has them line after line."""
        near = [line for line in self._lines[max(0, at - 1) : at + 3] if has_bars(line) or is_rule(line)]
        return len(near) >= 2

    def _barred(self, at: int) -> int:
        lines: list[str] = []
        while at < len(self._lines) and (has_bars(self._lines[at]) or is_rule(self._lines[at])):
            lines.append(self._lines[at].replace("\f", ""))
            self._page += self._lines[at].count("\f")
            at += 1
        drawn = read_bars(lines)
        self._table(drawn.rows, drawn.width, [])
        return at

    def _table(self, rows: list[tuple[Cell, ...]], width: int, pages: list[int]) -> None:
        self._tables += 1
        self._rows += len(rows)
        if self._rows > MOST_ROWS:
            raise too_many_rows(MOST_ROWS)
        page = self._page if self._has_pages else None
        self._blocks.append(
            Table(
                tuple(
                    Row(cells, Place(pages[at] if pages and self._has_pages else page, self._tables, at + 1))
                    for at, cells in enumerate(rows)
                ),
                width,
            )
        )

    def _look_for_spaces(self) -> None:
        """The last resort: no tabs, no bars, but perhaps columns of words."""
        drawn = _spaced(self._lines)
        if drawn is None:
            return
        start, end, table = drawn
        self._blocks = []
        self._page = 1
        for line in self._lines[:start]:
            self._paragraph(line)
        self._table(table.rows, table.width, [])
        for line in self._lines[end:]:
            self._paragraph(line)


def _spaced(lines: list[str]) -> tuple[int, int, Drawn] | None:
    """The stretch of lines from the first to the last that shows columns, and its table."""
    gapped = [at for at, line in enumerate(lines) if len(line.strip().split("  ")) > 2]
    if len(gapped) < 3:
        return None
    start, end = gapped[0], gapped[-1] + 1
    while end < len(lines) and lines[end].startswith("  ") and lines[end].strip():
        end += 1
    table = read_spaced([line for line in lines[start:end] if line.strip() and not is_rule(line)])
    return (start, end, table) if table else None


def _is_tabbed(line: str) -> bool:
    return "\t" in line.strip(" \f")
