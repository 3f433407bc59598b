"""A figure of a survey as a spreadsheet names it, and the figures that follow from many; asks the database nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self

from opora.core.russian import clean

MOST_QUESTION, MOST_ANSWER, MOST_GROUP = 1000, 500, 100
_NUMBER: Final = re.compile(r"^\d{1,9}(?:[.,]0+)?$")


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """One row of a table of results: words of its cells."""

    place: str
    question: str = ""
    answer: str = ""
    amount: str = ""
    total: str = ""
    group: str = ""

    def as_json(self) -> dict[str, str]:
        """The row as plain texts."""
        return asdict(self)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The row of its JSON, every text cleaned: it comes back from a browser."""
        return cls(
            **{one.name: " ".join(clean(str(told.get(one.name, ""))).split())[:1001] for one in fields(cls)}
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """One answer to one question: how many of `total` gave it."""

    group: str
    question: str
    answer: str
    amount: int
    total: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What of a table may be kept, and what a person should look at first."""

    kept: tuple[Figure, ...]
    remarks: tuple[str, ...]


def figures_of(rows: Iterable[ToldFigure]) -> Figures:
    """The figures of the rows; a row that does not fit becomes a remark and is left out.

    Where a table has no total, it is the sum of the answers to the question within the group.
    """
    remarks: list[str] = []
    read: list[tuple[ToldFigure, int, int | None]] = []
    seen: dict[tuple[str, str, str], str] = {}
    for row in rows:
        fault = _fault(row, seen)
        if fault:
            remarks.append(f"{row.place}: {fault}")
            continue
        seen[row.group, row.question, row.answer] = row.place
        read.append((row, _number(row.amount), _number(row.total) if row.total else None))
    sums: dict[tuple[str, str], int] = {}
    for row, amount, _ in read:
        sums[row.group, row.question] = sums.get((row.group, row.question), 0) + amount
    kept = []
    for row, amount, told in read:
        total = sums[row.group, row.question] if told is None else told
        if amount > total:
            remarks.append(f"{row.place}: ответили так {amount}, а всего {total}. Строка не взята.")
            continue
        kept.append(Figure(row.group, row.question, row.answer, amount, total))
    if any(told is None for _, _, told in read):
        remarks.append("Столбца «Всего» нет или он местами пуст: взята сумма ответов на вопрос.")
    return Figures(tuple(kept), tuple(remarks))


def _fault(row: ToldFigure, seen: Mapping[tuple[str, str, str], str]) -> str:
    if not row.question or not row.answer:
        return "нет вопроса или ответа. Строка не взята."
    if len(row.question) > MOST_QUESTION or len(row.answer) > MOST_ANSWER or len(row.group) > MOST_GROUP:
        return "слишком длинный текст. Строка не взята."
    if not _NUMBER.match(row.amount):
        return f"«{row.amount}» — не количество. Строка не взята."
    if row.total and not _NUMBER.match(row.total):
        return f"«{row.total}» — не количество. Строка не взята."
    twin = seen.get((row.group, row.question, row.answer))
    return f"повторяет {twin}. Строка не взята." if twin else ""


def _number(text: str) -> int:
    return int(re.split(r"[.,]", text)[0])
