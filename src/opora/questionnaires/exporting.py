"""The answers of a collection as files: a workbook and a table for spreadsheets; text stays text in both."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from opora.core.workbook import workbook_in
from opora.questionnaires.answered import Answered
from opora.questionnaires.content import Form
from opora.questionnaires.grids import Column, Grid, grids_of, rows_of, told, value_at

# What Excel takes for the beginning of a formula; a tab before it leaves the words as they are.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
MOST_LETTERS = 32_767
NAMED = ("Кто отвечал", "Сдано", "Принято")
NAMELESS = ("№ ответа",)


def workbook_of(title: str, form: Form, answers: Sequence[Answered], *, is_nameless: bool) -> bytes:
    """The bytes of an .xlsx file: a sheet of answers, a sheet for each repeat, a sheet of the questions."""
    buffer = io.BytesIO()
    book = workbook_in(buffer)
    book.set_properties({"title": title})
    font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "border": 1, "text_wrap": True}
    head, text = book.add_format({**font, "bold": True, "bg_color": "#E7EEF7"}), book.add_format(font)
    grids = grids_of(form)
    for place, grid in enumerate(grids):
        sheet = book.add_worksheet("Ответы" if place == 0 else f"Повтор {place}")
        _head(sheet, [*_first(grid, is_nameless), *(one.label for one in grid.columns)], head)
        for line, row in enumerate(_lines(grid, answers, is_nameless=is_nameless), 1):
            for column, value in enumerate(row):
                _write(sheet, line, column, value, text)
    sheet = book.add_worksheet("Вопросы")
    _head(sheet, ["Имя", "Вопрос", "Таблица", "Ответы на выбор"], head)
    asked = [(grid, one) for grid in grids for one in grid.columns]
    for line, (grid, one) in enumerate(asked, 1):
        choices = "; ".join(f"{choice.code} — {choice.label}" for choice in one.question.choices)
        for column, words in enumerate((one.question.name, one.label, grid.title, choices)):
            _write(sheet, line, column, words, text)
    book.close()
    return buffer.getvalue()


def csv_of(form: Form, answers: Sequence[Answered], *, is_nameless: bool) -> bytes:
    """A table with a mark of UTF-8 and `;`, as Excel in Russian opens it; rows of repeats stand in one cell."""
    grid, *repeats = grids_of(form)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        map(
            _plain,
            [
                *_first(grid, is_nameless),
                *(one.label for one in grid.columns),
                *(one.title for one in repeats),
            ],
        )
    )
    said = [_repeated(one, answers) for one in repeats]
    for number, row in enumerate(_lines(grid, answers, is_nameless=is_nameless), 1):
        writer.writerow(map(_plain, [*row, *(one.get(number, "") for one in said)]))
    return out.getvalue().encode("utf-8-sig")


def _first(grid: Grid, is_nameless: bool) -> tuple[str, ...]:
    if grid.way:
        return ("№ ответа",) if is_nameless else ("№ ответа", "Кто отвечал")
    return NAMELESS if is_nameless else ("№ ответа", *NAMED)


def _lines(grid: Grid, answers: Sequence[Answered], *, is_nameless: bool) -> Iterable[list[Any]]:
    for number, row in rows_of(grid, [one.data for one in answers]):
        one = answers[number - 1]
        first: list[Any] = [number]
        if not is_nameless:
            first.append(one.name)
            if not grid.way:
                first += [f"{day:%d.%m.%Y}" if day else "" for day in (one.submitted_on, one.accepted_on)]
        yield [*first, *(_told(column, row) for column in grid.columns)]


def _told(column: Column, row: Any) -> Any:
    return told(column.question, value_at(row, column.names))


def _repeated(grid: Grid, answers: Sequence[Answered]) -> dict[int, str]:
    """Number of the answer → the rows of a repeat in words: «Имя: Анна, Класс: 5 | Имя: …»."""
    found: dict[int, list[str]] = {}
    for number, row in rows_of(grid, [one.data for one in answers]):
        parts = [(column.label, _told(column, row)) for column in grid.columns]
        words = ", ".join(f"{label}: {value}" for label, value in parts if value is not None)
        found.setdefault(number, []).append(words)
    return {number: " | ".join(rows) for number, rows in found.items()}


def _head(sheet: Worksheet, titles: Sequence[str], look: Any) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, max(len(titles) - 1, 0), 24)
    for column, words in enumerate(titles):
        sheet.write_string(0, column, words[:MOST_LETTERS], look)


def _write(sheet: Worksheet, line: int, column: int, value: Any, look: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(line, column, value, look)
    else:
        sheet.write_string(line, column, str(value or "")[:MOST_LETTERS], look)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value).replace(".", ",")
    text = str(value)
    return f"\t{text}" if _FORMULA.match(text) else text
