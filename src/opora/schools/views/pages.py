"""The list of schools."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.appointments.coverage import by_school, schools_in
from opora.appointments.guard import may
from opora.appointments.models import Duty
from opora.appointments.queries import schools_of
from opora.appointments.views.chosen import chosen_programme
from opora.core.russian import clean, fold
from opora.dashboard.request import Request
from opora.schools.models import Participation

PAGE = 50


@may("schools.see")
@require_GET
def schools(request: Request) -> HttpResponse:
    """Schools by number, fifty a page; search by any part of a name whatever the letter case."""
    programme = chosen_programme(request)
    seen, shows_all = schools_of(request.access), request.GET.get("show") == "all"
    taking = schools_in(programme, request.as_of, seen)
    asked = seen if shows_all else taking
    for word in fold(clean(request.GET.get("q", ""))).split()[:10]:
        asked = asked.filter(folded_name__contains=word)
    page = Paginator(asked.distinct().select_related("municipality"), PAGE).get_page(request.GET.get("page"))
    numbers = [school.pk for school in page.object_list]
    held = by_school(numbers, programme, request.as_of)
    parts = {
        part.school_id: part for part in Participation.objects.filter(school__in=numbers, programme=programme)
    }
    context = {
        "programme": programme,
        "page": page,
        "rows": [
            (
                school,
                parts.get(school.pk),
                [one for one in held[school.pk] if one.duty == Duty.SCHOOL_COORDINATOR],
                [one for one in held[school.pk] if one.duty == Duty.CURATOR],
            )
            for school in page.object_list
        ],
        "q": request.GET.get("q", ""),
        "shows_all": shows_all,
        "taking": taking.count(),
        "may_edit": "schools.edit" in request.access.permissions,
    }
    return render(request, "schools/schools.html", context)
