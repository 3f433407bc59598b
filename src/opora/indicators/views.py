"""Pages of the rule of counting: what counts a line, which schools it does not expect."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.desk.versions import as_seen, status_of
from opora.indicators.actions import change_rule, end_excuse, excuse
from opora.indicators.forms import EndExcuseForm, ExcuseForm, RuleForm
from opora.indicators.models import Excuse
from opora.indicators.register import KINDS
from opora.plans.models import Activity
from opora.plans.queries import roadmaps_kept_by
from opora.schools.models import School

REFUSED = 422


@may("plans.edit")
def rule(request: Request, pk: int, line_pk: int) -> HttpResponse:
    """What counts a line: one kind or two, for whom, how many; each kind says how it counts."""
    line = _line_of(request, pk, line_pk)
    form = RuleForm(request.POST or None, initial=_rule_of(line))
    if request.method == "POST" and form.is_valid():
        try:
            with as_seen(form, line, _rule_of):
                change_rule(activity=line, kinds=form.promised, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, f"Правило счёта пункта {line.number} изменено", extra_tags="done")
            return redirect("plans:line", pk, line.pk)
    context = {"line": line, "form": form, "kinds": KINDS}
    return render(request, "indicators/rule.html", context, status=status_of(form))


def _rule_of(line: Activity) -> dict[str, Any]:
    return RuleForm.of(list(line.indicators.all()))


@may("plans.edit")
def excuse_school(request: Request, pk: int, line_pk: int) -> HttpResponse:
    """Do not expect a line of a school since a day, with the reason; below, those excused already."""
    line = _line_of(request, pk, line_pk)
    form = ExcuseForm(request.POST or None, schools=_schools_of(line, request.as_of), on=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            excuse(activity=line, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            school = form.cleaned_data["school"]
            messages.success(request, f"{school}: по пункту {line.number} не ждём", extra_tags="done")
            return redirect("plans:line", pk, line.pk)
    context = {
        "line": line,
        "form": form,
        "excuses": line.excuses.select_related("school", "added_by").order_by("-since", "pk"),
    }
    return render(request, "indicators/excuse_school.html", context, status=_status(form))


@may("plans.edit")
def excuse_end(request: Request, pk: int) -> HttpResponse:
    """Expect a line of a school again after a day."""
    ended = get_object_or_404(
        Excuse.objects.select_related("activity", "school"),
        pk=pk,
        activity__roadmap__in=roadmaps_kept_by(request.access),
    )
    form = EndExcuseForm(request.POST or None, on=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            end_excuse(excuse=ended, until=form.cleaned_data["until"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, f"{ended.school}: снова ждём", extra_tags="done")
            return redirect("indicators:excuse", ended.activity.roadmap_id, ended.activity_id)
    context = {"excuse": ended, "line": ended.activity, "form": form}
    return render(request, "indicators/excuse_end.html", context, status=_status(form))


def _line_of(request: Request, pk: int, line_pk: int) -> Activity:
    lines = Activity.objects.filter(roadmap__in=roadmaps_kept_by(request.access), roadmap=pk)
    return get_object_or_404(lines.select_related("roadmap", "section"), pk=line_pk)


def _schools_of(line: Activity, as_of: date) -> QuerySet[School]:
    plan = line.roadmap
    taking_part = Q(participations__programme=plan.programme_id, participations__since__lte=as_of) & (
        Q(participations__until__isnull=True) | Q(participations__until__gte=as_of)
    )
    return School.objects.filter(taking_part, municipality=plan.municipality_id).order_by(
        "number", "folded_name"
    )


def _status(form: RuleForm | ExcuseForm | EndExcuseForm) -> int:
    return REFUSED if form.is_bound and form.errors else 200
