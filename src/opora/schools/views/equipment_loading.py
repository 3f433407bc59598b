"""Equipment as a table: loaded or pasted, looked through, agreed to; given out as a workbook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.fields import DayField
from opora.core.filetypes import CONTENT_TYPES
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.schools.actions.loading_equipment import load_equipment as write_equipment
from opora.schools.equipment import positions_of
from opora.schools.equipment_book import book_of
from opora.schools.equipment_plan import EquipmentPlan, plan_equipment
from opora.schools.forms import SchoolListForm
from opora.schools.models import ListDraft
from opora.schools.risks import parts_in
from opora.schools.told_equipment import ToldEquipment
from opora.schools.views.lists import given_list, refuse_too_large

SHOWN = 300
SEEN_ANEW = (
    "Пока вы смотрели таблицу, оснащение изменилось. Ниже то, что изменится теперь: проверьте ещё раз."
)


class EquipmentFileForm(forms.Form):
    """A table of equipment as a file or pasted, and the days that its two counts are of."""

    was_on = DayField(label="«Было» — на день", help_text="Если в таблице день назван, берётся он.")
    now_on = DayField(label="«Стало» — на день")
    text = SchoolListForm.base_fields["text"]
    file = forms.FileField(
        label="Или файл таблицы",
        required=False,
        allow_empty_file=True,
        max_length=300,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.xls"}),
        help_text="xlsx, ods или csv: строка — школа и то, что она получила.",
    )

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = request.today
        last = request.today
        starts_on = chosen_programme(request).starts_on
        self.fields["was_on"].initial, self.fields["now_on"].initial = min(starts_on, last), last
        for name in ("was_on", "now_on"):
            self.fields[name].widget.attrs["max"] = request.today.isoformat()

    def clean(self) -> dict[str, Any]:
        """Days that have come, the first before the second."""
        told = super().clean() or {}
        was, now = told.get("was_on"), told.get("now_on")
        for name, day in (("was_on", was), ("now_on", now)):
            if day and day > self.today:
                self.add_error(name, ValidationError("Этот день ещё не наступил."))
        if was and now and was >= now:
            self.add_error("was_on", ValidationError("«Было» — раньше, чем «стало»."))
        return told


@may("equipment.edit")
@require_http_methods(["GET", "POST"])
def load_equipment(request: Request) -> HttpResponse:
    """Give a table of equipment; see what is new and what changes; agree. Nothing is written before that."""
    form = EquipmentFileForm(request.POST or None, request.FILES or None, request=request)
    if request.method == "GET":
        return _asked(request, form)
    try:
        refuse_too_large(request)
        if not form.is_valid():
            return _asked(request, form, status=422)
        draft = given_list(request, form, ListDraft.Subject.EQUIPMENT)
    except Refused as refusal:
        return _asked(request, form, refusal=refusal, status=refusal.status)
    plan = _plan(request, form, [ToldEquipment.of(row) for row in draft.content["rows"]])
    return (
        _agree(request, form, plan, draft)
        if "agree" in request.POST
        else _preview(request, form, plan, draft)
    )


@may("equipment.see")
@require_GET
def equipment_book(request: Request) -> HttpResponse:
    """The positions of the schools that the person sees, as a table that can be loaded back."""
    parts = list(parts_in(chosen_programme(request), request.as_of, schools_of(request.access)))
    content = book_of(parts, positions_of([part.pk for part in parts], request.as_of), request.as_of)
    answer = HttpResponse(content, content_type=CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = 'attachment; filename="equipment.xlsx"'
    return answer


def _asked(
    request: Request, form: EquipmentFileForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    """The page that asks for a table; whoever answers for schools is told that only theirs are taken."""
    own = [] if request.access.is_of_centre else list(_written_for(request))
    projects = chosen_programme(request).national_projects.all()
    context = {"form": form, "refusal": refusal, "own": own, "projects": projects}
    return render(request, "schools/equipment_load.html", context, status=status)


def _written_for(request: Request) -> Any:
    return schools_of(where_may(request.access, "equipment.edit")).distinct()


def _plan(request: Request, form: EquipmentFileForm, rows: list[ToldEquipment]) -> EquipmentPlan:
    programme = chosen_programme(request)
    parts = list(parts_in(programme, request.as_of, _written_for(request)))
    return plan_equipment(
        rows,
        parts=parts,
        projects=list(programme.national_projects.all()),
        known=positions_of([part.pk for part in parts], request.today),
        days=(form.cleaned_data["was_on"], form.cleaned_data["now_on"]),
        today=request.today,
    )


def _agree(request: Request, form: EquipmentFileForm, plan: EquipmentPlan, draft: ListDraft) -> HttpResponse:
    if plan.writes and request.POST.get("mark") != plan.mark:
        return _preview(request, form, plan, draft, Refused(SEEN_ANEW, code="R-CONFLICT", status=409))
    try:
        written = write_equipment(
            rows=plan.writes, file_name=draft.file_name, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        return _preview(request, form, plan, draft, refusal)
    words = f"Внесено: {counted(written, 'позиция', 'позиции', 'позиций')}." if written else "Изменений нет."
    messages.success(request, words, extra_tags="done")
    return redirect("schools:equipment")


def _preview(
    request: Request,
    form: EquipmentFileForm,
    plan: EquipmentPlan,
    draft: ListDraft,
    refusal: Refused | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "plan": plan,
        "draft": draft,
        "days": form.cleaned_data,
        "remarks": [*(str(words) for words in draft.content["remarks"]), *plan.remarks],
        "shown": plan.writes[:SHOWN],
        "more": max(len(plan.writes) - SHOWN, 0),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "schools/equipment_preview.html", context, status=status)
