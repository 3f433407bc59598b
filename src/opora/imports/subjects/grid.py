"""A table as rows of cleaned texts by grid columns: what the understanding looks at instead of cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from opora.imports.subjects.wording import clean
from opora.imports.table import Place, Row, Table


@dataclass(slots=True)
class GridRow:
    """One row: `texts` by column, a spanning cell's words stand in its first column; `merged` continue a cell above."""

    texts: list[str]
    spans: dict[int, int]
    merged: frozenset[int]
    place: Place
    table: int
    bold: frozenset[int] = frozenset()
    is_hidden: bool = False
    raw: dict[int, str] = field(default_factory=dict)

    @property
    def filled(self) -> list[int]:
        return [column for column, text in enumerate(self.texts) if text]

    @property
    def own(self) -> list[int]:
        """Filled columns that do not merely repeat a vertically merged cell."""
        return [column for column in self.filled if column not in self.merged]

    @property
    def only_text(self) -> str:
        """The one text of a row that says one thing, perhaps repeated in every cell; else empty."""
        texts = {self.texts[column] for column in self.own}
        return texts.pop() if len(texts) == 1 else ""

    def reaches(self, column: int) -> int:
        return self.spans.get(column, 1)

    def at(self, column: int) -> str:
        return self.texts[column] if column < len(self.texts) else ""


def rows_of(table: Table, index: int) -> list[GridRow]:
    """The rows of one table, its never filled columns kept so that columns of neighbour tables stay comparable."""
    return [_row(row, table.width, index) for row in table.rows]


def _row(row: Row, width: int, index: int) -> GridRow:
    reach = max((cell.column + cell.span for cell in row.cells), default=0)
    texts = [""] * max(width, reach)
    spans: dict[int, int] = {}
    raw: dict[int, str] = {}
    for cell in row.cells:
        text = clean(cell.text)
        texts[cell.column] = text
        if cell.span > 1:
            spans[cell.column] = cell.span
        if "\n" in cell.text:
            raw[cell.column] = cell.text
    return GridRow(
        texts=texts,
        spans=spans,
        merged=frozenset(cell.column for cell in row.cells if cell.is_merged_above),
        place=row.place,
        table=index,
        bold=frozenset(cell.column for cell in row.cells if cell.is_bold and cell.text.strip()),
        is_hidden=row.is_hidden,
        raw=raw,
    )
