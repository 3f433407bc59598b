"""The way of one visit from the plan to the approved report, and who waits for whom; no rows, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from opora.core.russian import day_month
from opora.visits.states import State

if TYPE_CHECKING:
    from opora.visits.models import Visit


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of the way: what it is, the day it was passed, whether it is the next one."""

    words: str
    day: date | None
    is_passed: bool
    is_next: bool


def path_of(visit: Visit, as_of: date) -> list[Milestone]:
    """planned → confirmed → held → reported → approved, as it stood on a day."""
    is_back = visit.returned_on is not None and visit.returned_on <= as_of and visit.approved_on is None
    told = (
        ("Намечено", visit.planned_on, visit.noted_on <= as_of),
        ("Школа подтвердила", visit.agreed_on, _has_come(visit.agreed_on, as_of)),
        ("Состоялось", visit.held_on, _has_come(visit.held_on, as_of)),
        ("Отчёт сдан", visit.reported_on, _has_come(visit.reported_on, as_of) and not is_back),
        ("Отчёт принят", visit.approved_on, _has_come(visit.approved_on, as_of)),
    )
    last = max((place for place, (_, _, is_passed) in enumerate(told) if is_passed), default=-1)
    is_stopped = _has_come(visit.cancelled_on, as_of)
    return [
        Milestone(words, day if is_passed else None, is_passed, place == last + 1 and not is_stopped)
        for place, (words, day, is_passed) in enumerate(told)
    ]


def waiting_words(visit: Visit, state: State) -> str:
    """Whom the visit waits for and what they do next; an empty string when it waits for nobody."""
    curator = visit.curator.short_name
    return {
        "planned": "Ждём школу: подтвердить день или предложить другой.",
        "proposed": f"Ждём куратора ({curator}): ответить школе.",
        "agreed": f"Ждём дня посещения. После него куратор ({curator}) заполнит лист.",
        "overdue": f"Ждём куратора ({curator}): отметить, что состоялось, или перенести.",
        "held": f"Ждём куратора ({curator}): сдать отчёт.",
        "reported": "Ждём методический центр: принять отчёт или вернуть с вопросом.",
        "returned": f"Ждём куратора ({curator}): ответить на вопрос и сдать отчёт снова.",
    }.get(state.code, "")


def proposal_words(visit: Visit) -> str:
    """«Школа предлагает 20 сентября: педсовет»."""
    if visit.proposed_day is None:
        return ""
    return f"Школа предлагает {day_month(visit.proposed_day)}: {visit.proposed_reason}"


def _has_come(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
