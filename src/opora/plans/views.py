"""Pages of the roadmap: the whole plan, one line, who is responsible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from opora.accounts.models import User
from opora.appointments.guard import may
from opora.appointments.queries import people_of_centre
from opora.core.history import history_of
from opora.core.russian import counted
from opora.dashboard.frame import seen_roadmaps
from opora.dashboard.request import Request
from opora.indicators.bridge import bridge_of, lacking_of
from opora.indicators.filters import CHIPS, GATHERS, LineFilter
from opora.indicators.growth import growth_of
from opora.indicators.models import Reading
from opora.indicators.openings import openings_of
from opora.indicators.queries import line_of_roadmap, standings
from opora.indicators.state import LineState, Summary, summary
from opora.indicators.ways import ways_of
from opora.plans.actions import assign_responsible, release_responsible
from opora.plans.forms import ResponsibleForm
from opora.plans.models import Activity, Change, Responsibility, Roadmap, Section
from opora.plans.queries import roadmaps_kept_by
from opora.plans.road import Due, Road, road_of
from opora.plans.timeline import Bar, Timeline, timeline_of

LOOKS = {
    "done": "done",
    "done_late": "done",
    "late": "late",
    "at_risk": "wait",
    "running": "half",
    "ahead": "ahead",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table with its bar."""

    state: LineState
    bar: Bar | None


@may("plans.see")
def chosen_roadmap(request: Request) -> HttpResponse:
    """The roadmap the person worked with last, or the way to the first one."""
    seen = [plan.pk for plan in seen_roadmaps(request)]
    if not seen:
        return render(request, "plans/no_roadmap.html")
    kept = request.session.get("roadmap")
    return redirect("plans:roadmap", kept if kept in seen else seen[0])


@may("plans.see")
def roadmap(request: Request, pk: int) -> HttpResponse:
    """The whole roadmap on a day: sums, the road of months, lines by section; filters by anything that can be asked."""
    plan = _roadmap_of(request, pk)
    states = standings([plan], request.as_of)[plan.pk]
    asked = LineFilter.of(request.GET)
    timeline = _timeline_of(plan, states)
    shown = [Row(state, _bar(state, timeline, request.as_of)) for state in states if asked.passes(state)]
    whole = summary(states)
    context = {
        "plan": plan,
        "whole": whole,
        "timeline": timeline,
        "groups": _grouped(shown, whole),
        "asked": asked,
        "shown": len(shown),
        "today_place": timeline.place(request.as_of),
    }
    if request.htmx and request.htmx.target == "lines":
        return render(request, "plans/_lines.html", context)
    context |= {
        "road": _road(plan, states, timeline, request),
        "chips": [
            (code, look, words, sum(whole.by_status[one] for one in GATHERS[code]))
            for code, _, look, words in CHIPS
        ],
        "sections": [row.section for row in whole.sections],
        "people": sorted(
            {person for state in states for person in state.responsible}, key=lambda one: one.folded_name
        ),
    }
    return render(request, "plans/roadmap.html", context)


@may("plans.see")
def printed(request: Request, pk: int) -> HttpResponse:
    """The roadmap as it goes on paper: A4 landscape, the order's requisites, the state of every line on the day."""
    plan = _roadmap_of(request, pk)
    states = standings([plan], request.as_of)[plan.pk]
    whole = summary(states)
    groups = _grouped([Row(state, None) for state in states], whole)
    return render(request, "plans/printed.html", {"plan": plan, "whole": whole, "groups": groups})


@may("plans.see")
def line(request: Request, pk: int, line_pk: int) -> HttpResponse:
    """One line: its state and why, who is missing, the words of the order, evidence, history."""
    plan = _roadmap_of(request, pk)
    state = line_of_roadmap(plan, line_pk, request.as_of)
    if state is None:
        raise Http404
    activity = state.activity
    readings = Reading.objects.filter(activity=activity, taken_on__lte=request.as_of).order_by("taken_on")
    return render(
        request,
        "plans/line.html",
        {
            "plan": plan,
            "state": state,
            "activity": activity,
            "bridge": bridge_of(state),
            "lacking": lacking_of(state),
            "ways": ways_of(state, request.access.permissions),
            "opens_confirmed": openings_of(request.access, request.user.pk, with_common=True),
            "opens_reported": openings_of(request.access, request.user.pk, with_common=False),
            "changes": _changes(activity),
            "history": history_of(activity, limit=20),
            "growth": growth_of(list(readings), state),
        },
    )


