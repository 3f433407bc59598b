"""A file as its words alone: what search looks through and what is shown where no picture of a page can be made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from opora.core.russian import clean
from opora.imports.table import Paragraph, Source, Table

MOST_LETTERS: Final = 400_000


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a file: a paragraph or a row of a table a line; `remarks` say what of the file was left out."""

    text: str
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The text by its name."""
        return asdict(self)


def understand(source: Source) -> Words:
    """The words of a file in reading order, at most MOST_LETTERS of them."""
    lines: list[str] = []
    left = MOST_LETTERS
    for block in source.blocks:
        for line in [_line(block.text)] if isinstance(block, Paragraph) else _rows(block):
            if line and left > 0:
                lines.append(line[:left])
                left -= len(line) + 1
    return Words("\n".join(lines), tuple(words for _, words in source.remarks))


def _rows(table: Table) -> list[str]:
    return [
        " | ".join(text for cell in row.cells if not cell.is_merged_above and (text := _line(cell.text)))
        for row in table.rows
    ]


def _line(text: str) -> str:
    return " ".join(clean(text).split())
