"""Pages of one person's data: what is kept, all of it as a file, erasure and its act (152-ФЗ)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.accounts.actions import note_data_given
from opora.accounts.forms.data import EraseForm
from opora.accounts.models import User
from opora.accounts.person_data import namings, rows_naming
from opora.accounts.person_file import person_file
from opora.accounts.views.people import ELSEWHERE
from opora.appointments.actions import erase_person
from opora.appointments.guard import may
from opora.appointments.queries import is_led_elsewhere, municipalities_of, people_of, where_may
from opora.core.filetypes import CONTENT_TYPES
from opora.core.refusal import Refused
from opora.dashboard.request import Request


@may("people.data")
@require_GET
@never_cache
def person_data(request: Request, pk: int) -> HttpResponse:
    """What is kept of a person, table by table; the ways to give it out and to erase it."""
    one = _person_of(request, pk)
    return render(request, "accounts/person_data.html", _context(one))


@may("people.data")
@require_POST
@never_cache
def person_data_file(request: Request, pk: int) -> HttpResponse:
    """All of it as one zip; that it was given out stays in the history."""
    one, at = _person_of(request, pk), timezone.now()
    _refuse_foreign(request, one)
    note_data_given(person=one, by=request.user, at=at)
    return _attachment(person_file(one, at), "application/zip", f"dannye-{one.pk}.zip")


@may("people.data")
@require_http_methods(["GET", "POST"])
@never_cache
def erase(request: Request, pk: int) -> HttpResponse:
    """Say what will happen, ask once, erase."""
    one = _person_of(request, pk)
    form = EraseForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            _refuse_foreign(request, one)
            erase_person(person=one, ground=form.cleaned_data["ground"], by=request.user, at=timezone.now())
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(
                request, "Данные удалены. Скачайте акт, подпишите и храните его три года.", extra_tags="done"
            )
            return redirect("accounts:person_data", pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    return render(request, "accounts/person_erase.html", {**_context(one), "form": form}, status=status)


@may("people.data")
@require_GET
@never_cache
def erasure_act(request: Request, pk: int) -> HttpResponse:
    """The act of destruction as a Word file."""
    # The library of Word is loaded only where an act is asked for.
    from opora.appointments.erasure_act import act_docx

    one = _person_of(request, pk)
    if one.erased_on is None:
        messages.info(request, "Данные этого человека не удалялись: акта нет.", extra_tags="wait")
        return redirect("accounts:person_data", pk)
    place = municipalities_of(where_may(request.access, "people.data")).order_by("pk").first()
    made = act_docx(one, centre=place.centre_name if place else "")
    return _attachment(made, CONTENT_TYPES["docx"], f"akt-{one.pk}.docx")


def _person_of(request: Request, pk: int) -> User:
    return get_object_or_404(people_of(where_may(request.access, "people.data")), pk=pk)


def _refuse_foreign(request: Request, one: User) -> None:
    if is_led_elsewhere(one, where_may(request.access, "people.data"), request.today):
        raise Refused(ELSEWHERE.format(one.short_name))


def _context(one: User) -> dict[str, Any]:
    counted = [(naming, rows_naming(one, naming).count()) for naming in namings()]
    return {
        "person": one,
        "own": [(naming, count) for naming, count in counted if count and naming.is_own],
        "stays": [(naming, count) for naming, count in counted if count and not naming.is_own],
    }


def _attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
