"""Results of a round as a workbook: criteria, risks, agreement, the difference; text stays text, nobody is named."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from opora.core.russian import day_short
from opora.core.workbook import workbook_in
from opora.reports.printable import printable
from opora.reviews.results import CriterionChange, Results

Cell = str | int | float | None


def xlsx(results: Results, earlier: Results | None, changes: Sequence[CriterionChange]) -> bytes:
    """The bytes of an .xlsx file."""
    told, buffer = printable(results), io.BytesIO()
    book = workbook_in(buffer)
    font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    head = book.add_format({**font, "bold": True, "text_wrap": True, "border": 1, "bg_color": "#E7EEF7"})
    text = book.add_format({**font, "text_wrap": True, "border": 1})
    title = book.add_format({**font, "bold": True, "font_size": 14})
    book.set_properties({"title": told.title})

    def put(name: str, titles: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Cell]]) -> None:
        sheet = book.add_worksheet(name)
        sheet.write_string(0, 0, told.title, title)
        sheet.write_string(1, 0, f"{told.stage}, по записям на {day_short(told.as_of)}")
        for column, (words, width) in enumerate(zip(titles, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(3, column, words, head)
        for number, row in enumerate(rows, start=4):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, text)
        sheet.freeze_panes(4, 0)

    put("Итоги", ("Показатель", "Значение"), (50, 30), _facts(told))
    put(
        "Критерии",
        ("Критерий", "Уровень", "Баллы", "Документов", "Доля, %", "Средний балл", "Наибольший"),
        (50, 30, 10, 14, 12, 14, 14),
        [
            (one.title, level.title, level.points, level.count, level.share,
             round(one.mean, 2) if one.mean is not None else None, one.most)
            for one in told.criteria
            for level in one.levels
        ],
    )  # fmt: skip
    put(
        "Риски",
        ("№", "Риск", "Документов", "Средний результат, % от наибольшего", "Возвращено"),
        (8, 60, 14, 20, 14),
        [(one.number or None, one.title, one.documents, one.per_cent, one.returned) for one in told.factors],
    )
    if earlier is not None:
        before = printable(earlier)
        put(
            "Разница",
            ("Критерий", f"{before.title} ({before.stage}), %", f"{told.title} ({told.stage}), %", "Разница"),
            (50, 30, 30, 12),
            [(one.title, one.before, one.after, one.change) for one in map(printable, changes)],
        )
    book.close()
    return buffer.getvalue()


def _facts(told: Results) -> list[tuple[str, Cell]]:
    agreement = told.agreement
    kappa: Cell = agreement.words if agreement.kappa is None else round(agreement.kappa, 2)
    return [
        ("Документов всего", told.population),
        ("В выборке", told.sampled),
        ("Рассмотрено", told.settled),
        ("Возвращено на доработку", told.returned),
        ("Доработано", told.reworked),
        ("Средний результат, % от наибольшего", told.per_cent),
        ("Документов с двумя экспертами", agreement.documents),
        ("Полное согласие оценок, %", agreement.share),
        ("Взвешенная каппа Коэна (линейные веса)", kappa),
    ]


def _write(sheet: Any, row: int, column: int, value: Cell, text: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, text)
    elif value is None:
        sheet.write_blank(row, column, None, text)
    else:
        sheet.write_number(row, column, value, text)
