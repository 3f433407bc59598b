"""Results of schools as a workbook that can be loaded back; what may not be shown is not in it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal

from opora.core.workbook import workbook_in
from opora.schools.models import Outcome

TITLES = (
    "Муниципалитет",
    "Школа",
    "Год",
    "Работа",
    "Предмет",
    "Класс",
    "Участников",
    "Не справились, %",
    "На «4» и «5», %",
)


def book_of(outcomes: Iterable[Outcome]) -> bytes:
    """The bytes of an .xlsx file."""
    buffer = io.BytesIO()
    book = workbook_in(buffer)
    font = {"font_name": "Times New Roman", "font_size": 11, "border": 1}
    head, text = book.add_format({**font, "bold": True, "bg_color": "#E7EEF7"}), book.add_format(font)
    sheet = book.add_worksheet("Результаты")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, len(TITLES) - 1, 14)
    for column, words in enumerate(TITLES):
        sheet.write_string(0, column, words, head)
    for place, row in enumerate((one for one in outcomes if one.may_be_shown), 1):
        told = (
            row.school.municipality.name, row.school.short_name, row.year, row.get_exam_display(), row.subject,
            row.grade, row.pupils, row.low_share, row.good_share,
        )  # fmt: skip
        for column, value in enumerate(told):
            if isinstance(value, int | Decimal):
                sheet.write_number(place, column, float(value), text)
            else:
                sheet.write_string(place, column, value or "", text)
    book.close()
    return buffer.getvalue()
