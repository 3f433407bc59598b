"""The protocol of a draw as files: docx and tagged PDF; what is typed travels as data and can break neither."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from opora.reports.printable import printable
from opora.reports.renderers.pdf import HERE as REPORTS
from opora.reports.renderers.pdf import breakable
from opora.reports.renderers.press import typeset
from opora.reviews.protocol import DOCUMENT_TITLES, EXPERT_TITLES, STRATA_TITLES, Protocol

PAPER = Path(__file__).resolve().parents[1] / "paper"
STRATA_MM: Final = (130, 25, 25)
DOCUMENTS_MM: Final = (10, 70, 28, 40, 32)
EXPERTS_MM: Final = (70, 85, 25)
FONT = "Times New Roman"


def as_pdf(protocol: Protocol) -> bytes:
    """The bytes of a .pdf file (PDF/UA-1)."""
    data = asdict(printable(protocol)) | {
        "strata_titles": STRATA_TITLES, "document_titles": DOCUMENT_TITLES, "expert_titles": EXPERT_TITLES,
    }  # fmt: skip
    return typeset(_compiler(), breakable(_listed(data)))


@cache
def _compiler() -> typst.Compiler:
    # Its root is our folder, outside it nothing is read; the fonts are those of the reports.
    return typst.Compiler(
        PAPER / "protocol.typ", root=PAPER, font_paths=[REPORTS / "fonts"], ignore_system_fonts=True
    )


def _listed(value: Any) -> Any:
    """The same with lists for tuples: that is what the press mends and the paper reads."""
    if isinstance(value, tuple):
        return [_listed(one) for one in value]
    if isinstance(value, dict):
        return {name: _listed(one) for name, one in value.items()}
    return value


def as_docx(protocol: Protocol) -> bytes:
    """The bytes of a .docx file with Word's own headings and tables."""
    told = printable(protocol)
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
    _table(paper, STRATA_TITLES, told.strata, STRATA_MM)
    paper.add_heading("Список выборки", 2)
    _table(paper, DOCUMENT_TITLES, told.documents, DOCUMENTS_MM)
    if told.experts:
        paper.add_heading("Эксперты", 2)
        _table(paper, EXPERT_TITLES, told.experts, EXPERTS_MM)
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


FILES: Final[dict[str, Callable[[Protocol], bytes]]] = {"docx": as_docx, "pdf": as_pdf}
