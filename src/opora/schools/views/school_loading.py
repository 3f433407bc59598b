"""A list of schools given as a file or pasted: shown first with what is doubtful, then agreed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.schools.actions import load_schools as write_schools
from opora.schools.forms import SchoolListForm
from opora.schools.models import ListDraft, Participation, Region
from opora.schools.new_places import NewPlace
from opora.schools.school_plan import CHANGED, LEFT, NEW, SAME, SchoolPlan, plan_schools
from opora.schools.told import ToldSchool
from opora.schools.views.lists import given_list, refuse_too_large

SHOWN = 300
MOST_REMARKS = 200
LOOK_AT_PLACES = "Муниципалитеты отмечены. Ниже и их школы: посмотрите и согласитесь."
SEEN_ANEW = "Пока вы смотрели список, школы изменились. Ниже то, что изменится теперь: проверьте ещё раз."


@may("schools.edit")
@require_http_methods(["GET", "POST"])
def load_schools(request: Request) -> HttpResponse:
    """Give a list; see what is new, what changes and what is doubtful; agree. Nothing is written before that."""
    form = SchoolListForm(
        request.POST or None,
        request.FILES or None,
        as_of=request.today,
        municipalities=municipalities_of(request.access).select_related("region"),
    )
    context: dict[str, Any] = {
        "form": form,
        "programme": chosen_programme(request),
        "leads_region": bool(request.access.region_ids),
    }
    if request.method == "GET":
        return render(request, "schools/schools_load.html", context)
    try:
        refuse_too_large(request)
        if not form.is_valid():
            return render(request, "schools/schools_load.html", context, status=422)
        draft = given_list(request, form, ListDraft.Subject.SCHOOLS)
        plan = _plan(request, form, _rows_of(draft), _answers(request), request.POST.getlist("place"))
    except Refused as refusal:
        return render(
            request, "schools/schools_load.html", {**context, "refusal": refusal}, status=refusal.status
        )
    if "agree" in request.POST:
        return _agree(request, form, plan, draft)
    return _preview(request, form, plan, draft)


def _rows_of(draft: ListDraft) -> list[ToldSchool]:
    """The rows of a kept list."""
    return [ToldSchool.of(row) for row in draft.content["rows"]]


def _plan(
    request: Request,
    form: SchoolListForm,
    rows: Sequence[ToldSchool],
    answers: Mapping[int, str],
    ticked: Sequence[str],
) -> SchoolPlan:
    programme, schools = chosen_programme(request), schools_of(request.access)
    return plan_schools(
        rows,
        municipalities=municipalities_of(request.access).select_related("region"),
        schools=schools.select_related("municipality"),
        parts={
            part.school_id: part
            for part in Participation.objects.filter(programme=programme, school__in=schools)
        },
        otherwise={name: form.cleaned_data[name] for name in ("municipality", "kind", "since")},
        choices=answers,
        regions=Region.objects.filter(pk__in=request.access.region_ids),
        ticked=frozenset(ticked),
    )


def _agree(request: Request, form: SchoolListForm, plan: SchoolPlan, draft: ListDraft) -> HttpResponse:
    # An answer to a doubtful row changes the plan by the person's own will: the mark is of the plan without answers.
    if request.POST.get("mark") != _mark_of(request, form, plan):
        if not plan.writes and not plan.places:
            return _done(request, 0)
        return _preview(request, form, plan, draft, Refused(SEEN_ANEW, code="R-CONFLICT", status=409))
    if set(request.POST.getlist("place")) != set(request.POST.getlist("seen")):
        # The schools of a municipality just ticked have not been looked at yet.
        return _preview(request, form, plan, draft, notice=LOOK_AT_PLACES)
    try:
        written = write_schools(
            programme=chosen_programme(request),
            rows=plan.writes,
            places=plan.new_places,
            file_name=draft.file_name,
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        return _preview(request, form, plan, draft, refusal)
    return _done(request, written, plan.new_places)


def _done(request: Request, written: int, places: Sequence[NewPlace] = ()) -> HttpResponse:
    words = (
        f"Внесено: {counted(written, 'школа', 'школы', 'школ')}."
        if written
        else "Изменений нет: всё из списка уже внесено."
    )
    if places:
        words += f" Заведено муниципалитетов: {len(places)}. Впишите реквизиты их центров: без них не собрать бумаги."
    messages.success(request, words, extra_tags="done")
    return redirect("schools:load_municipalities" if places else "schools:schools")


def _mark_of(request: Request, form: SchoolListForm, plan: SchoolPlan) -> str:
    """The mark of the same list with the answers as they were proposed and nothing ticked."""
    if not plan.doubtful and not plan.places:
        return plan.mark
    return _plan(request, form, [row.told for row in plan.rows], {}, ()).mark


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
    draft: ListDraft,
    refusal: Refused | None = None,
    notice: str = "",
) -> HttpResponse:
    said = [*(str(words) for words in draft.content["remarks"]), *plan.remarks]
    context = {
        "form": form,
        "plan": plan,
        "draft": draft,
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
        "refusal": refusal,
        "notice": notice,
    }
    status = refusal.status if refusal else 200
    return render(request, "schools/schools_preview.html", context, status=status)


def _is_index(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 6
