"""Pages of the draw: the preview that is confirmed, its protocol, and who examines what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.guard import may
from opora.appointments.models import Duty
from opora.core.filetypes import CONTENT_TYPES
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.documents.models import Document
from opora.reviews.actions import assign_experts, draw_sample
from opora.reviews.choosing import Plan, experts_of, plan_of
from opora.reviews.forms.rounds import PeopleForm
from opora.reviews.models import Round
from opora.reviews.population import preview_of, redrawn
from opora.reviews.protocol import protocol_of
from opora.reviews.views.protocol_files import FILES
from opora.reviews.views.scope import round_led, round_seen

SHOWN = 50


@may("reviews.edit")
@require_http_methods(["GET", "POST"])
def draw(request: Request, pk: int) -> HttpResponse:
    """What the draw gives as of the day; nothing is written before a person confirms."""
    row = round_led(request, pk)
    on = request.today
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            draw_sample(
                review=row, seen=request.POST.get("seen", ""), on=on, by=request.user, at=timezone.now()
            )
        except Refused as found:
            refusal = found
        else:
            messages.success(
                request, "Выборка сделана. Теперь поручите документы экспертам.", extra_tags="done"
            )
            return redirect("reviews:round_page", row.pk)
    if row.drawn_on is not None and refusal is None:
        kept = tuple(row.sampled.order_by("position").values_list("document_id", flat=True))
        context = {"round": row, "is_same": redrawn(row) == kept}
        return render(request, "reviews/redrawn.html", context)
    preview = preview_of(row, on)
    shown = preview.keys[:SHOWN]
    rows = Document.objects.select_related("school", "kind", "factor").in_bulk(shown)
    context = {
        "round": row,
        "preview": preview,
        "documents": [rows[key] for key in shown if key in rows],
        "more": max(0, preview.size - SHOWN),
        "has_criteria": row.criteria.exists(),
        "on": on,
        "refusal": refusal,
    }
    return render(request, "reviews/draw.html", context, status=refusal.status if refusal else 200)


@may("reviews.see")
def protocol(request: Request, pk: int, ending: str) -> HttpResponse:
    """The protocol of the draw with the assignment, as docx or pdf; it names people and is not published."""
    row = round_seen(request, pk)
    make = FILES.get(ending)
    if make is None:
        raise Http404
    try:
        content = make(protocol_of(row, request.as_of))
    except Refused as refusal:
        messages.warning(request, refusal.words, extra_tags="wait")
        return redirect("reviews:round_page", row.pk)
    response = HttpResponse(content, content_type=CONTENT_TYPES[ending])
    name = f"protokol-vyborki-{row.pk}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@may("reviews.edit")
@require_http_methods(["GET", "POST"])
def assign(request: Request, pk: int) -> HttpResponse:
    """Who could examine what; nothing is written before a person agrees."""
    row = round_led(request, pk)
    on = request.today
    form = PeopleForm(
        request.POST or None,
        experts=experts_of(row, on),
        curators=experts_of(row, on, (Duty.CURATOR,)).exclude(pk__in=experts_of(row, on)),
    )
    context: dict[str, Any] = {"round": row, "form": form}
    status = 200
    try:
        plan = _plan(row, form, request)
        if plan is not None and request.POST.get("deed") == "agree":
            return _agreed(request, row, plan)
        context["plan"] = plan
    except Refused as refusal:
        context["refusal"], status = refusal, refusal.status
        if refusal.code == "R-CONFLICT":
            context["plan"] = _plan(row, form, request)
    if context.get("plan"):
        context["pairs"] = context["plan"].rows[:SHOWN]
        context["more"] = max(0, len(context["plan"].rows) - SHOWN)
    return render(request, "reviews/assign.html", context, status=status)


def _plan(row: Round, form: PeopleForm, request: Request) -> Plan | None:
    if request.method != "POST" or not form.is_valid():
        return None
    return plan_of(row, form.people(), request.today)


def _agreed(request: Request, row: Round, plan: Plan) -> HttpResponse:
    """Write the plan that the person saw. Refused with R-CONFLICT when it is another one by now."""
    if request.POST.get("seen") != plan.mark:
        raise Refused(
            "Пока вы смотрели, назначения, документы или отметки экспертов изменились. Ниже распределение на сейчас.",
            code="R-CONFLICT",
            status=409,
        )
    on = request.today
    count = assign_experts(review=row, pairs=plan.pairs(), on=on, by=request.user, at=timezone.now())
    words = counted(count, "рассмотрение", "рассмотрения", "рассмотрений")
    left = f" Без эксперта пока: {len(plan.lacking)}." if plan.lacking else ""
    messages.success(request, f"Поручено: {words}.{left}", extra_tags="done")
    return redirect("reviews:round_page", row.pk)
