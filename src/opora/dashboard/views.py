"""Pages of the frame: settings of the centre, the way things look, the guide."""

from __future__ import annotations

from django.conf import settings as site
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.appointments.guard import may, open_to_all, signed_in
from opora.appointments.queries import municipalities_of, where_may
from opora.core.refusal import Refused
from opora.dashboard.forms import RequisitesForm, initial_of
from opora.dashboard.frame import THEMES
from opora.dashboard.guide import chapters_of, page_of, titles
from opora.dashboard.request import Request
from opora.schools.actions import change_municipality
from opora.schools.models import Municipality

YEAR = 365 * 24 * 60 * 60


@may("people.edit")
@require_GET
def settings(request: Request) -> HttpResponse:
    """Where the centre is set up: requisites, people, rights."""
    places = municipalities_of(where_may(request.access, "people.edit")).select_related("region")
    return render(request, "dashboard/settings.html", {"places": places})


@may("people.edit")
@require_http_methods(["GET", "POST"])
def requisites(request: Request, pk: int) -> HttpResponse:
    """The requisites of one centre."""
    place: Municipality = get_object_or_404(
        municipalities_of(where_may(request.access, "people.edit")), pk=pk
    )
    form = RequisitesForm(request.POST or None, initial=initial_of(place))
    if request.method == "POST" and form.is_valid():
        try:
            change_municipality(municipality=place, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, "Реквизиты сохранены: новые бумаги выйдут с ними.", extra_tags="done")
            return redirect("dashboard:settings")
    context = {
        "form": form,
        "title": "Реквизиты центра",
        "lead": f"{place}. Стоят на отчётах и приказах.",
        "button": "Сохранить реквизиты",
        "back": "/settings/",
        "crumb": "Настройки",
    }
    return render(request, "appointments/deed.html", context)


@open_to_all
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Remember colours and the version for weak eyes in cookies, and go back where the person was."""
    back = request.POST.get("back", "/")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = redirect(back if is_ours else "/")
    theme = request.POST.get("theme", "auto")
    for name, value in (
        ("theme", theme if theme in THEMES else "auto"),
        ("vision", "on" if request.POST.get("vision") == "on" else "off"),
    ):
        response.set_cookie(
            name, value, max_age=YEAR, secure=site.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    return response


@signed_in
@require_GET
def guide(request: Request) -> HttpResponse:
    """The pages of the guide in their order."""
    return render(request, "dashboard/guide.html", {"chapters": chapters_of(titles())})


@signed_in
@require_GET
def guide_page(request: Request, name: str) -> HttpResponse:
    """One page of the guide."""
    pages = titles()
    if name not in pages:
        raise Http404
    context = {"title": pages[name], "body": page_of(name), "chapters": chapters_of(pages), "name": name}
    return render(request, "dashboard/guide_page.html", context)
