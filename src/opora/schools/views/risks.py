"""The table of risk profiles, the page of one school, saving a cell or the whole page, the curator's word."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from opora.appointments.guard import may
from opora.appointments.queries import municipalities_of, schools_of
from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.dashboard.request import Request
from opora.schools.actions import set_risks, verify_risks
from opora.schools.actions.risks import CellConflict, ReasonNeeded
from opora.schools.models import Participation, School
from opora.schools.risks import Profile, factors_of, history_of_profile, profiles_of
from opora.schools.views.risk_forms import CellForm, forms_of, shown_anew
from opora.schools.views.risk_scope import Scope, scope_of, seen_parts

PAGE = 50
LATEST = 6


@may("risks.see")
@require_GET
def risks(request: Request) -> HttpResponse:
    """A row a school, a column a factor; fifty schools a page."""
    scope = scope_of(request)
    parts = seen_parts(request, scope.programme)
    for word in fold(clean(request.GET.get("q", ""))).split():
        parts = parts.filter(school__folded_name__contains=word)
    place = request.GET.get("place", "")
    if place.isdecimal():
        parts = parts.filter(school__municipality_id=int(place[:9]))
    page = Paginator(parts, PAGE).get_page(request.GET.get("page"))
    factors = factors_of(scope.programme)
    profiles = profiles_of(page.object_list, factors, request.as_of)
    context = {
        "programme": scope.programme,
        "factors": factors,
        "width": len(factors) + 3,
        "page": page,
        "rows": [(profile, scope.may_choose(profile.school)) for profile in profiles],
        "may_edit": any(scope.may_choose(profile.school) for profile in profiles),
        "places": list(municipalities_of(request.access).order_by("name"))
        if request.access.region_ids
        else [],
        "asked": {"q": request.GET.get("q", ""), "place": place},
    }
    return render(request, "schools/risks.html", context)


@may("risks.see")
@require_GET
def school_risks(request: Request, pk: int) -> HttpResponse:
    """The profile of one school as a plain form; `?factor=8` asked by the table is one cell with its history."""
    scope = scope_of(request)
    school = _school(request, pk)
    profile = _profile(request, scope, school)
    if profile is None:
        return render(request, "schools/risks_none.html", {"school": school, "programme": scope.programme})
    forms = forms_of(profile.cells, may_level=scope.may_level(school))
    asked = request.GET.get("factor", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else None
    if request.htmx and number in forms:
        return _cell(request, scope, profile, forms[number])
    return _page(request, scope, profile, forms, number=number)


@may("risks.choose")
@require_POST
def save_risks(request: Request, pk: int) -> HttpResponse:
    """Save the cells that the form speaks of; all that was typed comes back when something hinders."""
    scope = scope_of(request)
    school = _school(request, pk)
    profile = _profile(request, scope, school)
    if profile is None:
        raise Refused(f"{school} на этот день не участвует в программе: профиля нет.")
    may_level = scope.may_level(school)
    forms = forms_of(profile.cells, may_level=may_level, data=request.POST)
    refusal: Refused | None = None
    if [form for form in forms.values() if not form.is_valid()]:
        return _answer(request, scope, profile, forms, status=422)
    try:
        changed = set_risks(
            participation=profile.participation,
            changes=[change for form in forms.values() for change in (form.change,) if change],
            by=request.user,
            at=timezone.now(),
            on=request.today,
        )
    except CellConflict as conflict:
        refusal = conflict
        for change, stands in conflict.cells:
            forms[change.factor.number].stands = stands
        # What another person wrote may be of a later day than the one that is looked at.
        profile = _profile(request, scope, school, now=True) or profile
        shown_anew(forms, request.POST, profile.cells, may_level)
    except ReasonNeeded as needed:
        refusal = needed
        for number in needed.numbers:
            forms[number].needs_reason = True
    except Refused as other:
        refusal = other
    if refusal is not None:
        return _answer(request, scope, profile, forms, refusal=refusal, status=refusal.status)
    if request.htmx:
        return _saved(request, scope, school, forms)
    said = (
        f"Сохранено. Изменено {scope.programme.words.many}: {changed}."
        if changed
        else "Всё уже так и записано."
    )
    messages.success(request, said, extra_tags="done")
    return redirect("schools:school_risks", school.pk)


@may("risks.verify")
@require_POST
def verify(request: Request, pk: int) -> HttpResponse:
    """Put the curator's word under the choice of a school."""
    scope = scope_of(request)
    school = _school(request, pk)
    profile = _profile(request, scope, school)
    if profile is None:
        raise Refused(f"{school} на этот день не участвует в программе: подтверждать нечего.")
    try:
        verify_risks(
            participation=profile.participation,
            by=request.user,
            at=timezone.now(),
            on=request.today,
        )
    except Refused as refusal:
        forms = forms_of(profile.cells, may_level=scope.may_level(school))
        return _page(request, scope, profile, forms, refusal=refusal, status=refusal.status)
    messages.success(request, f"{school}: выбор подтверждён.", extra_tags="done")
    return redirect("schools:school_risks", school.pk)


def _school(request: Request, pk: int) -> School:
    found: School = get_object_or_404(schools_of(request.access).select_related("municipality"), pk=pk)
    return found


def _profile(request: Request, scope: Scope, school: School, *, now: bool = False) -> Profile | None:
    """The row of a school as it stood on the day that is looked at; `now` asks for what stands really."""
    part: Participation | None = seen_parts(request, scope.programme).filter(school=school).first()
    as_of = None if now else request.as_of
    return profiles_of([part], factors_of(scope.programme), as_of)[0] if part else None


def _answer(
    request: Request,
    scope: Scope,
    profile: Profile,
    forms: dict[int, CellForm],
    *,
    refusal: Refused | None = None,
    status: int,
) -> HttpResponse:
    """What was typed with what hinders: one cell for the table, the page otherwise."""
    if request.htmx and len(forms) == 1:
        form = next(iter(forms.values()))
        return _cell(request, scope, profile, form, refusal=refusal, status=status)
    asked = forms_of(profile.cells, may_level=scope.may_level(profile.school))
    return _page(request, scope, profile, asked | forms, refusal=refusal, status=status)


def _cell(
    request: Request,
    scope: Scope,
    profile: Profile,
    form: CellForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "profile": profile,
        "form": form,
        "refusal": refusal,
        "may_choose": scope.may_choose(profile.school),
        "history": history_of_profile(profile.participation, form.cell.number)[:LATEST],
    }
    return render(request, "schools/_risk_cell_form.html", context, status=status)


def _saved(request: Request, scope: Scope, school: School, forms: dict[int, CellForm]) -> HttpResponse:
    profile = _profile(request, scope, school)
    assert profile is not None, "was there a moment ago"
    cells = [cell for cell in profile.cells if cell.number in forms]
    return render(request, "schools/_risk_saved.html", {"profile": profile, "cells": cells})


def _page(
    request: Request,
    scope: Scope,
    profile: Profile,
    forms: dict[int, CellForm],
    *,
    number: int | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "profile": profile,
        "school": profile.school,
        "programme": scope.programme,
        "forms": [forms[one] for one in sorted(forms)],
        "number": number,
        "refusal": refusal,
        "may_choose": scope.may_choose(profile.school),
        "may_verify": scope.may_verify(profile.school),
        "history": history_of_profile(profile.participation)[:PAGE],
    }
    return render(request, "schools/school_risks.html", context, status=status)
