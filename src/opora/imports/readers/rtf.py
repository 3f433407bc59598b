"""The reader of .rtf: paragraphs, and tables whose columns are told by the edges of their cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from opora.imports.readers.refusals import (
    MOST_CELL_LETTERS,
    MOST_DOCUMENT_ROWS,
    grouped,
    too_many,
    too_many_rows,
)
from opora.imports.readers.rtf_words import Event, events
from opora.imports.table import Cell, Paragraph, Place, Row, Source, Table

_NEAR: Final = 60
_MOST_EDGES: Final = 100


@dataclass(slots=True)
class _Edge:
    """The right edge of a cell in twips and how the cell is merged."""

    at: int
    is_merged_above: bool = False
    is_merged_left: bool = False


@dataclass(slots=True)
class _Line:
    """A finished row of a table before its columns are known."""

    edges: list[_Edge]
    cells: list[tuple[str, bool]]
    page: int
    left: int


@dataclass(slots=True)
class _Words:
    pieces: list[str] = field(default_factory=list)
    has_plain: bool = False

    def say(self, event: Event) -> None:
        self.pieces.append(event.text)
        self.has_plain |= bool(event.text.strip()) and not event.is_bold

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip(" \t\n")


def read_rtf(content: bytes) -> Source:
    """The paragraphs and tables of an RTF in reading order. Refused: F-ACTIVE, F-BROKEN, F-ROWS."""
    reading = _Reading()
    for event in events(content):
        if event.word:
            reading.obey(event.word, event.number)
        else:
            reading.say(event)
    return Source("rtf", tuple(reading.finished()))


class _Reading:
    def __init__(self) -> None:
        self._blocks: list[Paragraph | Table] = []
        self._words = _Words()
        self._edges: list[_Edge] = []
        self._next = _Edge(0)
        self._cells: list[tuple[str, bool]] = []
        self._lines: list[_Line] = []
        self._left = 0
        self._page = 1
        self._rows = 0
        self._tables = 0
        self._is_in_table = self._is_centred = False

    def say(self, event: Event) -> None:
        self._words.say(event)

    def obey(self, word: str, number: int | None) -> None:
        """Follow a control word that shapes paragraphs, rows or cells."""
        match word:
            case "par" | "sect" | "page":
                self._end_paragraph(is_page=word != "par")
            case "pard":
                self._is_in_table = self._is_centred = False
            case "intbl":
                self._is_in_table = True
            case "qc":
                self._is_centred = True
            case "nestcell":
                self._words.pieces.append(" ")
            case "nestrow":
                self._words.pieces.append("\n")
            case "cell":
                self._end_cell()
            case "row":
                self._end_row()
            case _:
                self._shape(word, number or 0)

    def finished(self) -> list[Paragraph | Table]:
        """All blocks, the last ones closed."""
        if self._cells:
            self._end_row()
        self._end_paragraph(is_page=False)
        self._end_table()
        return self._blocks

    def _shape(self, word: str, number: int) -> None:
        """Follow a word that says where the cells of the next row lie."""
        match word:
            case "trowd":
                self._edges, self._next, self._left = [], _Edge(0), 0
            case "trleft":
                self._left = number
            case "clvmrg":
                self._next.is_merged_above = True
            case "clmrg":
                self._next.is_merged_left = True
            case "cellx" if len(self._edges) < _MOST_EDGES:
                self._next.at = number
                self._edges.append(self._next)
                self._next = _Edge(0)

    def _end_paragraph(self, *, is_page: bool) -> None:
        if self._is_in_table and not is_page:
            self._words.pieces.append("\n")
            return
        words, self._words = self._words, _Words()
        if words.text:
            self._end_table()
            is_heading = self._is_centred and not words.has_plain
            self._blocks.append(Paragraph(words.text, self._page, is_heading))
        self._page += is_page

    def _end_cell(self) -> None:
        words, self._words = self._words, _Words()
        lines = [line.strip() for line in words.text.split("\n")]
        text = "\n".join(line for line in lines if line)
        if len(text) > MOST_CELL_LETTERS:
            raise too_many(f"Ячейка (таблица {self._tables + 1}) длиннее {grouped(MOST_CELL_LETTERS)} букв.")
        self._cells.append((text, bool(text) and not words.has_plain))

    def _end_row(self) -> None:
        if self._words.text:
            self._end_cell()
        self._words = _Words()
        self._rows += 1
        if self._rows > MOST_DOCUMENT_ROWS:
            raise too_many_rows(MOST_DOCUMENT_ROWS)
        if self._cells:
            self._lines.append(_Line(self._edges[:], self._cells, self._page, self._left))
        self._cells = []

    def _end_table(self) -> None:
        lines, self._lines = self._lines, []
        if not lines:
            return
        self._tables += 1
        places = _places(lines)
        above: dict[int, str] = {}
        rows = [
            Row(tuple(_cells(line, places, above)), Place(line.page, self._tables, at))
            for at, line in enumerate(lines, start=1)
        ]
        width = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
        self._blocks.append(Table(tuple(rows), width))


def _places(lines: list[_Line]) -> list[int]:
    """Where columns end: the edges of all rows, those a hair apart taken for one."""
    places: list[int] = []
    for at in sorted({edge.at for line in lines for edge in line.edges}):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _cells(line: _Line, places: list[int], above: dict[int, str]) -> list[Cell]:
    cells: list[Cell] = []
    column = 0
    for index, (text, is_bold) in enumerate(line.cells):
        edge = line.edges[index] if index < len(line.edges) else None
        end = column + 1
        if edge is not None:
            end = max(column + 1, 1 + min(range(len(places)), key=lambda at: abs(places[at] - edge.at)))
        if edge is not None and edge.is_merged_left and cells:
            last = cells[-1]
            cells[-1] = Cell(last.text, last.column, end - last.column, last.is_merged_above, last.is_bold)
        elif edge is not None and edge.is_merged_above and column in above:
            cells.append(Cell(above[column], column, end - column, True, is_bold))
        else:
            above[column] = text
            cells.append(Cell(text, column, end - column, False, is_bold))
        column = end
    return cells
