"""Public pages of roadmaps: the front, the whole table, one line, open data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render

from opora.appointments.guard import open_to_all
from opora.dashboard.request import Request
from opora.indicators.filters import CHIPS, GATHERS, LineFilter
from opora.indicators.queries import standings
from opora.indicators.state import LineState, summary
from opora.plans.models import Roadmap
from opora.plans.road import Due, Road, road_of
from opora.plans.timeline import timeline_of
from opora.portal.open_data import as_csv, rows_of
from opora.portal.queries import (
    changed_on,
    elsewhere,
    figures_of,
    newest_of_each,
    on_portal,
    order_on_portal,
    places_of,
    public_names,
    public_regions,
    public_roadmaps,
)
from opora.schools.models import Municipality

LATEST = 6
LATE_NAMED = 4


@open_to_all
def front(request: Request) -> HttpResponse:
    """The front of the only municipality, or the list of all that have public roadmaps."""
    roadmaps = list(public_roadmaps())
    if len(places_of(roadmaps)) == 1:
        return _front_of(request, roadmaps[0], roadmaps[1:])
    newest = newest_of_each(roadmaps)
    states = standings(newest, day_of(request))
    rows = [(roadmap, summary(states[roadmap.pk])) for roadmap in newest]
    context = {"rows": rows, "day": day_of(request), "regions": public_regions()}
    return render(request, "portal/front.html", context)


@open_to_all
def place(request: Request, pk: int) -> HttpResponse:
    """The front of one municipality out of several."""
    municipality = get_object_or_404(Municipality.objects.filter(roadmaps__is_public=True).distinct(), pk=pk)
    roadmaps = list(public_roadmaps().filter(municipality=municipality))
    return _front_of(request, roadmaps[0], roadmaps[1:])


@open_to_all
def public_roadmap(request: Request, pk: int) -> HttpResponse:
    """The whole roadmap with the state of each line; filters by state, section, month and words."""
    roadmap = _roadmap(pk)
    day = day_of(request)
    states = standings([roadmap], day)[pk]
    whole = summary(states)
    asked = LineFilter.of(request.GET)
    shown = [state for state in states if asked.passes(state)]
    by_section = {row.section.pk: row for row in whole.sections}
    context = {
        "roadmap": roadmap,
        "day": day,
        "whole": whole,
        "asked": asked,
        "shown": len(shown),
        "groups": [
            (by_section[key], list(group))
            for key, group in groupby(shown, key=lambda state: state.activity.section_id)
        ],
        "chips": [
            (code, look, words, sum(whole.by_status[one] for one in GATHERS[code]))
            for code, _, look, words in CHIPS
        ],
        "road": _road(roadmap, states, day, request.today),
        "changed_on": changed_on(roadmap, day),
    }
    return render(request, "portal/public_roadmap.html", context)


@open_to_all
def public_line(request: Request, pk: int, line_pk: int) -> HttpResponse:
    """One line: its state, the words of the order, what is published about it."""
    roadmap = _roadmap(pk)
    day = day_of(request)
    state = next((one for one in standings([roadmap], day)[pk] if one.activity.pk == line_pk), None)
    if state is None:
        # Nothing but a missing row: the same answer as for a line that never was.
        get_object_or_404(roadmap.activities.none())
        raise AssertionError
    context = {
        "roadmap": roadmap,
        "day": day,
        "state": state,
        "line": state.activity,
        "publications": on_portal(day).filter(document__activity=line_pk)[:LATEST],
        "addresses": elsewhere(day).filter(document__activity=line_pk)[:LATEST],
        "responsible": public_names(state.responsible, day),
    }
    return render(request, "portal/public_line.html", context)


@open_to_all
def data_csv(request: Request, pk: int) -> HttpResponse:
    """The state of all lines as a table for spreadsheets."""
    roadmap = _roadmap(pk)
    content = as_csv(rows_of(standings([roadmap], day_of(request))[pk]))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="roadmap-{roadmap.year}-{pk}.csv"'
    return response


@open_to_all
def data_json(request: Request, pk: int) -> JsonResponse:
    """The state of all lines for machines."""
    roadmap = _roadmap(pk)
    day = day_of(request)
    content = {
        "title": roadmap.title,
        "programme": str(roadmap.programme),
        "municipality": roadmap.municipality.name,
        "order": {"number": roadmap.order_number, "date": roadmap.order_date},
        "as_of": day,
        "lines": rows_of(standings([roadmap], day)[pk]),
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


def day_of(request: Request) -> date:
    """The day a public page shows: never later than the real today."""
    return min(request.as_of, request.today)


def _roadmap(pk: int) -> Roadmap:
    return get_object_or_404(public_roadmaps(), pk=pk)


def _front_of(request: Request, roadmap: Roadmap, others: Sequence[Roadmap]) -> HttpResponse:
    day = day_of(request)
    states = standings([roadmap], day)[roadmap.pk]
    published = on_portal(day).filter(document__municipality=roadmap.municipality_id)
    context: dict[str, Any] = {
        "roadmap": roadmap,
        "others": others,
        "day": day,
        "whole": summary(states),
        "figures": figures_of(roadmap, day),
        "road": _road(roadmap, states, day, request.today),
        "late": [state for state in states if state.status.is_overdue][:LATE_NAMED],
        "publications": published[:LATEST],
        "published_count": published.count(),
        "order": order_on_portal(roadmap, day),
        "changed_on": changed_on(roadmap, day),
    }
    return render(request, "portal/place.html", context)


def _road(roadmap: Roadmap, states: Sequence[LineState], day: date, today: date) -> Road:
    terms = [
        (state.activity.starts_on or state.activity.ends_on, state.activity.ends_on)
        for state in states
        if not state.activity.is_open_ended
    ]
    timeline = timeline_of(terms, (roadmap.programme.starts_on, roadmap.programme.ends_on))
    dues = [Due(state.activity.ends_on, state.is_finished, state.status.is_overdue) for state in states]
    return road_of(timeline, dues, list(roadmap.programme.stages.all()), as_of=day, is_today=day == today)
