"""A list of schools loaded as a file: shown first with what is doubtful, then agreed to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import municipalities_of, schools_of
from opora.appointments.views.chosen import chosen_programme
from opora.core.refusal import Refused
from opora.core.russian import clean, counted
from opora.core.uploads import read_upload
from opora.dashboard.request import Request
from opora.imports.reading import read_in_child
from opora.imports.subjects.schools import MOST_SCHOOLS
from opora.schools.actions import load_schools as write_schools
from opora.schools.forms import SchoolListForm
from opora.schools.models import Participation
from opora.schools.school_plan import CHANGED, LEFT, NEW, SAME, SchoolPlan, plan_schools
from opora.schools.told import ToldSchool

SHOWN = 300
MOST_REMARKS = 200
SEEN_ANEW = "Пока вы смотрели список, школы изменились. Ниже то, что изменится теперь: проверьте ещё раз."


@may("schools.edit")
@require_http_methods(["GET", "POST"])
def load_schools(request: Request) -> HttpResponse:
    """Give a list; see what is new, what changes and what is doubtful; agree. Nothing is written before that."""
    is_second = "rows" in request.POST
    form = SchoolListForm(
        request.POST or None,
        request.FILES or None,
        as_of=request.as_of,
        municipalities=municipalities_of(request.access),
    )
    if is_second:
        form.fields["file"].required = False
    context: dict[str, Any] = {"form": form, "programme": chosen_programme(request)}
    if request.method == "GET":
        return render(request, "schools/schools_load.html", context)
    try:
        refused: Refused | None = getattr(request, "upload_refusal", None)
        if refused is not None:
            raise refused
        if not form.is_valid():
            return render(request, "schools/schools_load.html", context, status=422)
        rows, remarks = _sent_back(request) if is_second else _read(request, form)
        plan = _plan(request, form, rows, _answers(request))
    except Refused as refusal:
        return render(
            request, "schools/schools_load.html", {**context, "refusal": refusal}, status=refusal.status
        )
    if "agree" in request.POST:
        return _agree(request, form, plan, remarks)
    return _preview(request, form, plan, remarks)


def _read(request: Request, form: SchoolListForm) -> tuple[list[ToldSchool], list[str]]:
    upload = form.cleaned_data["file"]
    told = read_in_child(read_upload(upload), _name_of(request), subject="schools")
    return [ToldSchool.of(row) for row in told["rows"]], [str(words) for words in told["remarks"]]


def _sent_back(request: Request) -> tuple[list[ToldSchool], list[str]]:
    """The list that the page of agreement holds; Refused when it is not what we gave."""
    try:
        told = json.loads(request.POST["rows"])
        rows = [ToldSchool.of(row) for row in told["rows"]]
        remarks = [clean(str(words))[:500] for words in told["remarks"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused("Список не дошёл целиком. Загрузите файл ещё раз.", status=400) from error
    if len(rows) > MOST_SCHOOLS:
        raise Refused(f"В списке больше {MOST_SCHOOLS} школ. Разделите файл.", code="F-ROWS", status=413)
    return rows, remarks


def _plan(
    request: Request, form: SchoolListForm, rows: Sequence[ToldSchool], answers: Mapping[int, str]
) -> SchoolPlan:
    programme, schools = chosen_programme(request), schools_of(request.access)
    return plan_schools(
        rows,
        municipalities=municipalities_of(request.access),
        schools=schools.select_related("municipality"),
        parts={
            part.school_id: part
            for part in Participation.objects.filter(programme=programme, school__in=schools)
        },
        otherwise={name: form.cleaned_data[name] for name in ("municipality", "kind", "since")},
        choices=answers,
    )


def _agree(request: Request, form: SchoolListForm, plan: SchoolPlan, remarks: list[str]) -> HttpResponse:
    # An answer to a doubtful row changes the plan by the person's own will: the mark is of the plan without answers.
    if request.POST.get("mark") != _mark_of(request, form, plan):
        return _preview(request, form, plan, remarks, Refused(SEEN_ANEW, code="R-CONFLICT", status=409))
    try:
        written = write_schools(
            programme=chosen_programme(request),
            rows=plan.writes,
            file_name=_name_of(request),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        return _preview(request, form, plan, remarks, refusal)
    words = (
        f"Внесено: {counted(written, 'школа', 'школы', 'школ')}."
        if written
        else "Изменений нет: всё из списка уже внесено."
    )
    messages.success(request, words, extra_tags="done")
    return redirect("schools:schools")


def _mark_of(request: Request, form: SchoolListForm, plan: SchoolPlan) -> str:
    """The mark of the same list with the answers as they were proposed."""
    return _plan(request, form, [row.told for row in plan.rows], {}).mark if plan.doubtful else plan.mark


def _answers(request: Request) -> dict[int, str]:
    """What the person said of doubtful rows, by their index."""
    return {
        int(name[5:]): str(value)
        for name, value in request.POST.items()
        if name.startswith("same-") and _is_index(name[5:])
    }


def _preview(
    request: Request,
    form: SchoolListForm,
    plan: SchoolPlan,
    remarks: list[str],
    refusal: Refused | None = None,
) -> HttpResponse:
    told = {"rows": [row.told.as_json() for row in plan.rows], "remarks": remarks}
    said = [*remarks, *plan.remarks]
    context = {
        "form": form,
        "plan": plan,
        "programme": chosen_programme(request),
        "new": plan.count(NEW),
        "changed": plan.count(CHANGED),
        "same": plan.count(SAME),
        "left": plan.count(LEFT),
        "remarks": said[:MOST_REMARKS],
        "more_remarks": max(len(said) - MOST_REMARKS, 0),
        "shown": plan.writes[:SHOWN],
        "more": max(len(plan.writes) - SHOWN, 0),
        "mark": _mark_of(request, form, plan),
        "rows": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        "file_name": _name_of(request),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "schools/schools_preview.html", context, status=status)


def _name_of(request: Request) -> str:
    upload = request.FILES.get("file")
    told = PurePath(upload.name or "").name if upload else request.POST.get("file_name", "")
    return clean(told).strip()[:300] or ("список" if upload else "")


def _is_index(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6
