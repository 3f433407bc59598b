"""The maker of the source order as a Word document, with all the scars of its text: `python -m opora.demo.paper`."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Row

FOLDER: Final = Path(__file__).parent
TEXT: Final = FOLDER / "order-04-06-06-2.txt"
PAPER: Final = FOLDER / "order-04-06-06-2.docx"
_WIDTHS: Final = (1.4, 6.6, 3.2, 5.8)
_SIGNED_ON: Final = datetime(2022, 2, 28)  # noqa: DTZ001 -- Word keeps a date without a zone
_NUMBERED: Final = re.compile(r"\d+\.\s")
_MANUAL_BREAK: Final = frozenset({"«ИНФОРМАЦИОННО-МЕТОДИЧЕСКИЙ ЦЕНТР»"})


def make_paper() -> bytes:
    """The bytes of the order as .docx; the same on every run."""
    lines = TEXT.read_text(encoding="utf-8").split("\n")
    first = next(at for at, line in enumerate(lines) if "\t" in line)
    document = _blank()
    for text in _paragraphs(lines[:first]):
        _write_head(document, text)
    _write_plan(document, lines[first:])
    return _sealed(document)


def _blank() -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(6)
    properties = document.core_properties
    properties.author, properties.title = "МУ «ИМЦ»", "Приказ от 28.02.2022 № 04-06/06-2"
    properties.created = properties.modified = _SIGNED_ON
    properties.last_modified_by, properties.revision, properties.language = "МУ «ИМЦ»", 1, "ru-RU"
    return document


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines of the head joined into the paragraphs they were broken out of."""
    paragraphs: list[str] = []
    is_open = False
    for line in lines:
        if not line.strip():
            is_open = False
        elif is_open and not _NUMBERED.match(line):
            paragraphs[-1] += ("\n" if line in _MANUAL_BREAK else " ") + line
        else:
            paragraphs.append(line)
            is_open = True
    return paragraphs


def _write_head(document: Document, text: str) -> None:
    paragraph = document.add_paragraph()
    is_title = text.startswith("**")
    for at, piece in enumerate(text.split("**")):
        if piece:
            run = paragraph.add_run(piece)
            run.bold = bool(at % 2) or text.isupper()
    if is_title:
        paragraph.paragraph_format.page_break_before = True
    if is_title or text.isupper():
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif len(text) > 60:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _write_plan(document: Document, lines: list[str]) -> None:
    """The tables: a line without tabs is a heading that slipped out of the table and parts it in two."""
    table: Table | None = None
    is_cut = False
    for line in lines:
        cells = line.split("\t")
        if not line.strip():
            is_cut = True
            continue
        if len(cells) == 1:
            document.add_paragraph(line)
            table, is_cut = None, False
            continue
        if table is None:
            table = document.add_table(rows=0, cols=len(_WIDTHS))
            table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
            for column, width in zip(table.columns, _WIDTHS, strict=True):
                column.width = Cm(width)
        _write_row(table.add_row(), cells, is_header=cells[0].startswith("№"), is_cut=is_cut)
        is_cut = False


def _write_row(row: _Row, cells: list[str], *, is_header: bool, is_cut: bool) -> None:
    """One row; `is_cut` says that a page of the order ended before it, which Word notes in the first run."""
    for cell, width in zip(row.cells, _WIDTHS, strict=True):
        cell.width = Cm(width)
    is_section = not any(cells[1:])
    if is_section:
        row.cells[0].merge(row.cells[-1])
        cells = cells[:1]
    if is_header:
        repeated = OxmlElement("w:tblHeader")
        row._tr.get_or_add_trPr().append(repeated)
    for cell, text in zip(row.cells, cells, strict=False):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run()
        if is_cut:
            run._r.append(OxmlElement("w:lastRenderedPageBreak"))
            is_cut = False
        run.add_text(text)
        run.font.size, run.bold = Pt(11), is_section or is_header or None
        if is_header or is_section:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _sealed(document: Document) -> bytes:
    """The package packed again with one date on every part, so that the bytes do not depend on the day."""
    loose, sealed = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, date_time=_SIGNED_ON.timetuple()[:6])
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(part, parts.read(name))
    return sealed.getvalue()


if __name__ == "__main__":
    PAPER.write_bytes(make_paper())
