"""A Word template filled with values: sandboxed, strict about names, with tables laid out afterwards."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Final

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu
from docx.table import Table, _Cell
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from opora.reports.word.values import Filling, Layout

LONGEST_TITLE: Final = 255


def rules() -> ImmutableSandboxedEnvironment:
    """The only environment of templates: they may print what they are given and nothing else."""
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    made.globals = {"range": made.globals["range"]}
    return made


def fill(template: bytes, filling: Filling) -> bytes:
    """The bytes of a .docx file. Whatever a wrong template makes the libraries raise goes up as it is."""
    paper = DocxTemplate(io.BytesIO(template))
    paper.render(filling.values, jinja_env=rules(), autoescape=True)
    made: Document = paper.docx
    made.core_properties.title = filling.title[:LONGEST_TITLE]
    for table, layout in _meant(made.tables, filling.layouts):
        _lay(table, layout, _line_width(made))
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _meant(tables: Sequence[Table], layouts: Sequence[Layout]) -> Iterator[tuple[Table, Layout]]:
    """The tables that the values brought, in order; those that an official drew around them are left alone."""
    waiting = list(layouts)
    for table in tables:
        if not waiting:
            return
        heads = tuple(cell.text for cell in table.rows[0].cells) if table.rows else ()
        if heads == waiting[0].heads:
            yield table, waiting.pop(0)


def _line_width(paper: Document) -> int:
    page = paper.sections[0]
    return int((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))


def _lay(table: Table, layout: Layout, line: int) -> None:
    table.autofit = False
    widths = [Emu(int(line * share)) for share in layout.shares]
    for column, width in zip(table.columns, widths, strict=False):
        column.width = width
    for row in table.rows:
        for place, cell in enumerate(row.cells[: len(widths)]):
            cell.width = widths[place]
            if place in layout.figures:
                _to_right(cell)


def _to_right(cell: _Cell) -> None:
    for paragraph in cell.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
