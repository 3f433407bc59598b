"""What every reader returns: a source of paragraphs and tables in reading order, each cell with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in the file; all counts start at 1. `page` is None where the format has no pages."""

    page: int | None
    table: int
    row: int
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid. `column` starts at 0 and counts grid columns, `span` is how many it covers.

    `is_merged_above` marks a cell that continues a vertically merged one; its `text` then repeats the words above.
    Line breaks inside a cell are kept as "\n"; text is otherwise as the file shows it (soft hyphens included).
    """

    text: str
    column: int
    span: int = 1
    is_merged_above: bool = False
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    place: Place
    is_hidden: bool = False

    def text_at(self, column: int) -> str:
        """The words of the cell that covers a grid column, empty where none does."""
        for cell in self.cells:
            if cell.column <= column < cell.column + cell.span:
                return cell.text
        return ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `width` is the number of grid columns."""

    rows: tuple[Row, ...]
    width: int
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words outside any table: the head of the order, a heading between tables, a note, a signature."""

    text: str
    page: int | None = None
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: blocks in reading order. `kind` is the format's code: docx, pdf, xlsx, ods, odt, html, rtf, csv, txt.

    `remarks` are (code, words) about the file itself that a person should see, e.g. ("F-EXT", "Файл ссылается…").
    """

    kind: str
    blocks: tuple[Paragraph | Table, ...]
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))


def lines_of(source: Source) -> Iterator[tuple[str, str]]:
    """Every paragraph and every row of a source as (place, text), places in words: «лист «2022», строка 5»."""
    paragraphs = 0
    for block in source.blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            yield f"страница {block.page}" if block.page else f"абзац {paragraphs}", block.text
            continue
        for row in block.rows:
            text = " | ".join(cell.text for cell in row.cells if cell.text and not cell.is_merged_above)
            yield _place(row.place), " ".join(text.split())


def _place(place: Place) -> str:
    where = f"лист «{place.sheet}», " if place.sheet else f"страница {place.page}, " if place.page else ""
    return f"{where}строка {place.row}"
