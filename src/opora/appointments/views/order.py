"""The draft order about appointments: who goes in, how names stand in it, the file, the number after signing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments import actions
from opora.appointments.coverage import without_order
from opora.appointments.forms.order import DraftOrderForm
from opora.appointments.guard import may
from opora.appointments.models import Appointment
from opora.appointments.order import build, differences, forms_of, mended_forms
from opora.appointments.order_docx import render as render_docx
from opora.appointments.queries import municipalities_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.refusal import Refused
from opora.dashboard.request import Request

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOTHING = "Все назначения уже с приказом: включать в проект некого."


@may("appointments.edit")
@require_http_methods(["GET", "POST"])
def order(request: Request) -> HttpResponse:
    """Choose people, mend their names, take the file; after signing write the number down."""
    held = _unsigned(request)
    deed = request.POST.get("deed", "")
    form = DraftOrderForm(request.POST or None, held=held, must_number=deed == "note")
    if request.method == "POST" and form.is_valid():
        _mend(request, held)
        chosen = list(form.cleaned_data["held"])
        told: dict[str, Any] = {
            "order_number": form.cleaned_data["order_number"],
            "order_date": form.cleaned_data["order_date"],
        }
        if deed != "note":
            query = {
                "held": [one.pk for one in chosen],
                **{key: value for key, value in told.items() if value},
            }
            return redirect(f"/appointments/order.docx?{urlencode(query, doseq=True)}")
        try:
            actions.note_order(appointments=chosen, by=request.user, at=timezone.now(), **told)
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            words = f"Приказ № {told['order_number']} вписан в назначения: теперь они засчитываются."
            messages.success(request, words, extra_tags="done")
            return redirect("appointments:appointments")
    rows = list(held)
    context = {
        "form": form,
        "rows": rows,
        "chosen": set(request.POST.getlist("held")) if deed else {str(one.pk) for one in rows},
        "forms": forms_of((one.person for one in rows), mended_forms()),
        "programme": chosen_programme(request),
    }
    return render(request, "appointments/order.html", context)


@may("appointments.edit")
@require_GET
def order_docx(request: Request) -> HttpResponse:
    """The draft order as a Word file. Refused when every appointment has an order already."""
    form = DraftOrderForm(request.GET, held=_unsigned(request))
    form.fields["held"].required = False
    if not form.is_valid():
        raise Refused("Проект приказа не собран: проверьте, кто включён, и дату.", status=400)
    chosen = list(form.cleaned_data["held"]) or list(_unsigned(request))
    municipality = municipalities_of(where_may(request.access, "appointments.edit")).first()
    if not chosen or municipality is None:
        raise Refused(NOTHING)
    told = build(
        municipality,
        chosen_programme(request),
        chosen,
        number=form.cleaned_data["order_number"],
        order_date=form.cleaned_data["order_date"],
        mended=mended_forms(),
    )
    response = HttpResponse(render_docx(told), content_type=DOCX)
    response["Content-Disposition"] = (
        content_disposition_header(True, "Приказ о назначении (проект).docx") or ""
    )
    return response


def _unsigned(request: Request) -> QuerySet[Appointment]:
    led = where_may(request.access, "appointments.edit")
    return without_order(led, chosen_programme(request), request.as_of)


def _mend(request: Request, held: QuerySet[Appointment]) -> None:
    told: dict[str, str] = {}
    for shown in forms_of((one.person for one in held), mended_forms()):
        name = request.POST.get(f"name-{shown.person.pk}", shown.name)
        post = request.POST.get(f"post-{shown.person.pk}", shown.post)
        told |= differences(shown, name[:310], post[:200])
    if told:
        actions.mend_name_forms(forms=told, by=request.user, at=timezone.now())
