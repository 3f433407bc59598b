"""The schedule of visits as a file: Word, PDF, Excel, each from the same frozen values."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Final

from opora.core.workbook import workbook_in
from opora.reports.kinds.visit_papers import schedule_filling
from opora.reports.papers import word_file
from opora.reports.printable import printable
from opora.reports.renderers.pdf import breakable
from opora.reports.renderers.press import typeset
from opora.schools.models import Municipality
from opora.visits.schedule import TITLES, Schedule

PAPER = Path(__file__).resolve().parents[1] / "paper"
WIDTHS_MM: Final = (9, 38, 44, 22, 14, 26, 27)
APPROVAL_DAY = "«___» ____________ 20__ г."


def pdf(schedule: Schedule) -> bytes:
    """A tagged PDF (PDF/UA-1). The words travel as data, so nothing that is typed can act as markup."""
    told = printable(schedule)
    data = {
        "title": told.title, "subtitle": told.subtitle, "summary": told.summary, "centre": told.centre_name,
        "address": told.centre_address, "requisites": told.requisites, "head_post": told.head_post,
        "head_name": told.head_name, "signer_post": told.signer_post, "signer_name": told.signer_name,
        "titles": list(TITLES), "rows": [list(line.cells) for line in told.lines],
    }  # fmt: skip
    return typeset(PAPER / "schedule.typ", breakable(data))


def docx(schedule: Schedule, town: Municipality | None = None) -> bytes:
    """A Word file: by the town's own template where it has one, else by ours."""
    return word_file("visit_schedule", schedule_filling(schedule), place=town)


def xlsx(schedule: Schedule) -> bytes:
    """A workbook of one sheet; text stays text («=1+1» is no formula), days are days."""
    told = printable(schedule)
    buffer = io.BytesIO()
    book = workbook_in(buffer)
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


def written(schedule: Schedule, ending: str, town: Municipality) -> bytes:
    """The schedule of a town as a file with one of the endings of FILES."""
    return docx(schedule, town) if ending == "docx" else FILES[ending](schedule)


FILES: Final[dict[str, Callable[[Schedule], bytes]]] = {"docx": docx, "pdf": pdf, "xlsx": xlsx}
