"""A form with its answers as a page shows it: steps, groups, rows of repeats, fields with values and remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final
from zlib import crc32

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from opora.core.russian import day_words
from opora.questionnaires.content import Answers, Choice, Form, Question, every_question
from opora.questionnaires.judging import Judged
from opora.questionnaires.values import day_of

_REFERENCE: Final = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
MANY_QUESTIONS: Final = 12
FIRST_STEP: Final = "Начало"
# More choices than these are a list to open, not buttons to look through.
MOST_BUTTONS: Final = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field, and whether it is chosen."""

    code: str
    label: str
    is_chosen: bool


@dataclass(slots=True)
class Field:
    """One question on a page. `key` is its name in the page's own identifiers, `place` its name in a sending."""

    question: Question
    place: str
    key: str
    label: str
    hint: str
    is_asked: bool
    text: str = ""
    file: Mapping[str, Any] | None = None
    options: tuple[Option, ...] = ()
    fault: str = ""
    is_required: bool = False
    is_changing: bool = False
    parts: list[Field] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def is_wide(self) -> bool:
        """A text of several lines."""
        return "multiline" in self.question.appearance

    @property
    def is_list(self) -> bool:
        """Choices in a list to open."""
        return len(self.options) > MOST_BUTTONS or self.question.appearance.startswith("minimal")

    @property
    def is_row(self) -> bool:
        """Choices that stand beside one another: a scale of agreement and the like."""
        asked = ("likert", "horizontal", "list-nolabel", "columns", "quick")
        return any(word in self.question.appearance for word in asked)

    @property
    def input_kind(self) -> str:
        """The browser's own field of days takes nothing but days: what is none is left to be corrected as a text."""
        return "date" if self.kind == "date" and self.text[4:5] in ("", "-") else "text"

    @property
    def aria(self) -> SafeString:
        """What a field says of itself to those who listen."""
        spoken = f"{self.key}-h {self.key}-e" if self.hint else f"{self.key}-e"
        return format_html(
            ' aria-describedby="{}"{}', spoken, mark_safe(' aria-invalid="true"') if self.fault else ""
        )

    @property
    def mark(self) -> str:
        """What tells of the page which choices it offers, where a filter chooses them."""
        if not self.question.choice_filter:
            return ""
        codes = " ".join(option.code for option in self.options)
        return f"of/{self.place}/{crc32(codes.encode())}"

    @property
    def is_shown(self) -> bool:
        """Whether something of it is to be seen: a value without words is counted in silence."""
        return self.is_asked and (self.kind != "calculated" or bool(self.question.label))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a repeat: its number from 1 and its fields."""

    number: int
    place: str
    parts: list[Field]


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a long form that stands on a page of its own."""

    number: int
    title: str
    names: tuple[str, ...]


def steps_of(form: Form) -> tuple[Step, ...]:
    """The steps of a form: its top groups, and what stands between them; one step for a short form."""
    questions = form.questions
    groups = [one for one in questions if one.kind == "group"]
    if len(groups) < 2 or len(every_question(questions)) - len(groups) <= MANY_QUESTIONS:
        return (Step(1, form.title, tuple(one.name for one in questions)),)
    parts: list[tuple[str, list[str]]] = []
    for question in questions:
        is_own = question.kind in ("group", "repeat") and bool(question.label)
        if is_own or question.kind == "group":
            parts.append((question.label or f"Часть {len(parts) + 1}", [question.name]))
        elif parts and not _is_group(questions, parts[-1][1][0]):
            parts[-1][1].append(question.name)
        else:
            parts.append((FIRST_STEP if not parts else "Ещё вопросы", [question.name]))
    return tuple(Step(number, title, tuple(names)) for number, (title, names) in enumerate(parts, start=1))


def _is_group(questions: Iterable[Question], name: str) -> bool:
    return any(one.name == name and one.kind in ("group", "repeat") for one in questions)


def fields_of(
    form: Form,
    answers: Answers,
    judged: Judged,
    *,
    names: Iterable[str] | None = None,
    is_strict: bool = False,
) -> list[Field]:
    """The fields of a form, or of the questions at the top that are named; values as they were typed.

    Faults of empty answers are shown only where `is_strict`: nobody is told of what they had no time to fill in.
    """
    wanted = set(names) if names is not None else None
    questions = [one for one in form.questions if wanted is None or one.name in wanted]
    return _Showing(form, judged, is_strict).fields(questions, answers, "", "")


