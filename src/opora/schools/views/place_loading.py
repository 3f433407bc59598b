"""A list of municipalities with their centres: shown first with what changes, then agreed to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import municipalities_of
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.schools.actions.loading_places import load_municipalities as write_municipalities
from opora.schools.forms import MunicipalityListForm
from opora.schools.models import ListDraft, Region
from opora.schools.place_plan import MunicipalityPlan, lacking, plan_municipalities
from opora.schools.told_places import ToldMunicipality
from opora.schools.views.lists import given_list, refuse_too_large

SHOWN, MOST_LACKING = 300, 50
SEEN_ANEW = (
    "Пока вы смотрели список, муниципалитеты изменились. Ниже то, что изменится теперь: проверьте ещё раз."
)


@may("schools.edit")
@require_http_methods(["GET", "POST"])
def load_municipalities(request: Request) -> HttpResponse:
    """Give a list; see what is new and what changes; agree. Nothing is written before that."""
    form = MunicipalityListForm(request.POST or None, request.FILES or None)
    if request.method == "GET":
        return _asked(request, form)
    try:
        refuse_too_large(request)
        if not form.is_valid():
            return _asked(request, form, status=422)
        draft = given_list(request, form, ListDraft.Subject.MUNICIPALITIES)
    except Refused as refusal:
        return _asked(request, form, refusal=refusal, status=refusal.status)
    plan = plan_municipalities(
        [ToldMunicipality.of(row) for row in draft.content["rows"]],
        municipalities=municipalities_of(request.access).select_related("region"),
        regions=Region.objects.filter(pk__in=request.access.region_ids),
    )
    return _agree(request, plan, draft) if "agree" in request.POST else _preview(request, plan, draft)


def _asked(
    request: Request, form: MunicipalityListForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    """The page that asks for a list and says which centres still lack their requisites."""
    known = municipalities_of(request.access).select_related("region")
    missing = [(one, ", ".join(words)) for one in known if (words := lacking(one))]
    context: dict[str, Any] = {
        "form": form,
        "refusal": refusal,
        "leads_region": bool(request.access.region_ids),
        "missing": missing[:MOST_LACKING],
        "more": max(len(missing) - MOST_LACKING, 0),
        "may_set": "people.edit" in request.access.permissions,
    }
    return render(request, "schools/municipalities_load.html", context, status=status)


def _agree(request: Request, plan: MunicipalityPlan, draft: ListDraft) -> HttpResponse:
    if plan.writes and request.POST.get("mark") != plan.mark:
        return _preview(request, plan, draft, Refused(SEEN_ANEW, code="R-CONFLICT", status=409))
    try:
        written = write_municipalities(
            rows=plan.writes, file_name=draft.file_name, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        return _preview(request, plan, draft, refusal)
    words = (
        f"Внесено: {counted(written, 'муниципалитет', 'муниципалитета', 'муниципалитетов')}."
        if written
        else "Изменений нет: всё из списка уже внесено."
    )
    messages.success(request, words, extra_tags="done")
    return redirect("schools:load_municipalities")


def _preview(
    request: Request, plan: MunicipalityPlan, draft: ListDraft, refusal: Refused | None = None
) -> HttpResponse:
    context = {
        "plan": plan,
        "draft": draft,
        "remarks": [*(str(words) for words in draft.content["remarks"]), *plan.remarks],
        "shown": plan.writes[:SHOWN],
        "more": max(len(plan.writes) - SHOWN, 0),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "schools/municipalities_preview.html", context, status=status)
