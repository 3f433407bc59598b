"""A note as a tagged PDF (PDF/UA-1): Russian, with headings and page numbers, fonts inside."""

from __future__ import annotations

from typing import Any

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
from opora.reports.renderers.pdf import HERE, breakable
from opora.reports.renderers.press import typeset


def render(note: Note) -> bytes:
    """The bytes of a .pdf file. The words travel as data, so nothing that is typed can act as markup."""
    return typeset(HERE / "paper" / "note.typ", breakable(_data(printable(note))))


def _data(note: Note) -> dict[str, Any]:
    head = note.head
    return {
        "head": {
            "title": head.title,
            "centre": head.centre_name,
            "address": head.centre_address,
            "municipality": head.municipality,
            "programme": head.programme,
            "signer_post": head.signer_post,
            "signer_name": head.signer_name,
        },
        "requisites": phrases.requisites(head),
        "basis": phrases.basis(head),
        "about": note.about,
        "blocks": [_block(block) for block in note.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    kind = {"kind": name_of(block)}
    match block:
        case Heading():
            return {**kind, "text": block.text, "level": block.level}
        case Facts():
            return {**kind, "rows": [list(row) for row in block.rows]}
        case Table():
            return {
                **kind,
                "title": block.title if block.shows_title else "",
                "heads": [column.title for column in block.columns],
                "shares": shares_of(block.columns),
                "figures": [column.is_figure for column in block.columns],
                "rows": rows_of(block),
                "has_total": block.has_total,
            }
        case Items():
            return {**kind, "rows": list(block.rows)}
        case Appendix():
            return {**kind, "text": block.title}
        case _:
            return {**kind, "text": block.text}
