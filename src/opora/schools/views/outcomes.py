"""Results of schools: a table of shares loaded and given out."""

from __future__ import annotations

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
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.schools.actions.outcomes import load_outcomes as write_outcomes
from opora.schools.forms import SchoolListForm
from opora.schools.models import ListDraft, Outcome
from opora.schools.outcome_book import book_of
from opora.schools.outcome_plan import OutcomePlan, plan_outcomes
from opora.schools.slopes import shown_outcomes
from opora.schools.told_outcomes import ToldOutcome
from opora.schools.views.lists import given_list, refuse_too_large

SHOWN = 300
SEEN_ANEW = (
    "Пока вы смотрели таблицу, результаты изменились. Ниже то, что изменится теперь: проверьте ещё раз."
)


class OutcomeFileForm(forms.Form):
    """A table of results as a file or pasted."""

    text = SchoolListForm.base_fields["text"]
    file = forms.FileField(
        label="Или файл таблицы",
        required=False,
        allow_empty_file=True,
        max_length=300,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.xls"}),
        help_text="xlsx, ods или csv: строка — школа, год и предмет.",
    )


@may("outcomes.load")
@require_http_methods(["GET", "POST"])
def load_outcomes(request: Request) -> HttpResponse:
    """Give a table of shares; see what is new and what changes; agree. Nothing is written before that."""
    form = OutcomeFileForm(request.POST or None, request.FILES or None)
    if request.method == "GET":
        return _asked(request, form)
    try:
        refuse_too_large(request)
        if not form.is_valid():
            return _asked(request, form, status=422)
        draft = given_list(request, form, ListDraft.Subject.OUTCOMES)
        plan = _plan(request, [ToldOutcome.of(row) for row in draft.content["rows"]])
    except Refused as refusal:
        return _asked(request, form, refusal=refusal, status=refusal.status)
    if "agree" in request.POST:
        return _agree(request, plan, draft)
    return _preview(request, plan, draft)


def _asked(
    request: Request, form: OutcomeFileForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    """The page that asks for a table; whoever answers for schools is told that only theirs are taken."""
    own = [] if request.access.is_of_centre else list(schools_of(request.access).distinct())
    context = {"form": form, "refusal": refusal, "own": own}
    return render(request, "schools/outcomes_load.html", context, status=status)


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
    answer = HttpResponse(book_of(ordered.iterator(chunk_size=1000)), content_type=CONTENT_TYPES["xlsx"])
    answer.headers["Content-Disposition"] = 'attachment; filename="outcomes.xlsx"'
    return answer


def _plan(request: Request, rows: list[ToldOutcome]) -> OutcomePlan:
    schools = schools_of(request.access).distinct()
    return plan_outcomes(
        rows,
        municipalities=municipalities_of(request.access),
        schools=schools,
        known=Outcome.objects.filter(school__in=schools),
    )


def _agree(request: Request, plan: OutcomePlan, draft: ListDraft) -> HttpResponse:
    if plan.writes and request.POST.get("mark") != plan.mark:
        return _preview(request, plan, draft, Refused(SEEN_ANEW, code="R-CONFLICT", status=409))
    try:
        written = write_outcomes(
            rows=plan.writes, file_name=draft.file_name, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        return _preview(request, plan, draft, refusal)
    words = f"Внесено: {counted(written, 'доля', 'доли', 'долей')}." if written else "Изменений нет."
    messages.success(request, words, extra_tags="done")
    return redirect("schools:schools")


def _preview(
    request: Request, plan: OutcomePlan, draft: ListDraft, refusal: Refused | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "plan": plan,
        "draft": draft,
        "remarks": [*(str(words) for words in draft.content["remarks"]), *plan.remarks],
        "shown": plan.writes[:SHOWN],
        "more": max(len(plan.writes) - SHOWN, 0),
        "file_name": draft.file_name,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "schools/outcomes_preview.html", context, status=status)
