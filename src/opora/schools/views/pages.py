"""The list of schools and the page of a school."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from opora.appointments.coverage import by_school, schools_in
from opora.appointments.guard import may
from opora.appointments.models import Duty
from opora.appointments.queries import appointments_of, in_force, schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.russian import clean, fold
from opora.dashboard.frame import seen_roadmaps
from opora.dashboard.request import Request
from opora.documents.queries import documents_seen_by
from opora.indicators.ground import school_key
from opora.indicators.queries import standings
from opora.indicators.state import LineState
from opora.plans.models import Roadmap
from opora.programmes.models import Programme
from opora.schools.models import Participation, School

PAGE = 50
LATEST = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the roadmap that counts this school."""

    state: LineState
    look: str
    words: str


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


@may("schools.see")
@require_GET
def school(request: Request, pk: int) -> HttpResponse:
    """A school: what we wait for, its people now and before, its documents, its participation."""
    one = get_object_or_404(
        schools_of(request.access).distinct().select_related("municipality__region"), pk=pk
    )
    programme = chosen_programme(request)
    sees_people = "appointments.see" in request.access.permissions or pk in request.access.school_ids
    people = appointments_of(request.access).filter(school=one, since__lte=request.as_of)
    current = people.filter(in_force(request.as_of)).order_by("duty", "since")
    parts = list(one.participations.select_related("programme").order_by("-since"))
    lines = _lines(request, one, programme)
    context = {
        "school": one,
        "programme": programme,
        "parts": parts,
        "part": next((part for part in parts if part.programme_id == programme.pk), None),
        "current": current,
        "past": people.exclude(in_force(request.as_of)).order_by("-until") if sees_people else [],
        "sees_people": sees_people,
        "waited": [line for line in lines if line.look in {"none", "late"}],
        "given": [line for line in lines if line.look not in {"none", "late"}],
        "documents": documents_seen_by(request.access).filter(school=one).order_by("-dated_on")[:LATEST],
        "may_edit": schools_of(where_may(request.access, "schools.edit")).filter(pk=pk).exists(),
        "may_appoint": schools_of(where_may(request.access, "appointments.edit")).filter(pk=pk).exists(),
    }
    return render(request, "schools/school.html", context)


def _lines(request: Request, one: School, programme: Programme) -> list[Part]:
    plan = next(
        (
            roadmap
            for roadmap in seen_roadmaps(request)
            if roadmap.programme_id == programme.pk and roadmap.municipality_id == one.municipality_id
        ),
        None,
    )
    return _parts(plan, one, request) if plan else []


def _parts(plan: Roadmap, one: School, request: Request) -> list[Part]:
    key, parts = school_key(one.pk), []
    for state in standings([plan], request.as_of)[plan.pk]:
        told = {
            look: any(
                subject.key == key for tally in state.tallies for subject in getattr(tally.counted, name)
            )
            for look, name in (
                ("none", "missing"),
                ("sent", "reported"),
                ("done", "confirmed"),
                ("ahead", "excused"),
            )
        }
        words = {"none": "ждём", "sent": "заявлено", "done": "подтверждено", "ahead": "не требуется"}
        look = next((look for look, is_so in told.items() if is_so), "")
        if not look or (look == "none" and state.status.code == "ahead"):
            continue
        is_late = look == "none" and state.status.is_overdue
        parts.append(Part(state, "late" if is_late else look, "срок прошёл" if is_late else words[look]))
    return parts
