"""Answers as a page sends them: read from the fields that were shown, over what was kept of those that were not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import QueryDict

from opora.questionnaires.content import Answers, Question
from opora.questionnaires.sizes import MOST_ROWS

ANSWER, ROWS = "a/", "rows/"
ADD, DROP = "add/", "drop/"
_HELD: Final = frozenset({"note", "calculated"})


def answers_in(post: QueryDict, questions: Iterable[Question], kept: Mapping[str, Any]) -> Answers:
    """The answers to the questions of a page; the kept ones where a question was not on it.

    A field that was not shown (its condition does not hold) keeps what was typed into it before.
    """
    found = dict(kept)
    for question in questions:
        _read(post, question, question.name, found)
    return found


def _read(post: QueryDict, question: Question, place: str, found: dict[str, Any]) -> None:
    before = found.get(question.name)
    if question.kind == "group":
        inner = dict(before) if isinstance(before, Mapping) else {}
        for one in question.questions:
            _read(post, one, f"{place}/{one.name}", inner)
        _keep(found, question.name, inner)
    elif question.kind == "repeat":
        _keep(found, question.name, _rows(post, question, place, before))
    elif question.kind not in _HELD and not question.calculation and f"{ANSWER}{place}" in post:
        _keep(found, question.name, _value(post, question, place, before))


def _rows(post: QueryDict, question: Question, place: str, before: Any) -> list[dict[str, Any]]:
    kept = [dict(row) for row in before if isinstance(row, Mapping)] if isinstance(before, list) else []
    count = post.get(f"{ROWS}{place}")
    if count is None:
        return kept
    number = (
        min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() and len(count) < 5 else len(kept)
    )
    rows = []
    for row in range(1, number + 1):
        inner = kept[row - 1] if row <= len(kept) else {}
        for one in question.questions:
            _read(post, one, f"{place}/{row}/{one.name}", inner)
        rows.append(inner)
    return rows


def _value(post: QueryDict, question: Question, place: str, before: Any) -> Any:
    told = [one.replace("\r\n", "\n") for one in post.getlist(f"{ANSWER}{place}")]
    if question.kind == "many":
        return [one for one in told if one]
    if question.kind == "file":
        # The file itself comes beside; here only «убрать» is told.
        return None if told[-1] == "drop" else before
    return told[-1].strip() if question.kind != "text" else told[-1].strip(" ")


def _keep(found: dict[str, Any], name: str, value: Any) -> None:
    if value in (None, "", [], {}):
        found.pop(name, None)
    else:
        found[name] = value


def rows_changed(answers: Answers, deed: str) -> bool:
    """Add a row to a repeat («add/act») or take one away («drop/act/2»); whether there was anything to change."""
    what, _, place = deed.partition("/")
    steps = place.split("/")
    if what == "drop" and not (len(steps) > 1 and steps[-1].isdigit()):
        return False
    number = int(steps.pop()) if what == "drop" else 0
    holder: Any = answers
    for place_of_step, step in enumerate(steps[:-1]):
        holder = _inside(holder, step, steps[place_of_step + 1])
        if holder is None:
            return False
    if not isinstance(holder, dict):
        return False
    rows = holder.setdefault(steps[-1], []) if what == "add" else holder.get(steps[-1])
    if not isinstance(rows, list) or (what == "add" and len(rows) >= MOST_ROWS):
        return False
    if what == "add":
        rows.append({})
    elif 1 <= number <= len(rows):
        del rows[number - 1]
    return True


def _inside(holder: Any, step: str, after: str) -> Any:
    if isinstance(holder, list):
        place = int(step) - 1 if step.isdigit() and len(step) < 5 else -1
        return holder[place] if 0 <= place < len(holder) else None
    if not isinstance(holder, dict):
        return None
    return holder.setdefault(step, [] if after.isdigit() else {})


def uploads_in(
    files: Mapping[str, Any], questions: Iterable[Question], kept: Answers
) -> list[tuple[str, Any]]:
    """The files that came with a page: (place, upload) for every question of a file among the rows that there are."""
    names = {f"{ANSWER}{place}/file": place for place in _file_places(questions, kept, "")}
    return [(place, files[name]) for name, place in names.items() if name in files]


def _file_places(questions: Iterable[Question], answers: Any, before: str) -> Iterable[str]:
    known = answers if isinstance(answers, Mapping) else {}
    for question in questions:
        place = f"{before}{question.name}"
        if question.kind == "file":
            yield place
        elif question.kind == "group":
            yield from _file_places(question.questions, known.get(question.name), f"{place}/")
        elif question.kind == "repeat":
            rows = known.get(question.name)
            for number, row in enumerate(rows if isinstance(rows, list) else (), start=1):
                yield from _file_places(question.questions, row, f"{place}/{number}/")


def put(answers: Answers, place: str, value: Any) -> None:
    """Put a value at a place of the answers."""
    steps = place.split("/")
    holder: Any = answers
    for number, step in enumerate(steps[:-1]):
        holder = _inside(holder, step, steps[number + 1])
        if holder is None:
            return
    if isinstance(holder, dict):
        holder[steps[-1]] = value
