"""Planning of visits: the grid of curators and weeks, one visit more, a proposal of days that a person agrees to."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may, may_backdate
from opora.appointments.models import Appointment
from opora.appointments.views.chosen import chosen_programme
from opora.core.refusal import Refused
from opora.core.russian import counted, day_month, day_words
from opora.dashboard.request import Request
from opora.programmes.models import Stage
from opora.visits import actions
from opora.visits.actions import SentTwice
from opora.visits.forms.planning import MOST_EACH, AddForm, OfferRow, rows_sent, wishes_of
from opora.visits.models import Visit
from opora.visits.plan_grid import curators_led, proposal_for, rows_of, weeks_of
from opora.visits.rules import stage_of_day
from opora.visits.views.asked import number_in
from opora.visits.workdays import day_off_words, days_off

PAGE_CURATORS = 30
MOST_OFFERS = 300


@may("visits.plan")
@require_GET
def plan(request: Request) -> HttpResponse:
    """The grid of a stage: a row is a curator, a column a week, a square the visits of it."""
    stage, stages = _stage(request)
    led = curators_led(request.access, request.user, stage.programme, stage)
    people = list(dict.fromkeys(one.person_id for one in led))
    page = Paginator(people, PAGE_CURATORS).get_page(request.GET.get("page"))
    shown = set(page.object_list)
    rows = rows_of([one for one in led if one.person_id in shown], stage, request.as_of)
    off = days_off(stage.starts_on, stage.ends_on)
    context = {
        "stage": stage,
        "stages": stages,
        "rows": rows,
        "page": page,
        "weeks": [
            (monday, [f"{day_month(day)} — {off[day]}" for day in _school_days(monday) if day in off])
            for monday in weeks_of(stage)
        ],
        "this_week": request.as_of - timedelta(days=request.as_of.weekday()),
        "lacking": len({one.school_id for row in rows for one in row.lacking}),
    }
    return render(request, "visits/plan.html", context)


@may("visits.plan")
@require_http_methods(["GET", "POST"])
def plan_add(request: Request) -> HttpResponse:
    """One visit more; a day off and a day that has passed are remarks, not refusals."""
    stage, stages = _stage(request)
    led = _led_of_year(request, stages)
    towns = {one.school.municipality_id for one in led if one.school is not None}
    form = AddForm(
        request.POST or None,
        initial=_asked_for(request),
        led=led,
        today=request.today,
        may_backdate=all(may_backdate(request, one) for one in towns),
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = _add(request, stage, form.cleaned_data, led)
        except Refused as found:
            again = found if isinstance(found, SentTwice) else found.__cause__
            if isinstance(again, SentTwice) and _stand_already(stage, _wishes(form.cleaned_data, led)):
                messages.info(request, "Это посещение уже в графике: вот его запись.", extra_tags="wait")
                return redirect("visits:visit", again.row.pk)
            refusal = found
            form.add_error(None, found.words)
        else:
            _remark(request, made[0])
            words = "Посещение внесено в график."
            if len(made) > 1:
                count = counted(len(made), "посещение", "посещения", "посещений")
                words = f"Внесено в график: {count} одной поездки."
            messages.success(request, words, extra_tags="done")
            return redirect("visits:visit", made[0].pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"form": form, "stage": stage, "stages": stages, "refusal": refusal, "led": led}
    return render(request, "visits/plan_add.html", context, status=status)


@may("visits.plan")
@require_http_methods(["GET", "POST"])
def plan_propose(request: Request) -> HttpResponse:
    """A proposal of days with its reasons; nothing is planned until a person has agreed."""
    stage, stages = _stage(request)
    led = curators_led(request.access, request.user, stage.programme, stage)
    curator = number_in(request.GET, "curator")
    chosen = [one for one in led if curator in (None, one.person_id)]
    each = min(max(number_in(request.GET, "each") or 1, 1), MOST_EACH)
    first = _first_day(stage, request.as_of)
    context: dict[str, Any] = {
        "stage": stage,
        "stages": stages,
        "each": each,
        "eaches": range(1, MOST_EACH + 1),
        "curator": curator,
        "curators": dict.fromkeys(one.person for one in led),
        "first": first,
        "is_past": first <= request.as_of,
    }
    if request.method == "POST":
        return _agree(request, stage, led, context)
    told = proposal_for(chosen, stage, first=first, each=each, as_of=request.as_of)
    by_pair = {(one.school_id, one.person_id): one for one in chosen}
    turns: Counter[int] = Counter()
    rows = []
    for offer in told.offers[:MOST_OFFERS]:
        one = by_pair[offer.school, offer.curator]
        rows.append(
            OfferRow(
                f"{one.pk}-{turns[one.pk]}", one, offer.day.isoformat(), offer.reason, planned_on=offer.day
            )
        )
        turns[one.pk] += 1
    context |= {
        "rows": rows,
        "more": len(told.offers) - len(rows),
        "without_day": [by_pair[pair.school, pair.curator] for pair in told.without_day],
    }
    return render(request, "visits/plan_propose.html", context)


def _agree(request: Request, stage: Stage, led: list[Appointment], context: dict[str, Any]) -> HttpResponse:
    rows = rows_sent(request.POST, led)
    wrong = [row for row in rows if row.is_taken and row.error]
    wishes = wishes_of(rows)
    refusal = None
    if wrong:
        refusal = Refused(f"Поправьте {counted(len(wrong), 'день', 'дня', 'дней')}: они отмечены в таблице.")
    elif not wishes:
        refusal = Refused("Не отмечено ни одного посещения. Отметьте хотя бы одно.")
    else:
        try:
            made = actions.plan_many(
                programme=stage.programme, wishes=wishes, by=request.user, at=timezone.now(),
                on=request.today,
            )  # fmt: skip
        except Refused as found:
            if isinstance(found.__cause__, SentTwice) and _stand_already(stage, wishes):
                messages.info(request, "Эти посещения уже в графике.", extra_tags="wait")
                return redirect(f"{reverse('visits:plan')}?stage={stage.pk}")
            refusal = found
        else:
            words = counted(len(made), "посещение", "посещения", "посещений")
            messages.success(request, f"Внесено в график: {words}.", extra_tags="done")
            return redirect(f"{reverse('visits:plan')}?stage={stage.pk}")
    context |= {"rows": rows, "refusal": refusal, "more": 0, "without_day": []}
    return render(request, "visits/plan_propose.html", context, status=refusal.status)


def _stand_already(stage: Stage, wishes: list[actions.Wish]) -> bool:
    standing = set(
        Visit.objects.filter(programme=stage.programme_id, cancelled_on=None).values_list(
            "school_id", "curator_id", "planned_on"
        )
    )
    return all((wish.school.pk, wish.curator.pk, wish.planned_on) in standing for wish in wishes)


def _stage(request: Request) -> tuple[Stage, list[Stage]]:
    """The stage that is asked for, else the one of the day, else the next one, else the last. Refused without any."""
    programme = chosen_programme(request)
    stages = list(programme.stages.select_related("programme").order_by("number"))
    if not stages:
        raise Refused(f"У программы «{programme.short_name}» нет этапов: посещения намечать некуда.")
    asked = number_in(request.GET, "stage")
    ahead = (one for one in stages if one.starts_on > request.as_of)
    found = next((one for one in stages if one.pk == asked), None) or stage_of_day(stages, request.as_of)
    return found or next(ahead, stages[-1]), stages


def _led_of_year(request: Request, stages: list[Stage]) -> list[Appointment]:
    whole = Stage(programme=stages[0].programme, starts_on=stages[0].starts_on, ends_on=stages[-1].ends_on)
    return curators_led(request.access, request.user, whole.programme, whole)


def _asked_for(request: Request) -> dict[str, object]:
    """What the square that was pressed tells already."""
    day = request.GET.get("day", "")
    return {
        "curator": number_in(request.GET, "curator"),
        "school": number_in(request.GET, "school"),
        "day": day if len(day) == len("2022-09-15") else "",
    }


def _add(request: Request, stage: Stage, told: dict[str, Any], led: list[Appointment]) -> list[Visit]:
    wishes = _wishes(told, led)
    asked: dict[str, Any] = {"by": request.user, "at": timezone.now(), "on": told["on"]}
    asked["entered_on"] = told.get("entered_on")
    if len(wishes) > 1:
        return actions.plan_many(programme=stage.programme, wishes=wishes, **asked)
    (one,) = wishes
    return [
        actions.plan_visit(
            programme=stage.programme, school=one.school, curator=one.curator, planned_on=one.planned_on,
            starts_at=one.starts_at, form=one.form, **asked,
        )
    ]  # fmt: skip


def _wishes(told: dict[str, Any], led: list[Appointment]) -> list[actions.Wish]:
    """The visit that was asked for, and with it those of the same journey: one key, one day, one hour."""
    schools = {one.school_id: one.school for one in led}
    people = {one.person_id: one.person for one in led}
    also = set(told["together"])
    pairs = [
        (told["school"], told["curator"]),
        *((one.school_id, one.person_id) for one in led if one.pk in also),
    ]
    pairs = list(dict.fromkeys(pairs))
    key = uuid4() if len(pairs) > 1 else None
    wishes = []
    for school_id, person_id in pairs:
        school = schools[school_id]
        assert school is not None, "a curator is appointed to a school"
        wishes.append(
            actions.Wish(
                school, people[person_id], told["day"],
                starts_at=told["starts_at"], form=told["how"], group_key=key,
            )
        )  # fmt: skip
    return wishes


def _remark(request: Request, visit: Visit) -> None:
    off = day_off_words(visit.planned_on)
    if off:
        words = f"{day_words(visit.planned_on)} — {off}: проверьте, что школа работает."
        messages.warning(request, words, extra_tags="wait")
    if visit.planned_on < visit.noted_on:
        words = f"{day_words(visit.planned_on)} уже прошло: посещение внесено в график задним числом."
        messages.warning(request, words, extra_tags="wait")


def _first_day(stage: Stage, as_of: date) -> date:
    """Days are proposed from tomorrow on; for a stage that is over, from its beginning."""
    tomorrow = as_of + timedelta(days=1)
    return tomorrow if stage.starts_on < tomorrow <= stage.ends_on else stage.starts_on


def _school_days(monday: date) -> list[date]:
    return [monday + timedelta(days=number) for number in range(5)]
