"""A note as the values of its Word template: an official may draw anything around the blocks."""

from __future__ import annotations

from typing import Any, Final

from opora.reports import phrases
from opora.reports.note import (
    Appendix,
    Block,
    Facts,
    Heading,
    Items,
    Note,
    Table,
    name_of,
    rows_of,
    shares_of,
)
from opora.reports.printable import printable
from opora.reports.renderers.docx import PAPER, head_values
from opora.reports.word.values import Filling, Layout

TEMPLATE: Final = PAPER / "note.docx"


def filling(note: Note) -> Filling:
    """What the Word template of notes is filled with."""
    note = printable(note)
    values = {
        "head": head_values(note.head),
        "requisites": phrases.requisites(note.head),
        "basis": phrases.basis(note.head),
        "about": note.about,
        "blocks": [_block(block) for block in note.blocks],
    }
    return Filling(values, note.head.title, tuple(_layout(table) for table in note.tables))


def _block(block: Block) -> dict[str, Any]:
    kind = {"kind": name_of(block)}
    match block:
        case Heading():
            return {**kind, "text": block.text, "level": block.level}
        case Facts():
            return {**kind, "rows": [{"name": name, "value": value} for name, value in block.rows]}
        case Items():
            return {**kind, "rows": list(block.rows)}
        case Table():
            heads = [column.title for column in block.columns]
            return {
                **kind,
                "title": block.title if block.shows_title else "",
                "columns": heads,
                "rows": rows_of(block),
            }
        case Appendix():
            return {**kind, "text": block.title}
        case _:
            return {**kind, "text": block.text}


def _layout(table: Table) -> Layout:
    return Layout(
        heads=tuple(column.title for column in table.columns),
        shares=tuple(shares_of(table.columns)),
        figures=tuple(place for place, column in enumerate(table.columns) if column.is_figure),
    )
