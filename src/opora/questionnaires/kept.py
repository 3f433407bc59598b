"""Answers as they may be kept in a draft: plain values, clean text, a bounded size; no rows, no clock."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, find_forbidden
from opora.questionnaires.content import Answers, Question

MOST_BYTES: Final = 1024 * 1024
MOST_DEPTH: Final = 10
_UNREADABLE: Final = "Ответы прочитать не удалось. Откройте форму ещё раз."


def clean_answers(answers: Mapping[str, Any]) -> Answers:
    """The answers with all their text cleaned. Refused: T-CHARS, not plain values, over 1 MB as JSON."""
    kept = _cleaned(answers, MOST_DEPTH)
    size = len(json.dumps(kept, ensure_ascii=False).encode())
    if size > MOST_BYTES:
        raise Refused(
            f"Ответы слишком велики: {size // 1024} КБ, можно не более {MOST_BYTES // 1024} КБ.", status=413
        )
    return kept if isinstance(kept, dict) else {}


def _cleaned(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if depth and isinstance(value, Mapping):
        return {clean(str(name)): _cleaned(one, depth - 1) for name, one in value.items()}
    if depth and isinstance(value, list | tuple):
        return [_cleaned(one, depth - 1) for one in value]
    raise Refused(_UNREADABLE, status=400)


def _text(text: str) -> str:
    place = find_forbidden(text)
    if place is not None:
        raise Refused(
            f"В тексте есть недопустимые символы (позиция {place}). Наберите это место заново.",
            code="T-CHARS",
            status=400,
        )
    return clean(text)


def with_given(questions: tuple[Question, ...], typed: Mapping[str, Any], kept: Mapping[str, Any]) -> Answers:
    """What was typed together with what a page cannot send: values that the product gave when the form was opened."""
    found: Answers = dict(typed)
    for question in questions:
        before, now = kept.get(question.name), typed.get(question.name)
        if question.kind == "calculated" and not question.calculation and before is not None:
            found[question.name] = before
        elif question.kind == "group" and isinstance(before, Mapping):
            inner = with_given(question.questions, now if isinstance(now, Mapping) else {}, before)
            if inner:
                found[question.name] = inner
    return found


def over(kept: Mapping[str, Any], told: Mapping[str, Any]) -> Answers:
    """The kept answers with the told ones over them, group by group; rows of a repeat are taken whole."""
    found: Answers = dict(kept)
    for name, value in told.items():
        before = found.get(name)
        if isinstance(value, Mapping) and isinstance(before, Mapping) and "file" not in before:
            found[name] = over(before, value)
        elif value not in (None, "", []):
            found[name] = value
    return found
