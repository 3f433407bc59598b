"""Equipment by national projects: schools and their sums; one school's positions, counted and corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.fields import DayField
from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.dashboard.request import Request
from opora.imports.forms import WordsField
from opora.schools.actions import equipment as actions
from opora.schools.equipment import Position, Sum, positions_of, projects_of, sums_of
from opora.schools.models import Equipment, Participation
from opora.schools.risks import parts_in
from opora.schools.views.risk_scope import covers

PAGE = 50


class AmountForm(forms.Form):
    """How much there is, and on which day it was counted."""

    amount = forms.IntegerField(label="Сколько", min_value=0, max_value=actions.MOST)
    on = DayField(label="На какой день")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = day
        self.fields["on"].widget.attrs["max"] = day.isoformat()


class PositionForm(AmountForm):
    """A new position with its first count."""

    project = forms.TypedChoiceField(label="Национальный проект", coerce=int)
    name = WordsField(label="Что получено", most=300)
    unit = WordsField(label="Единица", most=30, required=False, help_text="Если не написать — «шт.»")
    year = forms.IntegerField(label="Год получения", min_value=actions.EARLIEST_YEAR, max_value=2100)
    field_order = ("project", "name", "year", "amount", "unit", "on")

    def __init__(self, *args: Any, part: Participation, day: date, **kwargs: Any) -> None:
        super().__init__(*args, day=day, **kwargs)
        self.fields["project"].choices = projects_of(part)  # type: ignore[attr-defined]  # -- a field of choices
        self.fields["year"].initial = part.programme.year


class RemovalForm(forms.Form):
    """Why a position goes."""

    reason = WordsField(label="Почему убираем", most=300)


@may("equipment.see")
@require_GET
def equipment(request: Request) -> HttpResponse:
    """Schools taking part with the sums of their positions by project, fifty a page."""
    programme = chosen_programme(request)
    seen = parts_in(programme, request.as_of, schools_of(request.access))
    for word in fold(clean(request.GET.get("q", ""))).split()[:10]:
        seen = seen.filter(school__folded_name__contains=word)
    page = Paginator(seen, PAGE).get_page(request.GET.get("page"))
    found = positions_of([part.pk for part in page.object_list], request.as_of)
    projects = list(programme.national_projects.values_list("pk", "name"))
    context = {
        "programme": programme,
        "page": page,
        "projects": [name for _, name in projects],
        "rows": [
            (part, [(name, _cell(found.get(part.pk, []), pk, request.as_of)) for pk, name in projects])
            for part in page.object_list
        ],
        "q": request.GET.get("q", ""),
    }
    return render(request, "schools/equipment.html", context)


def _cell(positions: list[Position], project: int, day: date) -> list[Sum]:
    return sums_of((one for one in positions if one.project_id == project), day)


@may("equipment.see")
@require_GET
def school_equipment(request: Request, pk: int) -> HttpResponse:
    """One school's positions by project: at first, now, the difference; those who may enter a new one beside."""
    return _page(request, _part(request, pk))


@may("equipment.edit")
@require_http_methods(["GET", "POST"])
def add_equipment(request: Request, pk: int) -> HttpResponse:
    """A new position with its first count; what was typed stays on a refusal."""
    part = _part(request, pk)
    form = PositionForm(request.POST or None, part=part, day=request.today)
    if request.method == "GET":
        return _page(request, part)
    if not form.is_valid():
        return _page(request, part, form, status=422)
    told = dict(form.cleaned_data)
    project = part.programme.national_projects.get(pk=told.pop("project"))
    try:
        actions.add_equipment(participation=part, project=project, by=request.user, at=timezone.now(), **told)
    except Refused as refusal:
        form.add_error(None, refusal.words)
        return _page(request, part, form, status=refusal.status)
    messages.success(request, "Позиция внесена.", extra_tags="done")
    return redirect("schools:school_equipment", pk)


def _page(
    request: Request, part: Participation, form: PositionForm | None = None, status: int = 200
) -> HttpResponse:
    positions = positions_of([part.pk], request.as_of).get(part.pk, [])
    context = {
        "part": part,
        "form": form or PositionForm(part=part, day=request.today),
        "may_edit": covers(where_may(request.access, "equipment.edit"), part.school),
        "rows": [
            (one, one.on(request.as_of), one.change(request.as_of), one.counted_by(request.as_of))
            for one in positions
        ],
    }
    return render(request, "schools/school_equipment.html", context, status=status)


@may("equipment.edit")
@require_http_methods(["GET", "POST"])
def count_equipment(request: Request, pk: int, position_pk: int) -> HttpResponse:
    """A new count of a position."""
    part, row = _position(request, pk, position_pk)
    form = AmountForm(request.POST or None, day=request.today)

    def act() -> None:
        actions.count_equipment(equipment=row, by=request.user, at=timezone.now(), **form.cleaned_data)

    return _deed(request, part, row, form, act, "Посчитать снова", "Подсчёт записан.")


@may("equipment.edit")
@require_http_methods(["GET", "POST"])
def remove_equipment(request: Request, pk: int, position_pk: int) -> HttpResponse:
    """Take away a position entered by mistake."""
    part, row = _position(request, pk, position_pk)
    form = RemovalForm(request.POST or None)

    def act() -> None:
        actions.remove_equipment(equipment=row, by=request.user, at=timezone.now(), **form.cleaned_data)

    return _deed(request, part, row, form, act, "Убрать позицию", "Позиция убрана, запись о ней осталась.")


def _deed(
    request: Request,
    part: Participation,
    row: Equipment,
    form: forms.Form,
    act: Callable[[], None],
    title: str,
    done: str,
) -> HttpResponse:
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            refusal = refused
            form.add_error(None, refused.words)
        else:
            messages.success(request, done, extra_tags="done")
            return redirect("schools:school_equipment", part.pk)
    context = {
        "part": part, "row": row, "form": form, "title": title, "counts": row.counts.order_by("-counted_on"),
    }  # fmt: skip
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    return render(request, "schools/equipment_deed.html", context, status=status)


def _part(request: Request, pk: int) -> Participation:
    parts = Participation.objects.filter(school__in=schools_of(request.access))
    return get_object_or_404(parts.select_related("school__municipality", "programme").distinct(), pk=pk)


def _position(request: Request, pk: int, position_pk: int) -> tuple[Participation, Equipment]:
    part = _part(request, pk)
    return part, get_object_or_404(Equipment.objects.filter(participation=part), pk=position_pk)
