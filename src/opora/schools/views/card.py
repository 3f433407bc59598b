"""The card of a school: risks in work, programmes, visits, people, documents, results, what we wait for, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from opora.appointments.coverage import schools_in
from opora.appointments.guard import may
from opora.appointments.models import Appointment
from opora.appointments.queries import appointments_of, schools_of, where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.deeds import words_of
from opora.core.history import nameless
from opora.core.models import HistoryEntry
from opora.dashboard.frame import seen_roadmaps
from opora.dashboard.request import Request
from opora.documents.on_card import documents_on_card
from opora.documents.queries import documents_seen_by
from opora.indicators.ground import school_key
from opora.indicators.queries import standings
from opora.indicators.state import LineState
from opora.plans.models import Roadmap
from opora.programmes.models import Programme
from opora.schools.models import (
    AntiRiskProgramme,
    Equipment,
    Measure,
    Participation,
    School,
    SchoolRiskChange,
)
from opora.schools.risk_rules import HIGH
from opora.schools.risks import cells_on
from opora.schools.slopes import slopes_of
from opora.schools.views.risk_scope import covers
from opora.visits.models import Visit
from opora.visits.queries import visits_of_school
from opora.visits.states import State, state_of

LATEST = 20


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the roadmap that counts this school."""

    state: LineState
    look: str
    words: str


@dataclass(frozen=True, slots=True)
class Work:
    """The measures of an anti-risk programme: all, done and confirmed by the day."""

    total: int
    done: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class InWork:
    """A factor that the school has taken, or has left out though it is high; its programme, when there is one."""

    risk: SchoolRiskChange
    row: Work | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit as it stood on the day."""

    visit: Visit
    state: State


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the history in words."""

    entry: HistoryEntry
    words: str


@may("schools.see")
@require_GET
def school(request: Request, pk: int) -> HttpResponse:
    """Everything that is known of a school; the same number of queries however much it is."""
    one, parts = _found(request, pk)
    programme = chosen_programme(request)
    part = next((part for part in parts if part.programme_id == programme.pk), None)
    in_work = _in_work(part, request.as_of)
    lines = _lines(request, one, programme)
    slopes, hidden = slopes_of(one, _beside(one, programme, request.as_of))
    context: dict[str, Any] = {
        "school": one,
        "programme": programme,
        "parts": parts,
        "part": part,
        **_people(request, one),
        **_rights(request, one),
        "in_work": in_work,
        "chosen": sum(one.risk.is_chosen is True for one in in_work),
        "waited": [line for line in lines if line.look in {"none", "late"}],
        "given": [line for line in lines if line.look not in {"none", "late"}],
        "documents": documents_on_card(
            documents_seen_by(request.access).filter(school=one), part, request.as_of, latest=LATEST
        ),
        "visits": [
            Seen(visit, state_of(visit, request.as_of))
            for visit in visits_of_school(one, programme, request.as_of)[:LATEST]
        ],
        "slopes": slopes,
        "hidden_outcomes": hidden,
        "history": _history(request, one, parts),
    }
    return render(request, "schools/school.html", context)


def _found(request: Request, pk: int) -> tuple[School, list[Participation]]:
    """The school and how it takes part, each with the number of its positions of equipment; 404 for another's.

    One query; two for a school that never took part.
    """
    seen = schools_of(request.access).filter(pk=pk)
    positions = Equipment.objects.filter(participation=OuterRef("pk"), counts__counted_on__lte=request.as_of)
    parts: list[Any] = list(
        Participation.objects.filter(school__in=seen)
        .select_related("school__municipality__region", "programme")
        .annotate(positions=_number_of(positions, "participation", distinct=True))
        .order_by("-since")
    )
    if parts:
        return parts[0].school, parts
    return get_object_or_404(seen.distinct().select_related("municipality__region")), parts


def _number_of(rows: QuerySet[Any], by: str, *, distinct: bool = False) -> Coalesce:
    """How many rows a subquery finds, nought when none."""
    told = rows.order_by().values(by).annotate(number=Count("pk", distinct=distinct)).values("number")
    return Coalesce(Subquery(told, output_field=IntegerField()), 0)


def _people(request: Request, one: School) -> dict[str, list[Appointment]]:
    """Who leads the school on the day and who led it before; former ones only for those who see appointments."""
    sees_past = "appointments.see" in request.access.permissions or one.pk in request.access.school_ids
    people = list(
        appointments_of(request.access).filter(school=one, since__lte=request.as_of).order_by("duty", "since")
    )
    current = [row for row in people if row.until is None or row.until >= request.as_of]
    past = [row for row in people if row.until is not None and row.until < request.as_of]
    past.sort(key=lambda row: row.until or date.max, reverse=True)
    return {"current": current, "past": past if sees_past else []}


def _rights(request: Request, one: School) -> dict[str, bool]:
    asked = {
        "may_edit": "schools.edit",
        "may_appoint": "appointments.edit",
        "may_choose": "risks.choose",
        "may_load": "outcomes.load",
        "may_see_equipment": "equipment.see",
    }
    return {name: covers(where_may(request.access, permission), one) for name, permission in asked.items()}


def _in_work(part: Participation | None, as_of: date) -> list[InWork]:
    """The factors of the card as they stood on a day, with the counts of their measures. One query."""
    if part is None:
        return []
    same = {"participation": OuterRef("participation"), "factor": OuterRef("factor")}
    measures = Measure.objects.filter(**{f"programme__{name}": value for name, value in same.items()})
    risks = (
        cells_on(as_of, participation=part)
        .annotate(
            work=Subquery(AntiRiskProgramme.objects.filter(**same).values("pk")[:1]),
            total=_number_of(measures, "programme__factor"),
            done=_number_of(measures.filter(done_on__lte=as_of), "programme__factor"),
            confirmed=_number_of(measures.filter(confirmed_on__lte=as_of), "programme__factor"),
        )
        .filter(Q(is_chosen=True) | Q(level=HIGH) | Q(work__isnull=False))
        .select_related("factor")
        .order_by(F("is_chosen").desc(nulls_last=True), "factor__number")
    )
    return [
        InWork(risk, Work(risk.total, risk.done, risk.confirmed) if risk.work is not None else None)
        for risk in risks
    ]


def _beside(one: School, programme: Programme, as_of: date) -> Any:
    """The schools of the programme in the municipality: their mean stands beside the school."""
    return schools_in(programme, as_of, School.objects.filter(municipality=one.municipality_id))


def _history(request: Request, one: School, parts: list[Participation]) -> list[Told]:
    """The latest deeds about the school, its participation and its programmes of work, newest first. One query."""
    if "history.see" not in request.access.permissions and one.pk not in request.access.school_ids:
        return []
    works = AntiRiskProgramme.objects.filter(participation__in=[part.pk for part in parts])
    entries = HistoryEntry.objects.filter(
        Q(subject_kind="schools.school", subject_id=one.pk)
        | Q(subject_kind="schools.participation", subject_id__in=[part.pk for part in parts])
        | Q(subject_kind="schools.antiriskprogramme", subject_id__in=works.values("pk"))
    )
    shown = nameless(entries.order_by("-number"), limit=LATEST)
    return [Told(entry, words_of(entry.verb, entry.facts)) for entry in shown]


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
