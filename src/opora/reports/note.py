"""What a note says, as frozen values: a head and blocks that every renderer writes in its own way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Final, Literal

from opora.reports.content import Head, canonical, head_from


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; level 2 under the title of the note, 3 under another heading."""

    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what is known of them."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, an item to a line."""

    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not known and from whom it is waited for: «Нет данных: …»."""

    text: str


@dataclass(frozen=True, slots=True)
class Appendix:
    """Everything after it stands on pages of its own under this title."""

    title: str


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: an address of ours («/documents/5/») or of the web; in files it is shown."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Step:
    """A cell of a difference: «+3», «−3», «0»; in a workbook a plain number."""

    value: int | float


Cell = str | int | float | date | Link | Step | None


@dataclass(frozen=True, slots=True)
class Column:
    """A head of a table. `width` is a share of the line beside the other columns; figures stand at the right edge."""

    title: str
    width: int = 3
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `has_total` when the last row sums the others up.

    Its title names a sheet of a workbook; `shows_title` is off where the heading above says the same. Tables that name
    one `sheet` stand on it together, one under another, each row with the title of its table.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False
    shows_title: bool = True
    sheet: str = ""


Block = Heading | Paragraph | Facts | Items | Missing | Appendix | Table

KINDS: Final[dict[str, type[Any]]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "facts": Facts,
    "items": Items,
    "missing": Missing,
    "appendix": Appendix,
    "table": Table,
}
_NAMES: Final = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Note:
    """A note: the head, what it is about («Раздел 2»; empty for the whole), the blocks in order."""

    head: Head
    about: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))


def name_of(block: Block) -> str:
    """The word by which templates know a block: a key of KINDS."""
    return _NAMES[type(block)]


def conclusions(words: str) -> tuple[Block, ...]:
    """The words of a person as the last part of a note; nothing when there are none."""
    return (Heading("Выводы"), Paragraph(words)) if words else ()


def as_text(note: Note) -> str:
    """The note as canonical JSON: the same content is the same text, so its hash can be checked later."""
    return canonical(
        {
            "head": asdict(note.head),
            "about": note.about,
            "blocks": [{"block": name_of(block), **_plain(block)} for block in note.blocks],
        }
    )


def from_text(text: str) -> Note:
    """The note back from its canonical JSON."""
    data = json.loads(text)
    return Note(head_from(data["head"]), data["about"], tuple(_block(row) for row in data["blocks"]))


def _plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        rows = [[_plain_cell(cell) for cell in row] for row in block.rows]
        columns = [asdict(column) for column in block.columns]
        flags = {"has_total": block.has_total, "shows_title": block.shows_title}
        sheet = {"sheet": block.sheet} if block.sheet else {}
        return {"title": block.title, "columns": columns, "rows": rows, **flags, **sheet}
    return {field.name: getattr(block, field.name) for field in fields(block)}


def _plain_cell(cell: Cell) -> Any:
    # A day and a word that looks like one are told apart, so that the note comes back as it was.
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, Step):
        return {"step": cell.value}
    return asdict(cell) if isinstance(cell, Link) else cell


def _block(row: dict[str, Any]) -> Block:
    kind = row.pop("block")
    if kind == "table":
        return Table(
            row["title"],
            tuple(Column(**column) for column in row["columns"]),
            tuple(tuple(_cell(cell) for cell in line) for line in row["rows"]),
            row["has_total"],
            row["shows_title"],
            row.get("sheet", ""),
        )
    if kind == "facts":
        return Facts(tuple((name, value) for name, value in row["rows"]))
    if kind == "items":
        return Items(tuple(row["rows"]))
    made: Block = KINDS[kind](**row)
    return made


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        if "step" in value:
            return Step(value["step"])
        return date.fromisoformat(value["day"]) if "day" in value else Link(**value)
    cell: Cell = value
    return cell


def shown(cell: Cell) -> str:
    """A cell as text: «15.09.2022», «12,5», a dash for nothing, a link with its address of the web beside it."""
    if cell is None:
        return "—"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float):
        return f"{cell:.10g}".replace(".", ",")
    if isinstance(cell, Step):
        sign = "+" if cell.value > 0 else "−" if cell.value < 0 else ""
        return f"{sign}{shown(abs(cell.value))}"
    if isinstance(cell, Link):
        return f"{cell.text} ({cell.address})" if cell.address.startswith("http") else cell.text
    return str(cell)


def rows_of(table: Table) -> list[list[str]]:
    """The rows of a table as text."""
    return [[shown(cell) for cell in row] for row in table.rows]


def shares_of(columns: Sequence[Column]) -> list[float]:
    """The widths of columns as shares of one."""
    whole = sum(column.width for column in columns) or 1
    return [column.width / whole for column in columns]
