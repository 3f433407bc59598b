"""Who leads which school, who is missing, and the table of rights as it stands."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from opora.appointments.coverage import coverage, people_of_centre, without_order
from opora.appointments.guard import may, signed_in
from opora.appointments.models import Duty
from opora.appointments.queries import where_may
from opora.appointments.rights import PERMISSIONS, RIGHTS, title_of
from opora.appointments.views.chosen import chosen_programme
from opora.core.russian import fold
from opora.dashboard.frame import programme_spoken_of
from opora.dashboard.request import Request
from opora.programmes.factor_words import FactorWords


@may("appointments.see")
def appointments(request: Request) -> HttpResponse:
    """Schools with their coordinator and curator, those without somebody first; people of the centre."""
    programme = chosen_programme(request)
    rows = coverage(request.access, programme, request.as_of)
    lacking = [row for row in rows if row.missing]
    words, shows_missing = fold(request.GET.get("q", "")), request.GET.get("show") == "missing"
    asked = [
        row
        for row in (lacking if shows_missing else rows)
        if words in row.school.folded_name
        or any(words in one.person.folded_name for one in (*row.coordinators, *row.curators))
    ]
    may_edit = "appointments.edit" in request.access.permissions
    unsigned = (
        without_order(where_may(request.access, "appointments.edit"), programme, request.as_of)
        if may_edit
        else None
    )
    context = {
        "programme": programme,
        "total": len(rows),
        "lacking": lacking,
        "shows_missing": shows_missing,
        "q": request.GET.get("q", ""),
        "page": Paginator(asked, 50).get_page(request.GET.get("page")),
        "centre": people_of_centre(request.access, programme, request.as_of),
        "may_edit": may_edit,
        "unsigned": unsigned.count() if unsigned is not None else 0,
    }
    return render(request, "appointments/appointments.html", context)


@signed_in
def rights(request: Request) -> HttpResponse:
    """Which duty may do what, as the product itself reads it."""
    words = _words(request)
    rows = [
        (title_of(permission, words), [(duty, permission in RIGHTS[duty]) for duty in Duty])
        for permission in PERMISSIONS
    ]
    return render(request, "appointments/rights.html", {"duties": list(Duty), "rows": rows})


def _words(request: Request) -> FactorWords:
    """The words of the programme spoken of; the usual ones while none has been loaded."""
    found = programme_spoken_of(request)
    return found.words if found else FactorWords("риск", "риска", "рисков")
