"""Remarks about how the file was read: rows joined, hidden or repealed, words glued."""

from __future__ import annotations

import re

from opora.imports.checks.naming import place_words
from opora.imports.draft import Problem, RoadmapDraft
from opora.imports.subjects.found import Gathered

_GLUED = re.compile(r"\d\+[а-яё]{3,}|\bв(?:г\.\s?о\.)|[а-яё]\d{4}год")
_FOOTNOTE = re.compile(r"[а-яёА-ЯЁ»)][¹²³⁴⁵]|\d\+\d(?=[\s»]|$)")


def name_of(index: int, number: str | None) -> str | int:
    """What a problem calls a line: its printed number, else its place among the lines from 1."""
    return number or index + 1


def remarks_of(found: Gathered, draft: RoadmapDraft, hidden: int) -> list[Problem]:
    """Remarks of level info: nothing is wrong, but the person should know what the reading did."""
    problems: list[Problem] = []
    for index, line in enumerate(found.lines):
        if line.tails:
            places = "; ".join(place_words(place) for place in line.tails)
            words = (
                f"Строка была разорвана: её продолжение ({places}) присоединено. Проверьте, что текст "
                f"собран верно."
            )
            problems.append(Problem("cell_continued", "info", name_of(index, line.number), words))
    for number, place in found.repealed:
        words = (
            f"{place_words(place).capitalize()}: пункт {number or 'без номера'} помечен как утративший "
            f"силу и не перенесён. Если он действует, добавьте его."
        )
        problems.append(Problem("line_repealed", "info", 0, words))
    if hidden:
        words = (
            f"В файле есть скрытые строки ({hidden}): они не перенесены. Если они нужны, покажите их в "
            f"файле и загрузите его снова."
        )
        problems.append(Problem("hidden_rows", "info", 0, words))
    return [*problems, *_spelling(draft)]


def _spelling(draft: RoadmapDraft) -> list[Problem]:
    problems: list[Problem] = []
    for index, line in enumerate(draft.lines):
        words = f"{line.text} {line.promise} {line.period.text}"
        if found := _GLUED.search(words):
            problems.append(
                Problem(
                    "words_glued",
                    "info",
                    name_of(index, line.number),
                    f"Похоже, слова слились: «{found.group()}». Поправьте, если нужно.",
                )
            )
        elif found := _FOOTNOTE.search(f"{line.text} {line.promise}"):
            problems.append(
                Problem(
                    "footnote_mark",
                    "info",
                    name_of(index, line.number),
                    f"К слову прилип знак сноски: «{found.group()}». Уберите его, если сноска не нужна.",
                )
            )
    return problems
