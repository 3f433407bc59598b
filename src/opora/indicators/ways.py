"""Where a person goes to do what a line promises: the rooms in which its kinds count rows."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from opora.indicators.state import LineState


@dataclass(frozen=True, slots=True)
class Way:
    """A link from a line to a room, shown to those who hold the permission."""

    address: str
    icon: str
    words: str
    permission: str


_VISITS = Way("/visits/", "visit", "Посещения", "visits.see")
_REPORTS = Way("/reports/?line={line}", "report", "Собрать отчёт", "reports.freeze")
WAYS: Final[dict[str, tuple[Way, ...]]] = {
    "documents_ready": (_REPORTS,),
    "documents_published": (_REPORTS,),
    "visits_scheduled": (_VISITS,),
    "visits_held": (_VISITS,),
    "forms_filled": (
        Way("/curator-reports/", "report", "Отчёты кураторов", "visits.see"),
        Way("/collections/new/?line={line}", "form", "Завести сбор", "collections.edit"),
        Way("/obligations/", "form", "Заполнить", "collections.answer"),
    ),
    "form_templates_ready": (Way("/forms/add/?line={line}", "form", "Внести форму", "forms.edit"),),
    "risks_chosen": (Way("/risks/", "risk", "Открыть матрицу", "risks.see"),),
    "documents_marked": (Way("/marks/federal/", "doc", "Отметки ИС МЭДК", "marks.see"),),
    "sample_reviewed": (Way("/reviews/add/?line={line}", "review", "Завести экспертизу", "reviews.edit"),),
}


def ways_of(state: LineState, permissions: Container[str]) -> list[Way]:
    """The rooms of a line's kinds that a person may enter, each once, in the order of the kinds."""
    found = {
        way.address: Way(way.address.format(line=state.activity.pk), way.icon, way.words, way.permission)
        for tally in state.tallies
        for way in WAYS.get(tally.kind.code, ())
        if way.permission in permissions
    }
    return list(found.values())
