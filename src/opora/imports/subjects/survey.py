"""A table of results of a survey: question, answer, how many, of how many, who was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.imports.table import Source, Table
from opora.questionnaires.told_survey import ToldFigure

_HEAD_ROWS: Final = 15
_COLUMNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("total", re.compile(r"^всего|^итого|общее (?:число|кол)|всего (?:ответ|респонд|опрош)")),
    ("amount", re.compile(r"кол-?во|количеств|^число|сколько|^ответили|^выбрали|частот")),
    ("question", re.compile(r"вопрос|утвержден|показател|формулировк")),
    ("answer", re.compile(r"ответ|вариант|значени|выбор")),
    ("group", re.compile(r"групп|категори|^кто|респондент|должност|роль|участник")),
)
_NEEDED: Final = {"question", "answer", "amount"}


@dataclass(frozen=True, slots=True)
class SurveySheet:
    """Everything that was read, and what a person should know of it."""

    rows: tuple[ToldFigure, ...]
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain lists and texts."""
        return {"rows": [row.as_json() for row in self.rows], "remarks": list(self.remarks)}


def understand(source: Source) -> SurveySheet:
    """The rows of all tables with a question, an answer and a count. Refused with F-NOTABLE where there are none."""
    rows = tuple(row for table in source.tables for row in _read(table))
    if not rows:
        raise Refused(
            "Не найдена таблица результатов: нужны столбцы «Вопрос», «Ответ» и «Количество». "
            "Ещё понимаем «Всего» и «Группа».",
            code="F-NOTABLE",
        )
    return SurveySheet(rows, tuple(dict.fromkeys(words for _, words in source.remarks)))


def _read(table: Table) -> list[ToldFigure]:
    grid = [
        (row.place.row, [" ".join(clean(row.text_at(column)).split()) for column in range(table.width)])
        for row in table.rows
    ]
    where = f"лист «{table.sheet}», " if table.sheet else ""
    for place, (_, head) in enumerate(grid[:_HEAD_ROWS]):
        columns = _columns(head)
        if columns.keys() >= _NEEDED:
            return _rows(grid[place + 1 :], columns, where)
    return []


def _rows(grid: Sequence[tuple[int, list[str]]], columns: dict[str, int], where: str) -> list[ToldFigure]:
    """Rows of figures; a question and a group written once stand for the rows under them too."""
    rows, above = [], {"question": "", "group": ""}
    for number, row in grid:
        told = {name: row[column] for name, column in columns.items()}
        if not any(told.values()) or fold(told["question"]).startswith(("итого", "всего")):
            continue
        for name in above:
            above[name] = told.get(name) or above[name]
        rows.append(ToldFigure(place=f"{where}строка {number}", **{**told, **above}))
    return rows


def _columns(head: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS:
        for column, text in enumerate(head):
            if text and column not in found.values() and pattern.search(fold(text)):
                found[name] = column
                break
    return found
