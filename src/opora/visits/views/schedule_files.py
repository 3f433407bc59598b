"""The schedule of visits as a file: Word, PDF, Excel, each from the same frozen values."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst
import xlsxwriter
from docx import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from opora.reports.printable import printable
from opora.reports.renderers.pdf import HERE as REPORTS
from opora.reports.renderers.pdf import breakable
from opora.reports.renderers.press import typeset
from opora.reports.renderers.xlsx import OPTIONS
from opora.visits.schedule import TITLES, Schedule

PAPER = Path(__file__).resolve().parents[1] / "paper"
WIDTHS_MM: Final = (9, 38, 44, 22, 14, 26, 27)
APPROVAL_DAY = "«___» ____________ 20__ г."
NO_VISITS = "Посещений в графике нет."


def pdf(schedule: Schedule) -> bytes:
    """A tagged PDF (PDF/UA-1). The words travel as data, so nothing that is typed can act as markup."""
    told = printable(schedule)
    data = {
        "title": told.title, "subtitle": told.subtitle, "summary": told.summary, "centre": told.centre_name,
        "address": told.centre_address, "requisites": told.requisites, "head_post": told.head_post,
        "head_name": told.head_name, "signer_post": told.signer_post, "signer_name": told.signer_name,
        "titles": list(TITLES), "rows": [list(line.cells) for line in told.lines],
    }  # fmt: skip
    return typeset(_compiler(), breakable(data))


@cache
def _compiler() -> typst.Compiler:
    # Its root is our folder, outside it nothing is read; the fonts are those of the reports.
    return typst.Compiler(
        PAPER / "schedule.typ", root=PAPER, font_paths=[REPORTS / "fonts"], ignore_system_fonts=True
    )


def docx(schedule: Schedule) -> bytes:
    """A Word file, margins 20/10/20/20 mm, the head of the table repeated on every page."""
    told = printable(schedule)
    paper = Word()
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(20), Mm(10), Mm(20), Mm(20)
    style: Any = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.paragraph_format.space_after = Pt(0)
    paper.core_properties.title, paper.core_properties.language = told.title, "ru-RU"
    _put_head(paper, told)
    _put(paper, told.title, is_bold=True, is_centred=True, size=14)
    _put(paper, told.subtitle, is_centred=True, size=10)
    _put(paper, "")
    _put(paper, told.summary)
    _put(paper, "")
    if told.lines:
        _put_table(paper, told)
    else:
        _put(paper, NO_VISITS)
    _put(paper, "")
    _put(paper, f"{told.signer_post}  ____________________  {told.signer_name}".strip())
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _put_head(paper: Any, told: Schedule) -> None:
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Mm(108), Mm(72)
    left.text = "\n".join(filter(None, (told.centre_name, told.centre_address, told.requisites)))
    right.text = f"УТВЕРЖДАЮ\n{told.head_post}\n______________ {told.head_name}\n{APPROVAL_DAY}"
    _put(paper, "")


def _put_table(paper: Any, told: Schedule) -> None:
    table = paper.add_table(rows=1, cols=len(TITLES))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, WIDTHS_MM, strict=True):
        column.width = Mm(width)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    _fill(table.rows[0], TITLES, is_bold=True)
    for line in told.lines:
        _fill(table.add_row(), line.cells)


def _fill(row: Any, cells: tuple[str, ...], *, is_bold: bool = False) -> None:
    for cell, width, text in zip(row.cells, WIDTHS_MM, cells, strict=True):
        cell.width = Mm(width)
        run = cell.paragraphs[0].add_run(text)
        run.font.size, run.bold = Pt(10), is_bold


def _put(paper: Any, text: str, *, is_bold: bool = False, is_centred: bool = False, size: int = 12) -> None:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = is_bold, Pt(size)
    if is_centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def xlsx(schedule: Schedule) -> bytes:
    """A workbook of one sheet; text stays text («=1+1» is no formula), days are days."""
    told = printable(schedule)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    plain, title = book.add_format(font), book.add_format({**font, "bold": True, "font_size": 14})
    head = book.add_format({**font, "bold": True, "text_wrap": True, "border": 1})
    text = book.add_format({**font, "text_wrap": True, "border": 1})
    day = book.add_format({**font, "border": 1, "num_format": "dd.mm.yyyy", "align": "left"})
    book.set_properties({"title": told.title, "company": told.centre_name})
    sheet = book.add_worksheet("График")
    approval = f"УТВЕРЖДАЮ: {told.head_post} ____________ {told.head_name}, {APPROVAL_DAY}"
    top = (told.centre_name, told.centre_address, told.requisites, "", approval, "")
    for place, words in enumerate((*top, told.title, told.subtitle, told.summary)):
        sheet.write_string(place, 0, words, title if words == told.title else plain)
    start = len(top) + 4
    for column, (words, width) in enumerate(zip(TITLES, WIDTHS_MM, strict=True)):
        sheet.set_column(column, column, width / 2 + 2)
        sheet.write_string(start, column, words, head)
    for place, line in enumerate(told.lines, start=start + 1):
        sheet.write_number(place, 0, line.number, text)
        for column, words in enumerate(line.cells[1:], start=1):
            sheet.write_string(place, column, words, text)
        sheet.write_datetime(place, 3, line.day, day)
        if line.agreed:
            sheet.write_datetime(place, 6, line.agreed, day)
    sheet.write_string(
        start + len(told.lines) + 2, 0, f"{told.signer_post} ____________ {told.signer_name}".strip(), plain
    )
    sheet.freeze_panes(start + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(start)
    book.close()
    return buffer.getvalue()


FILES: Final[dict[str, Callable[[Schedule], bytes]]] = {"docx": docx, "pdf": pdf, "xlsx": xlsx}
