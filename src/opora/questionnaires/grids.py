"""Answers as tables: a row an answer and a column a question; each repeat is a table of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opora.questionnaires.content import Form, Question

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One question of a table; `names` lead to its answer inside of a row."""

    question: Question
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.question.label or self.question.name


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: of all answers, or of one repeat; `way` leads to the repeat, a step for each repeat on it."""

    name: str
    title: str
    columns: tuple[Column, ...]
    way: tuple[tuple[str, ...], ...] = ()


def grids_of(form: Form) -> list[Grid]:
    """The table of answers, and after it one for each repeat; a repeat stands in its table by how many rows it has."""
    return _grids("answers", form.title, form.questions, ())


def _grids(
    name: str, title: str, questions: Sequence[Question], way: tuple[tuple[str, ...], ...]
) -> list[Grid]:
    columns: list[Column] = []
    inner: list[Grid] = []
    for question, names in _leaves(questions, ()):
        columns.append(Column(question, names))
        if question.kind == "repeat":
            inner += _grids(question.name, question.label or question.name, question.questions, (*way, names))
    return [Grid(name, title, tuple(columns), way), *inner]


def _leaves(
    questions: Sequence[Question], before: tuple[str, ...]
) -> Iterator[tuple[Question, tuple[str, ...]]]:
    for question in questions:
        names = (*before, question.name)
        if question.kind == "group":
            yield from _leaves(question.questions, names)
        elif question.kind != "note":
            yield question, names


def rows_of(grid: Grid, answers: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """(number of the answer from 1, row) for each row of a table."""
    for number, answer in enumerate(answers, 1):
        rows: list[Mapping[str, Any]] = [answer]
        for names in grid.way:
            rows = [
                one
                for row in rows
                if isinstance(many := value_at(row, names), list)
                for one in many
                if isinstance(one, dict)
            ]
        for row in rows:
            yield number, row


def value_at(row: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """The answer to which the names lead; None where there is none."""
    value: Any = row
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def told(question: Question, value: Any) -> Value:
    """An answer as people read it: labels instead of codes, a day as 15.09.2022, a repeat as the number of its rows."""
    if value is None or value == "":
        return None
    match question.kind:
        case "one":
            return _label(question, value)
        case "many":
            return "; ".join(_label(question, one) for one in (value if isinstance(value, list) else [value]))
        case "date":
            return _day(str(value))
        case "file":
            return str(value.get("name", "")) if isinstance(value, Mapping) else str(value)
        case "repeat":
            return len(value) if isinstance(value, list) else 0
    if isinstance(value, bool):
        return "да" if value else "нет"
    return value if isinstance(value, int | float) else str(value)


def _label(question: Question, code: Any) -> str:
    return next((choice.label for choice in question.choices if choice.code == code), str(code))


def _day(text: str) -> str:
    try:
        return f"{date.fromisoformat(text[:10]):%d.%m.%Y}"
    except ValueError:
        return text
