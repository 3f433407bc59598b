"""Remarks on the numbers of lines: lost and repeated ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from opora.imports.checks.naming import name_of, place_words
from opora.imports.draft import Problem, RoadmapDraft


def number_problems(draft: RoadmapDraft) -> list[Problem]:
    """number_missing where most lines bear numbers; number_duplicate within one numbering."""
    return [*_missing(draft), *_repeated(draft)]


def _missing(draft: RoadmapDraft) -> Iterator[Problem]:
    if sum(line.number is not None for line in draft.lines) * 2 < len(draft.lines):
        return
    for index, line in enumerate(draft.lines):
        if line.number is None:
            guess = (
                f" Похоже, это {line.suggested_number}: подтвердите или впишите другой."
                if line.suggested_number
                else " Впишите номер."
            )
            words = f"У строки «{_beginning(line.text)}» ({place_words(line.place)}) потерян номер.{guess}"
            yield Problem("number_missing", "warning", index + 1, words)


def _repeated(draft: RoadmapDraft) -> Iterator[Problem]:
    first: dict[tuple[int, int, str], int] = {}
    leading = _leading_figures(draft)
    stretch, previous, section = 0, 0, -1
    for index, line in enumerate(draft.lines):
        if line.number is None or "number" in line.merged:
            continue
        figures = [int(part) for part in line.number.split(".") if part.isdigit()]
        if line.section == section == 0 and figures == [1] and previous > 1:
            stretch += 1  # without sections, a numbering that begins anew is another table
        previous, section = (figures[0] if len(figures) == 1 else previous), line.section
        is_astray = len(figures) > 1 and leading.get(line.section) not in (None, figures[0])
        keys = [(line.section, stretch, line.number)] + (
            [(other, stretch, line.number) for other in leading] if is_astray else []
        )
        earlier = next((first[key] for key in keys if key in first), None)
        if earlier is None:
            first[(line.section, stretch, line.number)] = index
        else:
            yield _repeated_words(draft, earlier, index)


def _leading_figures(draft: RoadmapDraft) -> dict[int, int]:
    """The first figure that most numbers of a section bear."""
    counts: dict[int, Counter[int]] = {}
    for line in draft.lines:
        head = (line.number or "").split(".")[0]
        if head.isdigit() and "." in (line.number or ""):
            counts.setdefault(line.section, Counter())[int(head)] += 1
    return {section: count.most_common(1)[0][0] for section, count in counts.items()}


def _repeated_words(draft: RoadmapDraft, earlier: int, index: int) -> Problem:
    line = draft.lines[index]
    guess = f" По порядку здесь должен стоять {line.suggested_number}." if line.suggested_number else ""
    words = (
        f"Номер {line.number} повторяется (строки {earlier + 1} и {index + 1}: "
        f"{place_words(draft.lines[earlier].place)}; "
        f"{place_words(line.place)}) с разным содержанием.{guess} Выберите, какую взять, или исправьте номер."
    )
    return Problem("number_duplicate", "error", name_of(draft, index), words)


def _beginning(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + "…"
