"""Marks of ИС МЭДК as a workbook that can be loaded back."""

from __future__ import annotations

import io
from collections.abc import Iterable

from opora.core.workbook import workbook_in
from opora.documents.owed import Owed

TITLES = (
    "Муниципалитет",
    "Школа",
    "Документ",
    "Риск",
    "Состояние",
    "Дата",
    "Ссылка",
    "Пояснение",
    "Кто отметил",
)
_WIDTHS = (22, 24, 30, 34, 22, 12, 34, 34, 20)


def book_of(owed: Iterable[Owed]) -> bytes:
    """The bytes of an .xlsx file, a row a paper of a school."""
    return sheet_of("Отметки ИС МЭДК", TITLES, _WIDTHS, (_row(one) for one in owed))


def sheet_of(name: str, titles: Iterable[str], widths: Iterable[int], rows: Iterable[Iterable[str]]) -> bytes:
    """A workbook of one sheet of texts: text is written as text, whatever it begins with."""
    buffer = io.BytesIO()
    book = workbook_in(buffer)
    font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "border": 1, "text_wrap": True}
    head, text = book.add_format({**font, "bold": True, "bg_color": "#E7EEF7"}), book.add_format(font)
    sheet = book.add_worksheet(name[:31])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, words in enumerate(titles):
        sheet.write_string(0, column, words, head)
    for place, row in enumerate(rows, 1):
        for column, words in enumerate(row):
            sheet.write_string(place, column, words[:32_767], text)
    book.close()
    return buffer.getvalue()


def _row(one: Owed) -> tuple[str, ...]:
    school, mark = one.part.school, one.mark
    factor = f"{one.factor.number}. {one.factor.name}" if one.factor else ""
    day = f"{mark.marked_on:%d.%m.%Y}" if mark.marked_on else ""
    return (
        school.municipality.name, school.short_name, one.kind.name, factor, mark.label, day, mark.address,
        mark.words, mark.person,
    )  # fmt: skip
