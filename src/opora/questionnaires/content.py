"""What a compiled form says, as frozen values; kept as JSON in a version and read back from there. Needs no Django."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal[
    "text", "integer", "decimal", "date", "one", "many", "file", "note", "calculated", "group", "repeat"
]

# Answers of a form: by name of the question; a group is a dictionary, a repeat a list of them; choices are codes,
# several of them a list; a date is ISO text, a number is JSON's; a file is {"file": StoredFile.pk, "name": "…"}.
# A question that is not relevant has no key.
Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: its code, what people read, and its other columns for the filters of questions."""

    code: str
    label: str
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or a group or repeat of questions.

    `path` is the place in the form, names parted by slashes. The expressions are ODK's XPath as in the workbook
    (`${name}` already replaced by a path); `row` is the row of the sheet, for remarks.
    """

    name: str
    path: str
    kind: Kind
    label: str
    hint: str = ""
    required: str = ""
    required_message: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    calculation: str = ""
    default: str = ""
    appearance: str = ""
    choices: tuple[Choice, ...] = ()
    choice_filter: str = ""
    questions: tuple[Question, ...] = ()
    row: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form: its title and its questions in order."""

    title: str
    questions: tuple[Question, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return asdict(self, dict_factory=_without_filters)


def _without_filters(told: list[tuple[str, Any]]) -> dict[str, Any]:
    """What has no filter is written as before there were any, so that the same form stays the same."""
    return {name: value for name, value in told if value or name not in ("columns", "choice_filter")}


def form_of(told: dict[str, Any]) -> Form:
    """The form back from its JSON."""
    return Form(told["title"], tuple(_question(one) for one in told["questions"]))


def _question(told: dict[str, Any]) -> Question:
    return Question(
        **{
            **told,
            "choices": tuple(_choice(one) for one in told["choices"]),
            "questions": tuple(_question(one) for one in told["questions"]),
        }
    )


def _choice(told: dict[str, Any]) -> Choice:
    return Choice(
        told["code"], told["label"], tuple((name, words) for name, words in told.get("columns", ()))
    )


def every_question(questions: tuple[Question, ...]) -> list[Question]:
    """All questions at all depths, in the order of the form; groups and repeats stand before what they hold."""
    found = []
    for question in questions:
        found.append(question)
        found += every_question(question.questions)
    return found