class _Showing:
    """One showing: what is known of the whole form while its fields are made."""

    def __init__(self, form: Form, judged: Judged, is_strict: bool) -> None:
        self._numbers = _numbers_of(form)
        self._paths = _paths_of(form)
        self._judged = judged
        self._told = told_values(judged.answers)
        self._faults = {
            fault.place: fault.words for fault in judged.faults if is_strict or not fault.is_missing
        }

    def fields(self, questions: Iterable[Question], answers: Any, before: str, rows: str) -> list[Field]:
        known = answers if isinstance(answers, Mapping) else {}
        return [self._field(one, known.get(one.name), f"{before}{one.name}", rows) for one in questions]

    def _field(self, question: Question, typed: Any, place: str, rows: str) -> Field:
        found = Field(
            question=question,
            place=place,
            key=f"q{self._numbers[question.path]}{rows}",
            label=self._words(question.label, place),
            hint=self._words(question.hint, place),
            is_asked=place in self._judged.relevant,
            fault=self._faults.get(place, ""),
            is_required=bool(question.required),
            is_changing=question.kind in ("note", "calculated") or "${" in question.label + question.hint,
        )
        if question.kind == "group":
            found.parts = self.fields(question.questions, typed, f"{place}/", rows)
        elif question.kind == "repeat":
            found.rows = [
                Row(number, f"{place}/{number}", self.fields(question.questions, row, f"{place}/{number}/",
                                                             f"{rows}-{number}"))
                for number, row in enumerate(typed if isinstance(typed, list) else (), start=1)
            ]  # fmt: skip
        else:
            self._fill(found, typed)
        return found

    def _fill(self, found: Field, typed: Any) -> None:
        question = found.question
        if question.kind in ("one", "many"):
            offered = self._judged.offered.get(found.place)
            chosen = typed if isinstance(typed, list) else str(typed or "").split()
            found.options = tuple(
                Option(choice.code, self._words(choice.label, found.place), choice.code in chosen)
                for choice in question.choices
                if offered is None or choice.code in offered
            )
        elif question.kind == "file":
            found.file = typed if isinstance(typed, Mapping) else None
        elif question.calculation:
            found.text = told_text(question, self._judged.values.get(found.place))
        elif question.kind == "date":
            day = day_of(str(typed or ""))
            found.text = day.isoformat() if day else str(typed or "")
        elif typed is not None:
            found.text = str(typed).replace(".", ",") if question.kind == "decimal" else str(typed)

    def _words(self, words: str, place: str) -> str:
        if "${" not in words:
            return words
        return _REFERENCE.sub(lambda found: self._value(found[1], place), words)

    def _value(self, name: str, place: str) -> str:
        """The value that `${name}` means at a place: of the same row where both stand in one repeat."""
        question = self._paths.get(name)
        if question is None:
            return ""
        there = _same_row(question.path, place)
        return told_text(question, self._told.get(there))


@lru_cache(maxsize=64)
def _numbers_of(form: Form) -> dict[str, int]:
    return {question.path: number for number, question in enumerate(every_question(form.questions), start=1)}


@lru_cache(maxsize=64)
def _paths_of(form: Form) -> dict[str, Question]:
    return {question.name: question for question in every_question(form.questions)}


def _same_row(path: str, place: str) -> str:
    """The place of the question at `path` that shares the rows of repeats with `place`."""
    steps, found, at = place.split("/"), [], 0
    shares = True
    for step in path.split("/"):
        shares = shares and at < len(steps) and steps[at] == step
        found.append(step)
        at += 1
        if shares and at < len(steps) and steps[at].isdigit():
            found.append(steps[at])
            at += 1
    return "/".join(found)


def told_values(answers: Answers, before: str = "") -> dict[str, Any]:
    """The values of answers by place."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        place = f"{before}{name}"
        if isinstance(value, Mapping) and "file" not in value:
            found |= told_values(dict(value), f"{place}/")
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            for number, row in enumerate(value, start=1):
                if isinstance(row, Mapping):
                    found |= told_values(dict(row), f"{place}/{number}/")
        else:
            found[place] = value
    return found


def told_text(question: Question, value: Any) -> str:
    """A value in words: choices by their labels, days in Russian, numbers with a comma."""
    if value in (None, "", []):
        return ""
    if question.kind in ("one", "many"):
        codes = value if isinstance(value, list) else str(value).split()
        return ", ".join(_label(question.choices, code) for code in codes)
    if question.kind == "file":
        return str(value.get("name", "файл")) if isinstance(value, Mapping) else ""
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    if question.kind in ("date", "calculated") and isinstance(value, str) and len(value) == 10:
        day = day_of(value)
        return _in_words(day) if day else value
    return str(value)


def _in_words(day: date) -> str:
    return day_words(day)


def _label(choices: Iterable[Choice], code: str) -> str:
    return next((choice.label for choice in choices if choice.code == code), code)


@dataclass(frozen=True, slots=True)
class Differing:
    """Where two versions of a draft differ: the question, what is kept, what is being sent."""

    label: str
    theirs: str
    ours: str


def differences(form: Form, kept: Answers, sent: Answers) -> Iterator[Differing]:
    """The questions that two versions answer otherwise, in the order of the form."""
    by_path = {question.path: question for question in every_question(form.questions)}
    theirs, ours = told_values(kept), told_values(sent)
    for place in dict.fromkeys((*theirs, *ours)):
        path = "/".join(step for step in place.split("/") if not step.isdigit())
        question = by_path.get(path)
        if question is not None and theirs.get(place) != ours.get(place):
            one, other = (told_text(question, told.get(place)) for told in (theirs, ours))
            if one != other:
                yield Differing(question.label or question.name, one, other)
