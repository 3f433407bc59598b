"""Results of schools: a table of shares loaded and given out."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import municipalities_of, schools_of
from opora.core.filetypes import CONTENT_TYPES
from opora.core.refusal import Refused
from opora.core.russian import clean, counted
from opora.core.uploads import read_upload
from opora.dashboard.request import Request
from opora.imports.reading import read_in_child
from opora.schools.actions.outcomes import load_outcomes as write_outcomes
from opora.schools.models import Outcome
from opora.schools.outcome_book import book_of
from opora.schools.outcome_plan import OutcomePlan, plan_outcomes
from opora.schools.slopes import shown_outcomes
from opora.schools.told_outcomes import ToldOutcome

SHOWN = 300
MOST_ROWS = 20_000
SEEN_ANEW = (
    "Пока вы смотрели таблицу, результаты изменились. Ниже то, что изменится теперь: проверьте ещё раз."
)


class OutcomeFileForm(forms.Form):
    """A table of results as a file."""

    file = forms.FileField(
        label="Файл таблицы",
        allow_empty_file=True,
        max_length=300,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.xls"}),
        help_text="xlsx, ods или csv: строка — школа, год и предмет.",
    )


@may("schools.edit")
@require_http_methods(["GET", "POST"])
def load_outcomes(request: Request) -> HttpResponse:
    """Give a table of shares; see what is new and what changes; agree. Nothing is written before that."""
    is_second = "rows" in request.POST
    form = OutcomeFileForm(request.POST or None, request.FILES or None)
    form.fields["file"].required = not is_second
    if request.method == "GET":
        return render(request, "schools/outcomes_load.html", {"form": form})
    try:
        refused: Refused | None = getattr(request, "upload_refusal", None)
        if refused is not None:
            raise refused
        if not form.is_valid():
            return render(request, "schools/outcomes_load.html", {"form": form}, status=422)
        rows, remarks = _sent_back(request) if is_second else _read(request, form)
        plan = _plan(request, rows)
    except Refused as refusal:
        context = {"form": form, "refusal": refusal}
        return render(request, "schools/outcomes_load.html", context, status=refusal.status)
    if "agree" in request.POST:
        return _agree(request, rows, plan, remarks)
    return _preview(request, rows, plan, remarks)


@may("schools.see")
@require_GET
def outcome_book(request: Request) -> HttpResponse:
    """The results of the schools that the person sees, without those with too few pupils."""
    rows = shown_outcomes(schools_of(request.access)).select_related("school__municipality")
    ordered = rows.order_by(
        "school__municipality__name",
        "school__number",
        "school__folded_name",
        "exam",
        "subject",
        "grade",
        "year",
    )
    answer = HttpResponse(book_of(ordered), content_type=CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = 'attachment; filename="outcomes.xlsx"'
    return answer


def _read(request: Request, form: OutcomeFileForm) -> tuple[list[ToldOutcome], list[str]]:
    told = read_in_child(read_upload(form.cleaned_data["file"]), _name_of(request), subject="outcomes")
    return [ToldOutcome.of(row) for row in told["rows"]], [str(words) for words in told["remarks"]]


def _sent_back(request: Request) -> tuple[list[ToldOutcome], list[str]]:
    """The table that the page of agreement holds; Refused when it is not what we gave."""
    try:
        told = json.loads(request.POST["rows"])
        rows = [ToldOutcome.of(row) for row in told["rows"]]
        remarks = [clean(str(words))[:500] for words in told["remarks"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused("Таблица не дошла целиком. Загрузите файл ещё раз.", status=400) from error
    if len(rows) > MOST_ROWS:
        raise Refused(f"Строк больше {MOST_ROWS}. Разделите файл.", code="F-ROWS", status=413)
    return rows, remarks


def _plan(request: Request, rows: list[ToldOutcome]) -> OutcomePlan:
    schools = schools_of(request.access).distinct()
    return plan_outcomes(
        rows,
        municipalities=municipalities_of(request.access),
        schools=schools,
        known=Outcome.objects.filter(school__in=schools),
    )


def _agree(request: Request, rows: list[ToldOutcome], plan: OutcomePlan, remarks: list[str]) -> HttpResponse:
    if request.POST.get("mark") != plan.mark:
        return _preview(request, rows, plan, remarks, Refused(SEEN_ANEW, code="R-CONFLICT", status=409))
    try:
        written = write_outcomes(
            rows=plan.writes, file_name=_name_of(request), by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        return _preview(request, rows, plan, remarks, refusal)
    words = f"Внесено: {counted(written, 'доля', 'доли', 'долей')}." if written else "Изменений нет."
    messages.success(request, words, extra_tags="done")
    return redirect("schools:schools")


def _preview(
    request: Request,
    rows: list[ToldOutcome],
    plan: OutcomePlan,
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
    status = refusal.status if refusal else 200
    return render(request, "schools/outcomes_preview.html", context, status=status)


def _name_of(request: Request) -> str:
    upload = request.FILES.get("file")
    told = PurePath(upload.name or "").name if upload else request.POST.get("file_name", "")
    return clean(told).strip()[:300]