@may("plans.edit")
def responsible(request: Request, pk: int) -> HttpResponse:
    """Name who leads lines, one by one or a section at once."""
    plan = get_object_or_404(roadmaps_kept_by(request.access), pk=pk)
    lines = Activity.objects.filter(roadmap=plan, dropped_on__isnull=True)
    people = people_of_centre(plan.municipality, request.today)
    form = ResponsibleForm(request.POST or None, people=people, lines=lines, on=request.today)
    if request.method == "POST" and form.is_valid():
        made = assign_responsible(
            activities=form.cleaned_data["lines"],
            person=form.cleaned_data["person"],
            since=form.cleaned_data["since"],
            by=request.user,
            at=timezone.now(),
        )
        said = f"{form.cleaned_data['person']}: {counted(len(made), 'новый пункт', 'новых пункта', 'новых пунктов')}"
        messages.success(request, said, extra_tags="done")
        line_back = form.cleaned_data["back"]
        return (
            redirect("plans:line", plan.pk, line_back.pk)
            if line_back
            else redirect("plans:responsible", plan.pk)
        )
    context = {
        "plan": plan,
        "form": form,
        "groups": _lines_with_people(plan),
        "chosen": request.POST.getlist("lines") or request.GET.getlist("line"),
        "back": request.POST.get("back") or request.GET.get("line", ""),
    }
    return render(request, "plans/responsible.html", context, status=422 if form.errors else 200)


@may("plans.edit")
def release(request: Request, pk: int) -> HttpResponse:
    """End somebody's responsibility for one line; POST only, anything else leads back to the line."""
    held = get_object_or_404(
        Responsibility.objects.select_related("activity__roadmap", "person"),
        pk=pk,
        activity__roadmap__in=roadmaps_kept_by(request.access),
    )
    if request.method == "POST":
        release_responsible(responsibility=held, until=request.today, by=request.user, at=timezone.now())
        messages.success(
            request, f"{held.person} больше не отвечает за пункт {held.activity.number}", extra_tags="done"
        )
    return redirect("plans:line", held.activity.roadmap_id, held.activity_id)


def _roadmap_of(request: Request, pk: int) -> Roadmap:
    plan = next((one for one in seen_roadmaps(request) if one.pk == pk), None)
    if plan is None:
        raise Http404
    # For this page alone: the choice that lasts is made by the switch above.
    request.roadmap_shown = plan
    return plan


def _timeline_of(plan: Roadmap, states: Sequence[LineState]) -> Timeline:
    terms = [
        (state.activity.starts_on or state.activity.ends_on, state.activity.ends_on)
        for state in states
        if not state.activity.is_open_ended
    ]
    return timeline_of(terms, (plan.programme.starts_on, plan.programme.ends_on))


def _bar(state: LineState, timeline: Timeline, as_of: date) -> Bar | None:
    activity = state.activity
    look = "loop" if activity.is_open_ended else LOOKS.get(state.status.code, "loop")
    return timeline.bar(activity.starts_on, activity.ends_on, look=look, as_of=as_of)


def _road(plan: Roadmap, states: Sequence[LineState], timeline: Timeline, request: Request) -> Road:
    dues = [Due(state.activity.ends_on, state.is_finished, state.status.code == "late") for state in states]
    stages = list(plan.programme.stages.all())
    return road_of(timeline, dues, stages, as_of=request.as_of, is_today=request.as_of == request.today)


def _grouped(rows: Sequence[Row], whole: Summary) -> list[tuple[Any, list[Row]]]:
    by_section = {row.section.pk: row for row in whole.sections}
    return [
        (by_section[key], list(group))
        for key, group in groupby(rows, key=lambda row: row.state.activity.section_id)
    ]


def _changes(activity: Activity) -> list[Change]:
    # Most lines were never changed, and the query that brought the line has told so.
    is_changed = vars(activity).get("is_changed", True)
    return list(activity.changes.select_related("amendment")) if is_changed else []


def _lines_with_people(plan: Roadmap) -> list[tuple[Section, list[tuple[Activity, list[User]]]]]:
    lines = Activity.objects.filter(roadmap=plan, dropped_on__isnull=True).select_related("section")
    held: dict[int, list[User]] = {}
    open_ones = Responsibility.objects.filter(activity__roadmap=plan, until__isnull=True).select_related(
        "person"
    )
    for one in open_ones:
        held.setdefault(one.activity_id, []).append(one.person)
    return [
        (section, [(activity, held.get(activity.pk, [])) for activity in group])
        for section, group in groupby(lines.order_by("position"), key=lambda one: one.section)
    ]
