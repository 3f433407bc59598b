"""With which risks of schools each person works: a table of ticks that the proposal of curators reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.accounts.models import User
from opora.accounts.queries import found_among
from opora.appointments.actions import mark_competences
from opora.appointments.forms.proposal import MOST_ROWS, number_in
from opora.appointments.guard import may
from opora.appointments.queries import competences_of, people_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.programmes.models import RiskFactor

SHOWN = 25


@may("appointments.edit")
@require_http_methods(["GET", "POST"])
def competences(request: Request) -> HttpResponse:
    """Look at the ticks or save those of one page of people."""
    programme = chosen_programme(request)
    factors = list(programme.risk_factors.order_by("number"))
    asked = request.GET.get("q", "")
    everybody = people_of(where_may(request.access, "appointments.edit"))
    if request.method == "POST":
        listed = [number_in(one) for one in request.POST.getlist("person")[:MOST_ROWS]]
        stands = competences_of(listed, programme)
        marks = {
            person: _marked(request, person, factors, stands.get(person.pk, ()))
            for person in everybody.filter(pk__in=listed)
        }
        changed = mark_competences(programme=programme, marks=marks, by=request.user, at=timezone.now())
        words = counted(changed, "человека", "человек", "человек")
        messages.success(
            request, f"Записано: изменено у {words}." if changed else "Изменений нет.", extra_tags="done"
        )
        return redirect(request.get_full_path())
    people = found_among(everybody, asked).order_by("folded_name", "pk")
    page = Paginator(people, SHOWN).get_page(request.GET.get("page"))
    held = competences_of([one.pk for one in page], programme)
    rows = [(one, [(factor, factor.pk in held.get(one.pk, ())) for factor in factors]) for one in page]
    context = {"programme": programme, "factors": factors, "page": page, "rows": rows, "q": asked}
    return render(request, "appointments/competences.html", context)


def _marked(
    request: Request, person: User, factors: Sequence[RiskFactor], stands: Collection[int]
) -> list[RiskFactor]:
    """The factors of a person after this page: what was ticked or cleared here, over what another may have changed."""
    ticked = set(request.POST.getlist(f"mark-{person.pk}"))
    shown = set(request.POST.get(f"was-{person.pk}", "").split())
    touched = ticked ^ shown
    return [
        one
        for one in factors
        if (str(one.number) in ticked if str(one.number) in touched else one.pk in stands)
    ]
