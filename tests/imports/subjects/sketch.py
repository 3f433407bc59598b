"""Sources drawn by hand: a table as rows of cells parted by «|», with few marks for what Word does to cells."""

from __future__ import annotations

from pathlib import Path

from opora.imports.table import Cell, Paragraph, Place, Row, Source, Table

SEED = Path(__file__).with_name("order-04-06-06-2.txt")


def table(text: str, number: int = 1, page: int | None = None, *, width: int | None = None) -> Table:
    """A table of lines; «=Words» is a row merged over all columns, «^» a cell merged with the one above,
    «<» a cell covered by its left neighbour, «!» before a line a hidden row, «*Words*» bold, «/» a line break."""
    drawn = [line.strip() for line in text.strip("\n").splitlines() if line.strip()]
    split = [[cell.strip() for cell in line.lstrip("!").split("|")] for line in drawn]
    columns = width or max(len(cells) for cells in split)
    rows: list[Row] = []
    above: dict[int, str] = {}
    for at, (line, cells) in enumerate(zip(drawn, split, strict=True), start=1):
        place = Place(page, number, at)
        is_wide = cells[0].startswith("=")
        made = (_cell(cells[0][1:], 0, columns),) if is_wide else tuple(_cells(cells, above))
        above.update({cell.column: cell.text for cell in made})
        rows.append(Row(made, place, is_hidden=line.startswith("!")))
    return Table(tuple(rows), columns)


def _cells(cells: list[str], above: dict[int, str]) -> list[Cell]:
    made: list[Cell] = []
    for column, text in enumerate(cells):
        if text == "<":
            last = made.pop()
            made.append(Cell(last.text, last.column, last.span + 1, last.is_merged_above, last.is_bold))
        elif text == "^":
            made.append(Cell(above.get(column, ""), column, is_merged_above=True))
        else:
            made.append(_cell(text, column, 1))
    return made


def _cell(text: str, column: int, span: int) -> Cell:
    is_bold = len(text) > 2 and text.startswith("*") and text.endswith("*")
    return Cell(
        text.strip("*").replace(" / ", "\n") if is_bold else text.replace(" / ", "\n"),
        column,
        span,
        is_bold=is_bold,
    )


def source(*blocks: str | Table, kind: str = "docx") -> Source:
    """A file of paragraphs and tables; a text with «|» is a table."""
    made: list[Paragraph | Table] = []
    tables = 0
    for block in blocks:
        if isinstance(block, str) and "|" not in block:
            made += [Paragraph(line) for line in block.splitlines() if line.strip()]
        else:
            tables += 1
            made.append(table(block, tables) if isinstance(block, str) else block)
    return Source(kind, tuple(made))


def seed() -> Source:
    """The source order as its text gives it: tabs part cells, empty lines part tables."""
    lines = SEED.read_text(encoding="utf-8").split("\n")
    first = next(at for at, line in enumerate(lines) if "\t" in line)
    blocks: list[Paragraph | Table] = [Paragraph(line) for line in lines[:first] if line.strip()]
    rows: list[Row] = []
    number = 1
    for line in [*lines[first:], ""]:
        if "\t" in line or (line.strip() and rows):
            cells = tuple(Cell(text, column) for column, text in enumerate(line.split("\t")))
            rows.append(Row(cells, Place(None, number, len(rows) + 1)))
        else:
            if rows:
                blocks.append(Table(tuple(rows), 4))
                rows, number = [], number + 1
            if line.strip():
                blocks.append(Paragraph(line))
    return Source("txt", tuple(blocks))
