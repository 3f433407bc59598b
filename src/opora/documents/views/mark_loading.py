"""A whole table of marks at once: pasted from a spreadsheet or loaded as a file, shown first, then agreed to."""

from __future__ import annotations

import json
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
from opora.documents.actions.marks import load_marks
from opora.documents.mark_plan import MarkPlan, MarkPlanner
from opora.documents.marks import marked_kinds, marks_of
from opora.documents.told_marks import ToldMark
from opora.documents.views.mark_forms import MarkTableForm
from opora.documents.views.marks import states_for
from opora.imports.reading import read_in_child
from opora.imports.subjects.marks import understand_cells
from opora.imports.subjects.risks import cells_of
from opora.schools.risks import parts_in

SHOWN = 300
MOST_ROWS = 20_000
SEEN_ANEW = (
    "Пока вы смотрели, отметки изменил другой человек. Ниже то, что изменится теперь: проверьте ещё раз."
)


@may("marks.load")
@require_http_methods(["GET", "POST"])
def marks_load(request: Request) -> HttpResponse:
    """Give a table; see what it changes and what is doubtful; agree. Nothing is written before that."""
    is_second = "rows" in request.POST
    form = MarkTableForm(request.POST or None, request.FILES or None)
    programme = chosen_programme(request)
    context = {"form": form, "programme": programme, "kinds": marked_kinds(programme.pk)}
    if request.method == "GET":
        return render(request, "documents/marks_load.html", context)
    try:
        too_large: Refused | None = getattr(request, "upload_refusal", None)
        if too_large is not None:
            raise too_large
        if not form.is_valid():
            return render(request, "documents/marks_load.html", context, status=422)
        rows, remarks = _sent_back(request) if is_second else _read(request, form)
        plan = _plan(request, rows)
    except Refused as refusal:
        return render(
            request, "documents/marks_load.html", {**context, "refusal": refusal}, status=refusal.status
        )
    if "agree" in request.POST:
        return _agree(request, rows, plan, remarks)
    return _preview(request, rows, plan, remarks)


def _read(request: Request, form: MarkTableForm) -> tuple[list[ToldMark], list[str]]:
    upload, text = form.cleaned_data["file"], form.cleaned_data["text"]
    if upload is not None:
        told = read_in_child(read_upload(upload), _name_of(request), subject="marks")
        return [ToldMark.of(row) for row in told["rows"]], [str(words) for words in told["remarks"]]
    if not text.strip():
        raise Refused("Вставьте таблицу или выберите файл.", status=400)
    sheet = understand_cells(cells_of(text))
    return list(sheet.rows), list(sheet.remarks)


def _sent_back(request: Request) -> tuple[list[ToldMark], list[str]]:
    """The table that the page of agreement holds; Refused when it is not what we gave."""
    try:
        told = json.loads(request.POST["rows"])
        rows = [ToldMark.of(row) for row in told["rows"]]
        remarks = [clean(str(words))[:500] for words in told["remarks"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused("Таблица не дошла целиком. Внесите её ещё раз.", status=400) from error
    if len(rows) > MOST_ROWS:
        raise Refused(f"Строк больше {MOST_ROWS}. Разделите таблицу.", code="F-ROWS", status=413)
    return rows, remarks


def _plan(request: Request, rows: list[ToldMark]) -> MarkPlan:
    programme = chosen_programme(request)
    parts = list(parts_in(programme, request.as_of, schools_of(request.access)))
    planner = MarkPlanner(
        municipalities=municipalities_of(request.access),
        parts=parts,
        kinds=marked_kinds(programme.pk),
        factors=programme.risk_factors.all(),
        marks=marks_of([part.pk for part in parts], request.today),
    )
    plan = planner.plan(rows, today=request.today)
    allowed = {part.pk: states_for(request, part.school) for part in parts}
    asked, plan.writes = plan.writes, []
    for one in asked:
        if one.told.state in allowed[one.told.marked.part.pk]:
            plan.writes.append(one)
            continue
        school, label = one.told.marked.part.school, one.becomes.label
        plan.remarks.append(f"{school}, «{one.told.marked.name}»: «{label}» ставит куратор или координатор.")
    return plan


def _agree(request: Request, rows: list[ToldMark], plan: MarkPlan, remarks: list[str]) -> HttpResponse:
    if request.POST.get("mark") != plan.mark:
        return _preview(request, rows, plan, remarks, Refused(SEEN_ANEW, code="R-CONFLICT", status=409))
    try:
        written = load_marks(
            told=[one.told for one in plan.writes],
            file_name=_name_of(request),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        return _preview(request, rows, plan, remarks, refusal)
    words = f"Внесено: {counted(written, 'отметка', 'отметки', 'отметок')}." if written else "Изменений нет."
    messages.success(request, words, extra_tags="done")
    return redirect("documents:mark_list")


def _preview(
    request: Request,
    rows: list[ToldMark],
    plan: MarkPlan,
    remarks: list[str],
    refusal: Refused | None = None,
) -> HttpResponse:
    told = {"rows": [row.as_json() for row in rows], "remarks": remarks}
    context: dict[str, Any] = {
        "plan": plan,
        "remarks": [*remarks, *plan.remarks],
        "shown": plan.writes[:SHOWN],
        "more": max(len(plan.writes) - SHOWN, 0),
        "rows": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        "file_name": _name_of(request),
        "refusal": refusal,
    }
    return render(request, "documents/marks_preview.html", context, status=refusal.status if refusal else 200)


def _name_of(request: Request) -> str:
    upload = request.FILES.get("file")
    told = PurePath(upload.name or "").name if upload else request.POST.get("file_name", "")
    return clean(told).strip()[:300]
