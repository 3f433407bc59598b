"""A progress report as a workbook: a sheet for the sections, the lines, what is late, what moved."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from opora.core.workbook import workbook_in
from opora.reports import phrases
from opora.reports.content import Progress
from opora.reports.printable import printable

CELL_LIMIT = 32_767
Cell = str | int | float | date | None


class Book:
    """The workbook being written and its few formats."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        self.book = workbook_in(self.buffer)
        font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
        self.head = self.book.add_format(
            {**font, "bold": True, "text_wrap": True, "border": 1, "bg_color": "#E7EEF7"}
        )
        self.text = self.book.add_format({**font, "text_wrap": True, "border": 1})
        self.day = self.book.add_format({**font, "border": 1, "num_format": "dd.mm.yyyy", "align": "left"})
        self.title = self.book.add_format({**font, "bold": True, "font_size": 14})
        self.plain = self.book.add_format(font)

    def sheet(
        self, name: str, widths: Sequence[int], titles: Sequence[str], above: Sequence[str] = ()
    ) -> Worksheet:
        """A sheet with words above its table, the first of them its title, and the heads of the table."""
        sheet = self.book.add_worksheet(name)
        for place, words in enumerate(above):
            sheet.write_string(place, 0, words, self.plain if place else self.title)
        start = len(above) + 1 if above else 0
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, title in enumerate(titles):
            sheet.write_string(start, column, title, self.head)
        sheet.freeze_panes(start + 1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(start)
        return sheet

    def rows(self, sheet: Worksheet, start: int, rows: Iterable[Sequence[Cell]]) -> None:
        for number, row in enumerate(rows, start):
            for column, value in enumerate(row):
                self._cell(sheet, number, column, value)

    def _cell(self, sheet: Worksheet, row: int, column: int, value: Cell) -> None:
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.text)
        elif value:
            sheet.write_string(row, column, value[:CELL_LIMIT], self.text)
        else:
            sheet.write_blank(row, column, None, self.text)


def render(progress: Progress) -> bytes:
    """The bytes of an .xlsx file."""
    progress = printable(progress)
    book = Book()
    book.book.set_properties({"title": progress.head.title, "company": progress.head.centre_short_name})
    _write_sections(book, progress)
    _write_lines(book, progress)
    _write_late(book, progress)
    if progress.moved:
        _write_moved(book, progress)
    book.book.close()
    return book.buffer.getvalue()


def _write_sections(book: Book, progress: Progress) -> None:
    titles = (
        "Раздел",
        "Всего",
        "Выполнено",
        "из них позже срока",
        "В работе",
        "Срок прошёл",
        "Впереди",
        "Прибавилось",
    )
    above = (progress.head.title, phrases.basis(progress.head), progress.head.centre_name)
    sheet = book.sheet("Разделы", (60, 10, 12, 14, 12, 14, 12, 14), titles, above)
    rows = [
        (f"{row.number}. {row.title}" if row.number else row.title, row.totals) for row in progress.sections
    ]
    rows.append(("Итого", progress.totals))
    book.rows(
        sheet,
        5,
        [
            (title, t.total, t.finished, t.done_late, t.under_way, t.late, t.ahead, t.gained)
            for title, t in rows
        ],
    )


def _write_lines(book: Book, progress: Progress) -> None:
    titles = (
        "№", "Мероприятие", "Показатель", "Срок по приказу", "Начало", "Окончание", "Состояние",
        "Выполнено", "Результат", "Чем подтверждено", "Почему не завершён",
    )  # fmt: skip
    sheet = book.sheet("Пункты", (8, 50, 40, 20, 12, 12, 20, 12, 20, 50, 40), titles)
    book.rows(
        sheet,
        1,
        [
            (
                line.number, line.text, line.promise, line.term, line.starts_on, line.ends_on, line.state,
                line.done_on, line.result, phrases.proof(line, limit=50), phrases.reason(line),
            )
            for line in progress.lines
        ],
    )  # fmt: skip
    sheet.autofilter(0, 0, max(len(progress.lines), 1), len(titles) - 1)


def _write_late(book: Book, progress: Progress) -> None:
    titles = (
        "№",
        "Мероприятие",
        "Срок",
        "Дней после срока",
        "Результат",
        "Кого не хватает",
        "Почему и что дальше",
    )
    sheet = book.sheet("Срок прошёл", (8, 50, 14, 12, 20, 50, 50), titles)
    book.rows(
        sheet,
        1,
        [
            (
                line.number,
                line.text,
                line.ends_on,
                line.days_late,
                line.result,
                ", ".join(line.missing),
                line.words,
            )
            for line in progress.late
        ],
    )


def _write_moved(book: Book, progress: Progress) -> None:
    titles = ("№", "Мероприятие", "Что изменилось", "Было", "Стало", "Каким приказом")
    sheet = book.sheet("Изменения", (8, 50, 20, 40, 40, 30), titles)
    book.rows(
        sheet,
        1,
        [(row.number, row.text, row.what, row.before, row.after, row.order) for row in progress.moved],
    )
