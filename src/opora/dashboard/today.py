"""The page «Мой день»: what waits for the person, what is late, what is near."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from opora.appointments.guard import signed_in
from opora.dashboard.day import FORTNIGHT, MOST_LINES, fortnight, late_lines, lines_in_work, next_day
from opora.dashboard.frame import seen_roadmaps
from opora.dashboard.queries import SILENT_DAYS, Waiting, waiting
from opora.dashboard.request import Request
from opora.indicators.queries import standings
from opora.indicators.state import summary
from opora.plans.models import Roadmap

FULL_WEEKDAYS = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье")
# What waits → icon, its class, the verb of the row, the word of the button.
ROWS = {
    "document": ("wait", "wait", "Согласовать", "Посмотреть"),
    "returned": ("back", "back", "Ответить на вопрос", "Ответить"),
    "word": ("sent", "half", "Подтвердить сделанное", "Подтвердить"),
}


@signed_in
def today(request: Request) -> HttpResponse:
    """What waits for the person, lines whose term has passed, the next fourteen days, schools long silent."""
    plan = _chosen(request)
    states = standings([plan], request.as_of)[plan.pk] if plan else []
    told = waiting(request.access, request.user.pk, request.as_of) if request.access.duties else []
    late = late_lines(states, request.access, request.user.pk)
    mine = lines_in_work(states, request.access, request.user.pk)
    days = fortnight(states, request.as_of)
    context: dict[str, Any] = {
        "plan": plan,
        "whole": summary(states),
        "weekday": FULL_WEEKDAYS[request.as_of.weekday()],
        "rows": [(one, *ROWS[one.what], _address(one)) for one in told if one.what in ROWS],
        "late": late[:MOST_LINES],
        "late_count": len(late),
        "mine": mine[:MOST_LINES],
        "days": days,
        "next_day": next_day(states, request.as_of),
        "days_count": FORTNIGHT,
        "soon": [day for day in days if day.lines],
        "silent": [(one, (request.as_of - one.since).days) for one in _silent(told)],
        "silent_days": SILENT_DAYS,
        "pin": f"{100 / FORTNIGHT / 2:.1f}%",
    }
    return render(request, "dashboard/today.html", context)


def _chosen(request: Request) -> Roadmap | None:
    seen = seen_roadmaps(request)
    kept = request.session.get("roadmap")
    return next((plan for plan in seen if plan.pk == kept), seen[0] if seen else None)


def _silent(told: Sequence[Waiting]) -> list[Any]:
    return [one for one in told if one.what == "silent" and one.since is not None][:MOST_LINES]


def _address(one: Waiting) -> str:
    if one.what == "word":
        return f"/words/{one.pk}/confirm/"
    return f"/documents/{one.pk}/"
