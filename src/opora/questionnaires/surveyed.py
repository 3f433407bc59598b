"""The results of a survey made elsewhere, question by question and group by group, ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from opora.questionnaires.charts import Bar, bars_of, told_of
from opora.questionnaires.models import SurveyFigure


@dataclass(frozen=True, slots=True)
class Asked:
    """One question put to one group, with its drawing."""

    question: str
    group: str
    total: int
    bars: list[Bar]
    told: str


def questions_of(figures: Iterable[SurveyFigure]) -> list[Asked]:
    """The questions in the order of the table, the groups of one question side by side."""
    asked: dict[str, dict[str, list[SurveyFigure]]] = {}
    for one in figures:
        asked.setdefault(one.question, {}).setdefault(one.group, []).append(one)
    found = []
    for question, groups in asked.items():
        for group, rows in groups.items():
            bars = bars_of([(row.answer, row.amount, row.amount / (row.total or 1)) for row in rows])
            total = max(row.total for row in rows)
            found.append(Asked(question, group, total, bars, told_of(question, bars)))
    return found
