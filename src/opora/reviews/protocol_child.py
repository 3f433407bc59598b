"""What the child process does with the protocol of a draw: its words on stdin become a Word file on stdout."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

STRATA_MM: Final = (130, 25, 25)
DOCUMENTS_MM: Final = (10, 70, 28, 40, 32)
EXPERTS_MM: Final = (70, 85, 25)
FONT: Final = "Times New Roman"


def main() -> int:
    """Read the words as JSON and write the file; always 0."""
    sys.stdout.buffer.write(drawn(SimpleNamespace(**json.loads(sys.stdin.buffer.read()))))
    return 0


def drawn(told: Any) -> bytes:
    """The bytes of a .docx file with Word's own headings and tables; `told` has the fields of `Protocol` and the heads."""
    paper = docx.Document()
    _set_up(paper)
    paper.core_properties.title, paper.core_properties.language = told.title, "ru-RU"
    if told.centre:
        paper.add_paragraph().add_run(told.centre).bold = True
    paper.add_heading(told.title, 1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph(f"{told.day}\t{told.place}").paragraph_format.tab_stops.add_tab_stop(Mm(110))
    paper.add_paragraph(told.basis)
    for words in told.method:
        paper.add_paragraph(words)
    paper.add_heading("Документы по слоям", 2)
    _table(paper, told.strata_titles, told.strata, STRATA_MM)
    paper.add_heading("Список выборки", 2)
    _table(paper, told.document_titles, told.documents, DOCUMENTS_MM)
    if told.experts:
        paper.add_heading("Эксперты", 2)
        _table(paper, told.expert_titles, told.experts, EXPERTS_MM)
    paper.add_paragraph(f"\n{told.signer_post}  ____________________  {told.signer}")
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


def _table(
    paper: Document, titles: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    table = paper.add_table(rows=1 + len(rows), cols=len(titles), style="Table Grid")
    table.autofit = False
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    # Cells are gathered once: each look at a row by its number walks the whole of a long table.
    cells = [cell for row in table.rows for cell in row.cells]
    for number, row in enumerate((titles, *rows)):
        for column, words in enumerate(row):
            cell = cells[number * len(titles) + column]
            cell.width = Mm(widths[column])
            run = cell.paragraphs[0].add_run(words)
            run.font.size, run.bold = Pt(10), number == 0


def _set_up(paper: Document) -> None:
    """A4, margins 20/10/20/20 mm, Times New Roman 12 (ГОСТ Р 7.0.97-2025)."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    for name, size in (("Normal", 12), ("Heading 1", 14), ("Heading 2", 13)):
        style = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for side in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(side), FONT)
        for side in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(side), None)
        if name != "Normal":
            style.font.color.rgb = None
