"""The page «Мой день»: what waits for the person, what is late, what is near, who is silent; each duty its own things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from opora.appointments.guard import signed_in
from opora.appointments.queries import Access, where_may
from opora.dashboard.day import FORTNIGHT, MOST_LINES, fortnight, late_lines, lines_in_work, next_day
from opora.dashboard.frame import programme_spoken_of, seen_roadmaps
from opora.dashboard.queries import SILENT_DAYS, waiting
from opora.dashboard.request import Request
from opora.dashboard.today_curator import curated
from opora.dashboard.today_deeds import deeds_of, shown, things_of
from opora.dashboard.today_own import next_visit, own_schools
from opora.dashboard.today_region import places_of
from opora.dashboard.today_shape import Waiting
from opora.indicators.queries import standings
from opora.indicators.state import LineState, summary
from opora.plans.models import Roadmap
from opora.programmes.factor_words import USUAL, FactorWords

FULL_WEEKDAYS = ("Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье")
# Of these kinds a curator and a school are told by rows of their own: a visit, a choice, a report.
TOLD_BY_ROOMS = frozenset(
    {"people_appointed", "visits_scheduled", "visits_held", "forms_filled", "risks_chosen"}
)
# The centre sees these as lists beside what waits for its word; a curator does them.
BESIDE = ("no_visit", "risk_verify")
MOST_BESIDE = 6


@signed_in
def today(request: Request) -> HttpResponse:
    """What waits, what is late, the next fourteen days, who is silent. Twelve queries, sixteen for the centre."""
    access, as_of = _asked_of_day(request.access), request.as_of
    plan = _chosen(request)
    states = _states(access, plan, as_of)
    told = waiting(access, request.user, as_of) if access.duties else []
    late = late_lines(states, access, request.user.pk)
    days = fortnight(states, as_of, things_of(told, as_of))
    rows = _rows(told, access, as_of)
    context: dict[str, Any] = {
        "plan": plan,
        "factors": _factors(request),
        "whole": summary(states) if access.municipality_ids else None,
        "weekday": FULL_WEEKDAYS[as_of.weekday()],
        "late": late[:MOST_LINES],
        "late_count": len(late),
        "mine": lines_in_work(states, access, request.user.pk)[:MOST_LINES],
        "days": days,
        "next_day": next_day(states, as_of),
        "days_count": FORTNIGHT,
        "soon": [day for day in days if day.lines or day.things],
        "silent_days": SILENT_DAYS,
        "pin": f"{100 / FORTNIGHT / 2:.1f}%",
        "places": places_of(access, as_of) if access.region_ids else [],
        "overdue_count": len(late) + rows["late_rows_count"],
        **rows,
    }
    return render(request, "dashboard/today.html", context)


def _asked_of_day(access: Access) -> Access:
    """The same person without the places where they only read along: a town's day is not its expert's."""
    led = where_may(access, "reports.see")
    return replace(access, municipality_ids=led.municipality_ids, region_ids=led.region_ids)


def _states(access: Access, plan: Roadmap | None, as_of: date) -> list[LineState]:
    """The lines that the day speaks of; a region is told by the readings of its municipalities instead."""
    is_centre = bool(access.municipality_ids)
    if plan is None or not (is_centre or access.school_ids):
        return []
    return standings([plan], as_of, but_for=frozenset() if is_centre else TOLD_BY_ROOMS)[plan.pk]


def _rows(told: Sequence[Waiting], access: Access, as_of: date) -> dict[str, Any]:
    """The deeds, those past their day apart; lists that stand beside them."""
    is_centre = bool(access.municipality_ids)
    own = curated(access)
    beside = {
        what: [row for row in told if row.what == what and is_centre and row.school not in own]
        for what in BESIDE
    }
    coming = next_visit(told, as_of) if own else None
    told_already = {row for rows in beside.values() for row in rows}
    if coming is not None and coming.is_near:
        told_already |= set(coming.steps)
    deeds = deeds_of([row for row in told if row not in told_already], as_of)
    rows, more = shown([one for one in deeds if not one[1].is_late])
    late_rows, late_more = shown([one for one in deeds if one[1].is_late])
    counts = {row.what: row.key for row in told if row.what.startswith("count_")}
    return {
        "rows": rows,
        "rows_count": sum(not one.is_late for _, one in deeds),
        "more": [*more, *late_more],
        "late_rows": late_rows,
        "late_rows_count": sum(one.is_late for _, one in deeds),
        "no_visit": beside["no_visit"][:MOST_BESIDE],
        "no_visit_count": counts.get("count_no_visit", len(beside["no_visit"])),
        "unverified": beside["risk_verify"][:MOST_BESIDE],
        "unverified_count": counts.get("count_risk_verify", len(beside["risk_verify"])),
        "silent": _silent(told, access, as_of),
        "next": coming,
        "schools": own_schools(told, as_of),
    }


def _chosen(request: Request) -> Roadmap | None:
    seen = seen_roadmaps(request)
    kept = request.session.get("roadmap")
    return next((plan for plan in seen if plan.pk == kept), seen[0] if seen else None)


def _factors(request: Request) -> FactorWords:
    """What the page calls risks. No query more: the frame has asked for the programme of whoever has a duty."""
    programme = programme_spoken_of(request) if request.access.duties else None
    return programme.words if programme else FactorWords.of(USUAL)


def _silent(told: Sequence[Waiting], access: Access, as_of: date) -> list[tuple[Waiting, int]]:
    """Schools long silent with days since; a school is not told of its own silence."""
    found = [
        (row, (as_of - row.since).days)
        for row in told
        if row.what == "silent" and row.since is not None and row.pk not in access.own_school_ids
    ]
    return found[:MOST_LINES]
