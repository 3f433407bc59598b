"""A whole table of risks at once: pasted from a spreadsheet or loaded as a file, shown first, then agreed to."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import schools_of
from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.core.uploads import read_upload, store
from opora.dashboard.request import Request
from opora.imports.readers.detection import kind_of
from opora.imports.reading import read_in_child
from opora.imports.subjects.risks import RiskSheet, cells_of, not_found, sheet_of, understand_text
from opora.schools.actions import load_risks as put_risks
from opora.schools.actions.risks import CellConflict
from opora.schools.risk_table import Plan, ToldRow, as_text, placed, plan_of
from opora.schools.risks import Profile, factors_of, parts_in, profiles_of
from opora.schools.views.risk_forms import TableForm
from opora.schools.views.risk_scope import Scope, scope_of

SHOWN = 300
SEEN_ANEW = (
    "Пока вы смотрели, записи изменил другой человек. Ниже то, что изменится теперь: проверьте ещё раз."
)


class _Table:
    """What was given, understood: its rows, its remarks, and the text that agreement sends back."""

    def __init__(self, rows: list[ToldRow], remarks: list[str], numbers: list[int], file: StoredFile | None):
        self.rows, self.remarks, self.file = rows, remarks, file
        self.text = as_text(rows, numbers)


@may("risks.choose")
@require_http_methods(["GET", "POST"])
def load_risks(request: Request) -> HttpResponse:
    """Give a table; see what it changes and what is doubtful; agree. Nothing is written before that."""
    scope = scope_of(request)
    form = TableForm(request.POST or None, request.FILES or None, programme=scope.programme)
    context: dict[str, Any] = {
        "form": form,
        "programme": scope.programme,
        "factors": factors_of(scope.programme),
    }
    if request.method == "GET":
        return render(request, "schools/risks_load.html", context)
    try:
        _refuse_too_large(request)
        if not form.is_valid():
            return render(request, "schools/risks_load.html", context, status=422)
        profiles = _profiles(request, scope)
        table = _table(request, form, scope, profiles)
        plan = plan_of(table.rows, profiles, may_level=_graded(scope, profiles))
    except Refused as refusal:
        return render(
            request, "schools/risks_load.html", {**context, "refusal": refusal}, status=refusal.status
        )
    if "agree" in request.POST:
        return _agree(request, table, plan)
    return _preview(request, table, plan)


def _agree(request: Request, table: _Table, plan: Plan) -> HttpResponse:
    if plan.differences and request.POST.get("mark") != plan.mark:
        return _preview(request, table, plan, Refused(SEEN_ANEW, code="R-CONFLICT", status=409))
    try:
        changed = put_risks(
            loads=plan.loads,
            file_name=request.POST.get("file_name", "")[:300],
            file=request.POST.get("file_hash", "")[:64],
            by=request.user,
            at=timezone.now(),
            on=request.today,
        )
    except CellConflict:
        return _preview(request, table, plan, Refused(SEEN_ANEW, code="R-CONFLICT", status=409))
    said = (
        f"Внесено клеток: {changed}, школ: {plan.schools}." if changed else "Изменений нет: всё уже внесено."
    )
    messages.success(request, said, extra_tags="done")
    return redirect("schools:risks")


def _preview(request: Request, table: _Table, plan: Plan, refusal: Refused | None = None) -> HttpResponse:
    context = {
        "programme": scope_of(request).programme,
        "table": table,
        "plan": plan,
        "remarks": [*table.remarks, *plan.remarks],
        "shown": plan.differences[:SHOWN],
        "more": max(len(plan.differences) - SHOWN, 0),
        "refusal": refusal,
        "file_name": request.POST.get("file_name", "") or _name_of(request),
        "file_hash": table.file.sha256 if table.file else request.POST.get("file_hash", ""),
    }
    return render(request, "schools/risks_preview.html", context, status=refusal.status if refusal else 200)


def _profiles(request: Request, scope: Scope) -> list[Profile]:
    """The rows that this person may change, in the order of the table."""
    parts = parts_in(scope.programme, request.as_of, schools_of(request.access))
    return profiles_of(parts, factors_of(scope.programme), None)


def _graded(scope: Scope, profiles: list[Profile]) -> set[int]:
    return {profile.school.pk for profile in profiles if scope.may_level(profile.school)}


def _table(request: Request, form: TableForm, scope: Scope, profiles: list[Profile]) -> _Table:
    """Refused when nothing was given, when it is too large, or when it is no table of risks."""
    factors = {str(factor.number): factor.name for factor in factors_of(scope.programme)}
    numbers = [int(number) for number in factors]
    upload, text = form.cleaned_data["file"], form.cleaned_data["text"]
    if upload:
        content, name = read_upload(upload), _name_of(request)
        sheet = sheet_of(
            read_in_child(content, name, subject="risks", factors=factors, many=scope.programme.words.many)
        )
        file = store(content, kind=kind_of(content, name)[0], at=timezone.now())
        return _Table(_rows_of(sheet), list(sheet.remarks), numbers, file)
    if not text.strip():
        raise Refused("Вставьте таблицу в поле или выберите файл.", status=400)
    cells = cells_of(text)
    told = understand_text(text, factors=factors)
    if told is not None:
        return _Table(_rows_of(told), list(told.remarks), numbers, None)
    school, number = form.cleaned_data["school"], form.cleaned_data["factor"]
    if school is None or number is None:
        catalogue = {int(number): name for number, name in factors.items()}
        raise not_found(catalogue, scope.programme.words.many)
    rows, remarks = placed(cells, profiles, school, number)
    return _Table(rows, remarks, numbers, None)


def _rows_of(sheet: RiskSheet) -> list[ToldRow]:
    return [ToldRow(row.place, row.school, row.municipality, row.cells) for row in sheet.rows]


def _name_of(request: Request) -> str:
    upload = request.FILES.get("file")
    return clean(PurePath(upload.name or "").name).strip() or "таблица" if upload else ""


def _refuse_too_large(request: Request) -> None:
    """The refusal that the upload handler left when it stopped reading in the middle."""
    refusal: Refused | None = getattr(request, "upload_refusal", None)
    if refusal is not None:
        raise refusal
    if len(request.POST.get("text", "")) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise Refused(
            "Вставлено слишком много текста. Разделите таблицу на части.", code="F-SIZE", status=413
        )
