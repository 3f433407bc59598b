"""How large an answer is: places of a form that are filled, rows of its repeats, the longest texts; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from opora.questionnaires.content import Form, Question, every_question

MOST_ROWS: Final = 200
# Questions in all rows of an answer together, each as heavy as it is on a page.
MOST_PLACES: Final = 6_000
# So much of a question weighs as much as one more question.
_CHOICES, _LETTERS = 20, 400
# What a text counts for where nobody knows yet how long it will be.
_USUAL_TEXT: Final = 64
# Shorter texts make no difference to what a formula costs.
LONG: Final = 255


@dataclass(slots=True)
class Sizes:
    """Of every question by its path: at how many places it stands, how long its longest text is.

    `rows` are the most rows of a repeat in one place, `inside` how many questions a group, a row or the form
    (by the path «») holds at once, `total` is what all places weigh together.
    """

    places: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    inside: dict[str, int] = field(default_factory=dict)
    total: int = 0

    def key(self) -> tuple[object, ...]:
        """What the cost of a formula depends on; texts in classes, each four times as long as the one before."""
        long = [(path, length.bit_length() // 2) for path, length in self.longest.items() if length > LONG]
        return (*self.places.values(), *self.rows.values(), *long)

    @property
    def is_beyond(self) -> bool:
        """More than a page can show and a judging can look at."""
        return self.total > MOST_PLACES


def sizes_of(form: Form, answers: Any) -> Sizes:
    """The sizes of answers as they were typed or kept, whatever stands in them."""
    found = Sizes()
    _count(form.questions, [answers], "", found, weights_of(form))
    return found


def permitted_sizes(form: Form) -> Sizes:
    """The sizes of the largest answer that a form permits: every repeat full, within what is permitted in all."""
    found = Sizes()
    _permit(form.questions, 1, "", found, weights_of(form))
    return found


def cut(form: Form, answers: Any) -> dict[str, Any]:
    """As much of answers as may be shown: rows of repeats are left off at the end once there are too many."""
    return _Cutting(weights_of(form)).of(form.questions, answers)


def shown_of(form: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """The same answers where a page can show them, else as much of them as it can."""
    return cut(form, answers) if sizes_of(form, answers).is_beyond else answers


@lru_cache(maxsize=64)
def weights_of(form: Form) -> Mapping[str, int]:
    """What every question weighs by its path: one, and more for many choices and long words."""
    return {question.path: _weight(question) for question in every_question(form.questions)}


def _weight(question: Question) -> int:
    letters = len(question.label) + len(question.hint) + sum(len(one.label) for one in question.choices)
    return 1 + len(question.choices) // _CHOICES + letters // _LETTERS


def _count(
    questions: Sequence[Question],
    holders: Sequence[Any],
    before: str,
    found: Sizes,
    weights: Mapping[str, int],
) -> None:
    """Count the questions that stand beside one another, at all places at once."""
    widest = len(questions)
    for question in questions:
        typed = [one.get(question.name) if isinstance(one, Mapping) else None for one in holders]
        path = question.path
        if question.kind == "repeat":
            rows = [one[:MOST_ROWS] if isinstance(one, list) else [] for one in typed]
            most = max((len(one) for one in rows), default=0)
            widest += most
            found.rows[path] = max(1, most)
            typed = [row for one in rows for row in one]
        found.places[path] = max(1, len(typed))
        found.total += len(typed) * weights[path]
        if question.questions:
            _count(question.questions, typed, path, found, weights)
        elif question.kind not in ("group", "repeat"):
            found.longest[path] = max((len(one) for one in typed if isinstance(one, str)), default=0)
    found.inside[before] = widest


def _permit(
    questions: Sequence[Question], places: int, before: str, found: Sizes, weights: Mapping[str, int]
) -> None:
    widest = len(questions)
    for question in questions:
        path, here = question.path, places
        if question.kind == "repeat":
            inside = weights[path] + sum(weights[one.path] for one in question.questions)
            room = max(1, MOST_PLACES // inside)
            found.rows[path] = min(MOST_ROWS, room)
            here = min(places * MOST_ROWS, room)
            widest += found.rows[path]
        found.places[path] = here
        found.total += here * weights[path]
        found.longest[path] = _USUAL_TEXT if question.kind == "text" else 0
        if question.questions:
            _permit(question.questions, here, path, found, weights)
    found.inside[before] = widest


class _Cutting:
    """One cutting: what room is left while the answers are walked."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights
        self._room = MOST_PLACES

    def of(self, questions: Sequence[Question], answers: Any) -> dict[str, Any]:
        known = answers if isinstance(answers, Mapping) else {}
        found: dict[str, Any] = {}
        for question in questions:
            path, typed = question.path, known.get(question.name)
            self._room -= self._weights[path]
            if question.kind == "group":
                found[question.name] = self.of(question.questions, typed)
            elif question.kind == "repeat":
                rows = typed[:MOST_ROWS] if isinstance(typed, list) else []
                found[question.name] = [self.of(question.questions, row) for row in rows if self._room > 0]
            elif typed is not None:
                found[question.name] = typed
        return found
