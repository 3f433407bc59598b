"""The reader of PDF: pdfium gives letters and lines, the tables and the words are put together here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2.raw as pdfium

from opora.core.refusal import Refused
from opora.imports.readers.pdf_columns import Spaced, spaced_tables
from opora.imports.readers.pdf_dangers import refuse_dangers
from opora.imports.readers.pdf_family import unify
from opora.imports.readers.pdf_grid import Box, Grid, grids_of
from opora.imports.readers.pdf_page import Page, read_page
from opora.imports.readers.pdf_words import (
    Loose,
    Speller,
    TextLine,
    is_spaced,
    lines_of,
    text_of,
)
from opora.imports.readers.refusals import (
    MOST_CELL_LETTERS,
    MOST_PAGES,
    MOST_READ_PAGES,
    MOST_ROWS,
    broken,
    grouped,
    locked,
    too_many,
    too_many_rows,
)
from opora.imports.table import Cell, Paragraph, Place, Row, Source, Table

_SCAN: Final = (
    "В PDF нет текстового слоя: похоже, это скан. Загрузите docx или PDF из Word; как вложение скан принят."
)
_UNREADABLE: Final = (
    "В PDF нет читаемого текстового слоя: его буквы не опознаются. "
    "Загрузите docx или PDF из Word; как вложение файл принят."
)
_FEW_LETTERS: Final = 20
_PADDING: Final = 8.0


@dataclass(slots=True)
class Ruled:
    """A ruled table of one page while its words are not put together yet."""

    page: int
    grid: Grid
    lines: dict[int, list[TextLine]] = field(default_factory=dict)


def read_pdf(content: bytes) -> Source:
    """The paragraphs and tables of a PDF; a table that goes over pages comes as one table a page.

    Refused: F-ACTIVE, F-PASS, F-BROKEN, F-PAGES, F-SCAN, F-ROWS.
    """
    refuse_dangers(content)
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        raise (
            locked() if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD else broken("это не целый PDF")
        )
    try:
        count = pdfium.FPDF_GetPageCount(document)
        _check_count(count)
        pieces = _pieces(document, min(count, MOST_READ_PAGES))
    finally:
        pdfium.FPDF_CloseDocument(document)
    blocks = tuple(_Words(pieces).blocks())
    remarks = (
        (("F-PAGES", f"Прочитаны первые {MOST_READ_PAGES} страниц из {count}."),)
        if count > MOST_READ_PAGES
        else ()
    )
    return Source("pdf", blocks, remarks)


def _check_count(count: int) -> None:
    if count > MOST_PAGES:
        raise Refused(
            f"В файле {grouped(count)} страниц, можно не более {MOST_PAGES}.", code="F-PAGES", status=413
        )
    if count < 1:
        raise broken("в нём нет страниц")


def _pieces(document: Any, count: int) -> list[Ruled | Spaced | Loose]:
    """Tables and lines of all pages in reading order; Refused (F-SCAN) when there are hardly any letters."""
    pieces: list[Ruled | Spaced | Loose] = []
    letters = unreadable = pictures = 0
    for number in range(1, count + 1):
        page = read_page(document, number)
        letters += sum(not letter.text.isspace() for letter in page.letters)
        unreadable += page.unreadable
        pictures += page.pictures
        pieces += _of_page(page)
    if unreadable > letters:
        raise Refused(_UNREADABLE, code="F-SCAN")
    if not letters or (pictures >= count and letters < _FEW_LETTERS * count):
        raise Refused(_SCAN, code="F-SCAN")
    if not any(isinstance(piece, Ruled) for piece in pieces):
        return [*spaced_tables([piece for piece in pieces if isinstance(piece, Loose)])]
    return pieces


def _of_page(page: Page) -> list[Ruled | Spaced | Loose]:
    grids = grids_of(page)
    loose = []
    for letter in page.letters:
        x, y = (letter.left + letter.right) / 2, letter.middle
        box = next((box for grid in grids if (box := grid.box_at(x, y))), None)
        if box is None:
            loose.append(letter)
        else:
            box.letters.append(letter)
    lines = lines_of(loose)
    width = max((line.right for line in lines), default=0.0) - min((line.left for line in lines), default=0.0)
    placed: list[tuple[float, Ruled | Spaced | Loose]] = [
        (line.top, Loose(page.number, line, width)) for line in lines
    ]
    for grid in grids:
        ruled = Ruled(page.number, grid)
        for box in grid.boxes:
            ruled.lines[id(box)] = lines_of(box.letters)
            box.letters.clear()
        placed.append((grid.top, ruled))
    return [piece for _, piece in sorted(placed, key=lambda pair: pair[0])]


class _Words:
    """Pieces become blocks once it is known how the maker of the file breaks lines."""

    def __init__(self, pieces: list[Ruled | Spaced | Loose]) -> None:
        self._pieces = pieces
        self._speller = Speller()
        self._tables = 0
        self._rows = 0
        in_cells = [
            line
            for piece in pieces
            if isinstance(piece, Ruled)
            for lines in piece.lines.values()
            for line in lines
        ]
        self._spaced = is_spaced([*in_cells, *(piece.line for piece in pieces if isinstance(piece, Loose))])
        unify([piece.grid for piece in pieces if isinstance(piece, Ruled)])

    def blocks(self) -> Iterator[Paragraph | Table]:
        held: list[Loose] = []
        for piece in self._pieces:
            if isinstance(piece, Loose):
                if held and not self._goes_on(held[-1], piece):
                    yield self._paragraph(held)
                    held = []
                held.append(piece)
                continue
            if held:
                yield self._paragraph(held)
                held = []
            yield self._table(piece) if isinstance(piece, Ruled) else self._spaced_table(piece)
        if held:
            yield self._paragraph(held)

    def _goes_on(self, one: Loose, other: Loose) -> bool:
        height = one.line.bottom - one.line.top
        if one.page != other.page or other.line.top - one.line.bottom > 0.5 * height:
            return False
        if one.line.has_space or one.line.text.endswith("-"):
            return True
        return one.line.is_bold and other.line.is_bold and other.line.top - one.line.bottom < 0.3 * height

    def _paragraph(self, held: list[Loose]) -> Paragraph:
        lines = [piece.line for piece in held]
        text = text_of(lines, held[0].width, self._spaced, self._speller)
        return Paragraph(text, held[0].page, all(line.is_bold for line in lines))

    def _table(self, ruled: Ruled) -> Table:
        self._tables += 1
        texts = {id(box): self._cell_text(box, ruled) for box in ruled.grid.boxes}
        rows = tuple(
            self._row(
                [self._cell(box, at, ruled, texts[id(box)]) for box in _distinct(line)],
                ruled.page,
                at,
            )
            for at, line in enumerate(ruled.grid.cells)
        )
        return Table(rows, len(ruled.grid.xs) - 1)

    def _row(self, cells: list[Cell], page: int, at: int) -> Row:
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise too_many_rows(MOST_ROWS, f"страница {page}")
        return Row(tuple(cells), Place(page, self._tables, at + 1))

    def _cell_text(self, box: Box, ruled: Ruled) -> str:
        width = ruled.grid.xs[box.column + box.columns] - ruled.grid.xs[box.column] - _PADDING
        text = text_of(ruled.lines[id(box)], width, self._spaced, self._speller)
        if len(text) > MOST_CELL_LETTERS:
            raise too_many(f"Ячейка на странице {ruled.page} длиннее {grouped(MOST_CELL_LETTERS)} букв.")
        return text

    @staticmethod
    def _cell(box: Box, row: int, ruled: Ruled, text: str) -> Cell:
        lines = ruled.lines[id(box)]
        is_bold = bool(lines) and all(line.is_bold for line in lines)
        return Cell(text, box.column, box.columns, is_merged_above=box.row < row, is_bold=is_bold)

    def _spaced_table(self, table: Spaced) -> Table:
        self._tables += 1
        rows = tuple(
            self._row(
                [
                    Cell(text_of(lines, table.widths[column], self._spaced, self._speller), column, span)
                    for column, span, lines in row.cells
                ],
                row.page,
                at,
            )
            for at, row in enumerate(table.rows)
        )
        return Table(rows, len(table.widths))


def _distinct(line: list[Box]) -> list[Box]:
    return [box for at, box in enumerate(line) if at == 0 or line[at - 1] is not box]
