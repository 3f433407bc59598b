"""Risk profiles as a workbook: a sheet that can be loaded back, a sheet of counts by municipality."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from opora.core.workbook import workbook_in
from opora.programmes.models import RiskFactor
from opora.schools.risks import Cell, Figures, Profile


def book_of(
    title: str, factors: Sequence[RiskFactor], profiles: Sequence[Profile], figures: Sequence[Figures]
) -> bytes:
    """The bytes of an .xlsx file."""
    buffer = io.BytesIO()
    book = workbook_in(buffer)
    book.set_properties({"title": title})
    font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "border": 1, "text_wrap": True}
    head, text = book.add_format({**font, "bold": True, "bg_color": "#E7EEF7"}), book.add_format(font)
    names = [f"{factor.number}. {factor.name}" for factor in factors]
    rows = [
        [profile.school.short_name, profile.school.municipality.name]
        + [cell_text(cell) for cell in profile.cells]
        + [str(profile.chosen), profile.state[1]]
        for profile in profiles
    ]
    _sheet(
        book, "Профили", ["Школа", "Муниципалитет", *names, "Взято в работу", "Состояние"], rows, head, text
    )
    named = {factor.pk: name for factor, name in zip(factors, names, strict=True)}
    counts = [
        [one.municipality, named[one.factor_id]]
        + [str(number) for number in (one.high, one.middle, one.low, one.chosen, one.unexplained)]
        for one in figures
        if one.factor_id in named
    ]
    titles = ["Муниципалитет", "Фактор", "Высокая", "Средняя", "Низкая", "В работе", "Без причины"]
    _sheet(book, "По муниципалитетам", titles, counts, head, text)
    book.close()
    return buffer.getvalue()


def cell_text(cell: Cell) -> str:
    """A cell as a person types it and as it is read back: «В +», «С», «В не взят: решено раньше»."""
    choice = {True: "+", False: "не взят", None: ""}[cell.is_chosen]
    words = f"{cell.letter} {choice}".strip()
    return f"{words}: {cell.reason}" if cell.reason else words


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    head: object,
    text: object,
) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, len(titles) - 1, 16)
    for column, words in enumerate(titles):
        sheet.write_string(0, column, words, head)
    for place, row in enumerate(rows, 1):
        for column, words in enumerate(row):
            if words.isdecimal() and len(words) < 9:
                sheet.write_number(place, column, int(words), text)
            else:
                sheet.write_string(place, column, words, text)
