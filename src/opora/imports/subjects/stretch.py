"""The words of a term, whatever columns they came from, as a period of days."""

from __future__ import annotations

import re

from opora.core.periods import Period, from_columns, read_period
from opora.imports.subjects.found import RawTerm
from opora.imports.subjects.terms import looks_like_term
from opora.imports.subjects.wording import fold
from opora.imports.subjects.year import PlanYear

_PIECE = re.compile(r"\s*[;,]\s*|\s+(?=\()|\)\s*")


def period_of(term: RawTerm, plan: PlanYear) -> Period:
    """The period of a line; marks of a matrix and waves are first start and last end."""
    if term.start is not None or term.end is not None:
        return from_columns(term.start or "", term.end or "", year=plan.year, school_year=plan.school)
    if term.marks:
        return read_period(_of_marks(term.marks), year=plan.year, school_year=plan.school)
    if term.waves:
        return read_period(
            ", ".join(_of_wave(*wave) for wave in term.waves), year=plan.year, school_year=plan.school
        )
    return _of_text(term.text, plan)


def _of_marks(marks: list[tuple[str, str]]) -> str:
    return ", ".join(dict.fromkeys(label for label, _ in marks))


def _of_wave(label: str, text: str) -> str:
    """A wave's words, with the year of its header where they have none."""
    year = re.search(r"20\d\d", label)
    return f"{text} {year.group()}" if year and not re.search(r"20\d\d", text) else text


def _of_text(text: str, plan: PlanYear) -> Period:
    """The text read whole; if it also names a place, its part that speaks of time."""
    period = read_period(text, year=plan.year, school_year=plan.school)
    if period.confidence != "unread" or period.recurrence or looks_like_term(text):
        return period
    for piece in _PIECE.split(text):
        if piece and looks_like_term(piece) and re.search(r"\d|[а-я]{3}", fold(piece)):
            part = read_period(piece, year=plan.year, school_year=plan.school)
            if part.confidence != "unread":
                return Period(
                    text, part.start, part.end, part.open_ended, part.recurrence, None, part.confidence
                )
    return period
