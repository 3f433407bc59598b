"""Who of the curators needs help on the day, with the reason and a letter ready; and the figures of all."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.appointments.guard import may
from opora.appointments.views.chosen import chosen_programme
from opora.dashboard.request import Request
from opora.visits.helping import Help, help_for, sum_of
from opora.visits.monitoring import curators_on

SUBJECT = "Посещения и отчёты: чем помочь"


@may("curators.see")
@require_GET
def curators(request: Request) -> HttpResponse:
    """The list by name: there is no rating of people here. As many queries for 3 curators as for 300."""
    programme = chosen_programme(request)
    rows, stage = curators_on(request.access, request.user, programme, request.as_of)
    needing = [found for row in rows if (found := help_for(row, stage, request.as_of)) is not None]
    context = {
        "programme": programme,
        "stage": stage,
        "rows": [(row, row.silent_for(request.as_of)) for row in rows],
        "needing": [(one, _mail(one)) for one in needing],
        "total": sum_of(rows),
    }
    return render(request, "visits/curators.html", context)


def _mail(one: Help) -> str:
    """The address of a new letter in the person's own mail program; empty without an address."""
    if not one.facts.address:
        return ""
    return f"mailto:{quote(one.facts.address)}?subject={quote(SUBJECT)}&body={quote(one.letter)}"
