"""Equipment of schools as a workbook that can be loaded back: a row a position, the first count and the latest."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date

from opora.core.workbook import workbook_in
from opora.schools.equipment import Position
from opora.schools.models import Participation

TITLES = (
    "Муниципалитет",
    "Школа",
    "Национальный проект",
    "Что получено",
    "Единица",
    "Год",
    "Было",
    "Было на день",
    "Стало",
    "Стало на день",
)


def book_of(
    parts: Iterable[Participation], positions: Mapping[int, Iterable[Position]], as_of: date
) -> bytes:
    """The bytes of an .xlsx file: what was counted by a day."""
    buffer = io.BytesIO()
    book = workbook_in(buffer)
    font = {"font_name": "Times New Roman", "font_size": 11, "border": 1, "valign": "top", "text_wrap": True}
    head, text = book.add_format({**font, "bold": True, "bg_color": "#E7EEF7"}), book.add_format(font)
    day = book.add_format({**font, "num_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Оснащение")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 2, 24)
    sheet.set_column(3, 3, 40)
    sheet.set_column(4, len(TITLES) - 1, 12)
    for column, words in enumerate(TITLES):
        sheet.write_string(0, column, words, head)
    rows = (_row(part, one, as_of) for part in parts for one in positions.get(part.pk, ()))
    for place, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(place, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(place, column, value, text)
            else:
                sheet.write_string(place, column, value or "", text)
    book.close()
    return buffer.getvalue()


def _row(part: Participation, one: Position, as_of: date) -> tuple[str | int | date | None, ...]:
    school = part.school
    return (
        school.municipality.name, school.short_name, one.project, one.name, one.unit, one.year, one.baseline,
        one.baseline_on, one.on(as_of), one.counted_by(as_of),
    )  # fmt: skip
