"""Appointing one person, releasing, replacing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.accounts.queries import Likeness
from opora.appointments import actions
from opora.appointments.actions import Wish
from opora.appointments.forms.deeds import AppointForm, ReleaseForm, ReplaceForm, WhoForm
from opora.appointments.guard import may
from opora.appointments.models import Appointment, Duty
from opora.appointments.queries import appointments_of, municipalities_of, people_of, schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.appointments.views.leaving import left_behind, release_with
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.visits.actions import hand_over


@may("appointments.edit")
@require_http_methods(["GET", "POST"])
def appoint(request: Request) -> HttpResponse:
    """Appoint somebody of the list or somebody new."""
    led = where_may(request.access, "appointments.edit")
    form = AppointForm(
        request.POST or None,
        initial={"duty": request.GET.get("duty"), "place": f"school-{request.GET.get('school', '')}"},
        as_of=request.today,
        people=people_of(led),
        schools=schools_of(led),
        municipalities=municipalities_of(led),
    )
    context: dict[str, Any] = {"form": form, "title": "Назначить", "button": "Назначить"}
    if request.method == "POST" and form.is_valid() and not _asks_who(request, form, context):
        wish = Wish(form.who(), form.cleaned_data["duty"], form.cleaned_data["place"])
        try:
            made = actions.appoint_many(
                wishes=[wish],
                programme=chosen_programme(request),
                by=request.user,
                at=timezone.now(),
                **form.order(),
            )[0]
        except Refused as refusal:
            form.add_error(None, refusal.words.removeprefix("Строка 1: "))
        else:
            words = (
                f"Назначение записано: {made.person.short_name} — {made.get_duty_display()}, {made.place}."
            )
            messages.success(request, words, extra_tags="done")
            return redirect("appointments:appointments")
    return render(request, "appointments/appoint.html", context)


@may("appointments.edit")
@require_http_methods(["GET", "POST"])
def release(request: Request, pk: int) -> HttpResponse:
    """Close an appointment with a day and a reason; what a curator leaves behind is told and settled first."""
    held = _held(request, pk)
    form = ReleaseForm(request.POST or None, as_of=request.today)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            done = release_with(
                held,
                by=request.user,
                at=timezone.now(),
                on=request.today,
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, refusal.words)
            status = refusal.status
        else:
            words = f"Назначение закрыто: {held.person.short_name} — {held.get_duty_display()}, {held.place}."
            messages.success(request, words + done, extra_tags="done")
            return redirect("appointments:appointments")
    until = (form.is_bound and form.cleaned_data.get("until")) or request.today
    context = {"form": form, "held": held, "until": until, "left": left_behind(held, until)}
    return render(request, "appointments/release.html", context, status=status)


@may("appointments.edit")
@require_http_methods(["GET", "POST"])
def replace(request: Request, pk: int) -> HttpResponse:
    """Somebody else in the same duty at the same place."""
    held = _held(request, pk)
    people = people_of(where_may(request.access, "appointments.edit")).exclude(pk=held.person_id)
    form = ReplaceForm(request.POST or None, as_of=request.today, people=people)
    context: dict[str, Any] = {
        "form": form,
        "held": held,
        "title": f"Заменить: {held.person.full_name}",
        "hands_over": held.duty == Duty.CURATOR,
        "button": "Заменить",
    }
    if request.method == "POST" and form.is_valid() and not _asks_who(request, form, context):
        try:
            made, handed = _replace(request, form, held)
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            words = f"{made.place}: {made.get_duty_display()} теперь {made.person.short_name}.{_handed_words(handed)}"
            messages.success(request, words, extra_tags="done")
            return redirect("appointments:appointments")
    return render(request, "appointments/appoint.html", context)


@transaction.atomic
def _replace(request: Request, form: ReplaceForm, held: Appointment) -> tuple[Appointment, int]:
    """The new appointment and how many visits still ahead passed to the new curator: all or nothing."""
    at = timezone.now()
    made = actions.replace(
        appointment=held,
        person=actions.entered(person=form.who(), by=request.user, at=at),
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=at,
        **form.order(),
    )
    if made.duty != Duty.CURATOR or made.school is None:
        return made, 0
    visits = hand_over(
        school=made.school,
        from_curator=held.person,
        to_curator=made.person,
        since=made.since,
        by=request.user,
        at=at,
    )
    return made, len(visits)


def _handed_words(handed: int) -> str:
    if not handed:
        return ""
    words = counted(handed, "намеченное посещение", "намеченных посещения", "намеченных посещений")
    return f" Новому куратору передано {words}."


def _held(request: Request, pk: int) -> Appointment:
    return get_object_or_404(appointments_of(where_may(request.access, "appointments.edit")), pk=pk)


def _asks_who(request: Request, form: WhoForm, context: dict[str, Any]) -> bool:
    """Whether the page must first ask if the one just written is somebody who is there already."""
    if form.cleaned_data["person"] is not None or request.POST.get("is_new") == "yes":
        return False
    seen = people_of(where_may(request.access, "appointments.edit"))
    told = form.cleaned_data
    found = Likeness(seen).alike(told["last_name"], told["first_name"], told["middle_name"])
    context["alike"] = found
    return bool(found)
