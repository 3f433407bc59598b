"""Entering a school, changing it, its coming into the programme and leaving it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import municipalities_of, schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.desk.versions import as_seen, status_of
from opora.schools import actions
from opora.schools.forms import LeaveForm, NewSchoolForm, SchoolForm, TakePartForm, initial_of
from opora.schools.models import School

DEED = "appointments/deed.html"


@may("schools.edit")
@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Enter a school that takes part in the programme."""
    led = where_may(request.access, "schools.edit")
    form = NewSchoolForm(request.POST or None, as_of=request.today, municipalities=municipalities_of(led))
    if request.method == "POST" and form.is_valid():
        try:
            made = _add(request, form)
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, f"Школа внесена: {made}.", extra_tags="done")
            return redirect("schools:school", made.pk)
    context = {
        "form": form,
        "title": "Внести школу",
        "lead": f"{chosen_programme(request)}.",
        "button": "Внести школу",
        "back": "/schools/",
        "crumb": "Школы",
    }
    return render(request, DEED, context, status=status_of(form))


@transaction.atomic
def _add(request: Request, form: NewSchoolForm) -> School:
    told, at = dict(form.cleaned_data), timezone.now()
    since, kind = told.pop("since"), told.pop("kind")
    made = actions.add_school(by=request.user, at=at, **told)
    actions.take_part(
        school=made, programme=chosen_programme(request), since=since, kind=kind, by=request.user, at=at
    )
    return made


@may("schools.edit")
@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """Rewrite what is known of a school."""
    one = _led(request, pk)
    form = SchoolForm(request.POST or None, initial=initial_of(one))
    if request.method == "POST" and form.is_valid():
        try:
            with as_seen(form, one, initial_of):
                actions.change_school(school=one, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, "Сведения о школе сохранены.", extra_tags="done")
            return redirect("schools:school", pk)
    return _deed(request, one, form, "Изменить сведения о школе", "Сохранить")


@may("schools.edit")
@require_http_methods(["GET", "POST"])
def take_part(request: Request, pk: int) -> HttpResponse:
    """Note that a school comes into the programme, or comes back."""
    one = _led(request, pk)
    form = TakePartForm(request.POST or None, as_of=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_part(
                school=one,
                programme=chosen_programme(request),
                by=request.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, f"{one} участвует в программе.", extra_tags="done")
            return redirect("schools:school", pk)
    return _deed(request, one, form, f"Включить в программу: {one}", "Включить")


@may("schools.edit")
@require_http_methods(["GET", "POST"])
def leave(request: Request, pk: int) -> HttpResponse:
    """Note the last day of a school in the programme."""
    one = _led(request, pk)
    part = get_object_or_404(one.participations, programme=chosen_programme(request))
    form = LeaveForm(request.POST or None, as_of=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(participation=part, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, f"Участие завершено: {one}.", extra_tags="done")
            return redirect("schools:school", pk)
    return _deed(request, one, form, f"Завершить участие: {one}", "Завершить участие")


def _led(request: Request, pk: int) -> School:
    return get_object_or_404(schools_of(where_may(request.access, "schools.edit")).distinct(), pk=pk)


def _deed(
    request: Request, one: School, form: SchoolForm | TakePartForm | LeaveForm, title: str, button: str
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": "",
        "button": button,
        "back": f"/schools/{one.pk}/",
        "crumb": one.short_name,
    }
    return render(request, DEED, context, status=status_of(form))
