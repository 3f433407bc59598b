"""Appointing by a list, pasted or in a file: a preview with remarks to each row, then all in one transaction."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.actions import appoint_many
from opora.appointments.forms.many import ManyForm, Reader, Row
from opora.appointments.guard import may
from opora.appointments.models import Appointment
from opora.appointments.queries import people_of, schools_of, where_may
from opora.appointments.rules import standing_in_the_way
from opora.appointments.views.chosen import chosen_programme
from opora.core.refusal import Refused
from opora.core.russian import clean, counted
from opora.core.uploads import read_upload
from opora.dashboard.request import Request
from opora.imports.reading import read_in_child
from opora.imports.subjects.appointments import text_of

# More rows than this are counted, not shown: those with mistakes come first.
SHOWN = 200


@may("appointments.edit")
@require_http_methods(["GET", "POST"])
def many(request: Request) -> HttpResponse:
    """Paste a list, look at what was understood, agree."""
    try:
        told, remarks = _told(request)
    except Refused as refusal:
        form = ManyForm(request.POST, as_of=request.today)
        form.add_error("file", refusal.words)
        return render(request, "appointments/many.html", {"form": form}, status=refusal.status)
    form = ManyForm(told, as_of=request.today)
    context: dict[str, Any] = {"form": form, "remarks": remarks}
    if request.method == "POST" and form.is_valid():
        rows = _reader(request, form).rows(form.cleaned_data["text"])
        wrong = [row for row in rows if row.mistakes]
        # A file is looked at before it is agreed to, whatever was pressed.
        if request.POST.get("deed") == "agree" and not wrong and not request.FILES:
            try:
                made = appoint_many(
                    wishes=[row.wish() for row in rows],
                    programme=chosen_programme(request),
                    by=request.user,
                    at=timezone.now(),
                    **form.order(),
                )
            except Refused as refusal:
                form.add_error(None, refusal.words)
            else:
                words = counted(
                    len(made), "назначение записано", "назначения записаны", "назначений записано"
                )
                messages.success(request, f"Список принят: {words}.", extra_tags="done")
                return redirect("appointments:appointments")
        shown = sorted(rows, key=_doubt)[:SHOWN]
        context |= {"rows": shown, "total": len(rows), "wrong": len(wrong), "hidden": len(rows) - len(shown)}
        context["newcomers"] = len({row.person for row in rows if row.is_new})
    return render(request, "appointments/many.html", context)


def _told(request: Request) -> tuple[QueryDict | None, list[str]]:
    """What was sent, with the list of a file in the place of the pasted one, and remarks to the file.

    Refused with the codes of reading.
    """
    refused: Refused | None = getattr(request, "upload_refusal", None)
    if refused is not None:
        raise refused
    upload = request.FILES.get("file")
    if upload is None:
        return request.POST or None, []
    sheet = read_in_child(read_upload(upload), clean(upload.name or ""), subject="appointments")
    told = request.POST.copy()
    told["text"] = text_of(sheet)
    return told, [str(one) for one in sheet["remarks"]]


def _reader(request: Request, form: ManyForm) -> Reader:
    led = where_may(request.access, "appointments.edit")
    programme, since = chosen_programme(request), form.cleaned_data["since"]
    held = defaultdict(list)
    for one in Appointment.objects.filter(
        standing_in_the_way(programme, since), school__in=schools_of(led)
    ).select_related("person"):
        held[one.school_id or 0].append(one)
    return Reader(
        schools_of(led),
        people_of(led),
        held,
        request.POST,
        programme=programme,
        since=since,
        today=request.today,
    )


def _doubt(row: Row) -> tuple[bool, bool, int]:
    return not row.mistakes, not (row.alike or row.alike_above), row.number
