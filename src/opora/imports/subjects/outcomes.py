"""A table of results of schools: shares of ВПР and ОГЭ by school, year and subject; a list of pupils is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.imports.table import Source, Table
from opora.schools.told_outcomes import ToldOutcome

_HEAD_ROWS: Final = 15
_ORDER: Final = re.compile(r"^(?:№|n|№ ?п/?п|п/?п)\.?$")
_COLUMNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("pupils", re.compile(r"участник|кол-?во|количество|писал|численност|^всего$")),
    (
        "low",
        re.compile(
            r"не справил|«?2»?(?: |,|$)|двоек|неудовл|не преодол|низк\w* (?:результат|доля)|ниже миним"
        ),
    ),
    ("good", re.compile(r"4 ?»? ?и ?«? ?5|качеств|хорош|«4»")),
    ("year", re.compile(r"^год|учебный год|^уч\.? год")),
    ("exam", re.compile(r"работа|экзамен|процедур|^вид|^форма|оценочн")),
    ("subject", re.compile(r"предмет|дисциплин")),
    ("grade", re.compile(r"^класс|параллель")),
    ("municipality", re.compile(r"муниципалитет|муниципальн|район|округ|^мо$|^город")),
    ("school", re.compile(r"школ|\bоо\b|\bоу\b|наименован|организаци|учрежден")),
)
_NEEDED: Final = {"school", "year", "subject", "pupils"}
_PUPIL_HEAD: Final = re.compile(
    r"\bф\.? ?и\.? ?о\b|фамили|отчество|снилс|дата рожд|^(?:код|id|номер) (?:участник|ученик|обучающ)|"
    r"^(?:ученик|ученица|обучающийся|учащийся|участник)$|паспорт|^оценка$|^отметка$"
)
_SNILS: Final = re.compile(r"\b\d{3}-\d{3}-\d{3}[ -]\d{2}\b")
_FULL_NAME: Final = re.compile(r"^[А-ЯЁ][а-яё-]+ [А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:вич|вна|ична|оглы|кызы)$")


@dataclass(frozen=True, slots=True)
class OutcomeSheet:
    """Everything that was read, and what a person should know of it."""

    rows: tuple[ToldOutcome, ...]
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain lists and texts."""
        return {"rows": [row.as_json() for row in self.rows], "remarks": list(self.remarks)}


def understand(source: Source) -> OutcomeSheet:
    """The shares of a file.

    Refused with F-PUPILS where a table names children, with F-NOTABLE where no table of shares is found.
    """
    grids = [_grid(table) for table in source.tables]
    for grid in grids:
        _refuse_pupils(grid)
    found = [
        one
        for table, grid in zip(source.tables, grids, strict=True)
        if (one := _read(table, grid)) is not None
    ]
    rows = tuple(row for one in found for row in one)
    if not rows:
        raise Refused(
            "Не найдена таблица результатов: нужны столбцы «Школа», «Год», «Предмет», «Участников» и доли: "
            "«Не справились, %» или «На 4 и 5, %». Ещё понимаем «Работа» (ВПР, ОГЭ), «Класс», «Муниципалитет».",
            code="F-NOTABLE",
        )
    return OutcomeSheet(rows, tuple(dict.fromkeys(words for _, words in source.remarks)))


def _grid(table: Table) -> list[tuple[int, list[str]]]:
    return [
        (row.place.row, [" ".join(clean(row.text_at(column)).split()) for column in range(table.width)])
        for row in table.rows
    ]


def _refuse_pupils(grid: Sequence[tuple[int, list[str]]]) -> None:
    heads = [text for _, row in grid[:_HEAD_ROWS] for text in row if len(text) < 40]
    cells = [text for _, row in grid for text in row if text]
    named = next((text for text in heads if _PUPIL_HEAD.search(fold(text))), "")
    if named:
        said = f"есть столбец «{named}»"
    elif any(_SNILS.search(text) for text in cells):
        said = "есть номера СНИЛС"
    elif sum(bool(_FULL_NAME.match(text)) for text in cells) > 2:
        said = "есть фамилии, имена и отчества"
    else:
        return
    raise Refused(
        f"Это похоже на список учеников: {said}. Здесь хранятся только доли по школам, без детей. "
        "Файл не прочитан и не сохранён. Сведите таблицу по школам и загрузите её.",
        code="F-PUPILS",
    )


def _read(table: Table, grid: Sequence[tuple[int, list[str]]]) -> list[ToldOutcome] | None:
    where = f"лист «{table.sheet}», " if table.sheet else ""
    for place, (_, head) in enumerate(grid[:_HEAD_ROWS]):
        columns = _columns(head)
        if columns.keys() >= _NEEDED and {"low", "good"} & columns.keys():
            rows = []
            for number, row in grid[place + 1 :]:
                told = {name: row[column] for name, column in columns.items()}
                if told["school"] and not fold(told["school"]).startswith(("итого", "всего", "среднее")):
                    # A sheet may be of one examination: its name says which.
                    told.setdefault("exam", table.sheet)
                    rows.append(ToldOutcome(place=f"{where}строка {number}", **told))
            return rows
    return None


def _columns(head: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS:
        for column, text in enumerate(head):
            if (
                text
                and column not in found.values()
                and not _ORDER.match(fold(text))
                and pattern.search(fold(text))
            ):
                found[name] = column
                break
    return found
