"""Visits by days: the month as a calendar, and a list that says who waits for whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.accounts.models import User
from opora.appointments.coverage import schools_in
from opora.appointments.guard import may
from opora.appointments.queries import schools_of
from opora.appointments.views.chosen import chosen_programme
from opora.core.russian import NBSP, day_month, month_words
from opora.dashboard.request import Request
from opora.programmes.models import Programme, Stage
from opora.schools.models import School
from opora.visits.models import Visit
from opora.visits.month import Month
from opora.visits.path import proposal_words, waiting_words
from opora.visits.queries import visits_seen_by
from opora.visits.rules import stage_of_day
from opora.visits.states import WORDS, State, state_of
from opora.visits.views.asked import Asked, asked_of
from opora.visits.workdays import days_off

PAGE_ROWS = 50
MOST_IN_A_DAY = 6
WEEK_DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
NAMED = 6
MOST_LETTERS = 18
# state → the ground of a visit in the calendar.
GROUNDS = {"held": "e-done", "reported": "e-done", "approved": "e-done", "returned": "e-wait", "overdue": "e-wait",
           "planned": "e-wait", "proposed": "e-wait", "agreed": "e-plan"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A visit with where it stands."""

    visit: Visit
    state: State

    @property
    def day(self) -> date:
        """The day it took place, else the day it is meant for."""
        is_held = self.state.code in ("held", "reported", "returned", "approved")
        return self.visit.held_on if is_held and self.visit.held_on else self.visit.planned_on

    @property
    def waiting(self) -> str:
        return waiting_words(self.visit, self.state)

    @property
    def proposal(self) -> str:
        return proposal_words(self.visit) if self.state.code == "proposed" else ""

    @property
    def mark(self) -> str:
        """How a school is named in a square: «№ 101», else the beginning of its name."""
        school = self.visit.school
        return f"№{NBSP}{school.number}" if school.number else str(school)[:MOST_LETTERS]

    @property
    def ground(self) -> str:
        return GROUNDS.get(self.state.code, "")


@dataclass(frozen=True, slots=True)
class Day:
    """One square of the calendar."""

    day: date
    is_off: bool
    off: str
    rows: Sequence[Row]

    @property
    def shown(self) -> Sequence[Row]:
        return self.rows[:MOST_IN_A_DAY]

    @property
    def tail(self) -> str:
        """What follows the number of the day on a phone: « сентября, пятница»."""
        return f"{day_month(self.day).lstrip('0123456789')}, {WEEK_DAYS[self.day.weekday()]}"

    @property
    def more(self) -> int:
        return len(self.rows) - len(self.shown)


@may("visits.see")
@require_GET
def visits(request: Request) -> HttpResponse:
    """The visits of a month on a calendar and beneath it as a list, or all of the year as a list."""
    programme = chosen_programme(request)
    asked = asked_of(request)
    seen = visits_seen_by(request.access).filter(programme=programme, noted_on__lte=request.as_of)
    stages = list(programme.stages.order_by("number"))
    stage = next((one for one in stages if one.pk == asked.stage), None) or stage_of_day(
        stages,
        request.as_of if asked.is_all else min(max(request.as_of, asked.month.first), asked.month.last),
    )
    rows = _rows(_of_days(asked.narrowed(seen), asked), request.as_of)
    if not asked.is_all:
        rows = [row for row in rows if asked.month.first <= row.day <= asked.month.last]
    listed = [row for row in rows if not asked.state or row.state.code == asked.state]
    lacking = _lacking(request, programme, stage)
    context = {
        "programme": programme,
        "asked": asked,
        "stages": stages,
        "stage": stage,
        "curators": User.objects.filter(pk__in=seen.values("curator")),
        "schools": _schools(request, programme),
        "states": [(code, words) for code, (words, _) in WORDS.items()],
        "tally": _tally(rows),
        "month_words": month_words(asked.month.first),
        "month_title": _title(asked.month),
        "earlier_title": _title(asked.month.earlier),
        "later_title": _title(asked.month.later),
        "weeks": [] if asked.is_all else _weeks(asked.month, listed),
        "page": Paginator(listed, PAGE_ROWS).get_page(request.GET.get("page")),
        "lacking": lacking[:NAMED],
        "lacking_more": max(len(lacking) - NAMED, 0),
        "lacking_all": len(lacking),
    }
    return render(request, "visits/visits.html", context)


def _title(month: Month | None) -> str:
    """«Сентябрь 2022»."""
    return month_words(month.first).removesuffix(f"{NBSP}года").capitalize() if month else ""


def _of_days(visits: QuerySet[Visit], asked: Asked) -> QuerySet[Visit]:
    if asked.is_all:
        return visits
    days = (asked.month.first, asked.month.last)
    return visits.filter(Q(planned_on__range=days) | Q(held_on__range=days))


def _rows(visits: Iterable[Visit], as_of: date) -> list[Row]:
    rows = [Row(visit, state_of(visit, as_of)) for visit in visits]
    return sorted(rows, key=lambda row: (row.day, row.visit.pk))


def _tally(rows: Sequence[Row]) -> list[tuple[str, str, str, int]]:
    counts = Counter(row.state.code for row in rows)
    return [(code, words, look, counts[code]) for code, (words, look) in WORDS.items() if counts[code]]


def _weeks(month: Month, rows: Sequence[Row]) -> list[list[Day]]:
    by_day: dict[date, list[Row]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    weeks = month.weeks
    off = days_off(weeks[0][0], weeks[-1][-1])
    return [
        [
            Day(
                day, day in off or not month.first <= day <= month.last, off.get(day, ""), by_day.get(day, ())
            )
            for day in week
        ]
        for week in weeks
    ]


def _schools(request: Request, programme: Programme) -> QuerySet[School]:
    return schools_in(programme, request.as_of, schools_of(request.access)).order_by("number", "folded_name")


def _lacking(request: Request, programme: Programme, stage: Stage | None) -> list[School]:
    """The schools that nobody is going to in the stage, as the schedule stood on the day. One query."""
    if stage is None:
        return []
    standing = Visit.objects.filter(
        Q(cancelled_on=None) | Q(cancelled_on__gt=request.as_of), stage=stage, noted_on__lte=request.as_of
    )
    return list(_schools(request, programme).exclude(pk__in=standing.values("school")))
