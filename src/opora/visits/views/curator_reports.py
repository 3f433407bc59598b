"""Curators' reports: the list curator by stage, one report, its words saved as they are typed, its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from opora.accounts.models import User
from opora.appointments.guard import may
from opora.appointments.queries import where_may
from opora.appointments.views.chosen import chosen_programme
from opora.core.deeds import words_of
from opora.core.filetypes import CONTENT_TYPES
from opora.core.history import history_of
from opora.core.refusal import Refused
from opora.core.russian import day_month
from opora.dashboard.request import Request
from opora.programmes.models import Programme, Stage
from opora.schools.models import School
from opora.visits import actions
from opora.visits.actions.reporting import CALL_BACK
from opora.visits.forms.reports import Group, groups_of, version_in, words_in
from opora.visits.models import CuratorReport
from opora.visits.report_fields import words_fields
from opora.visits.reporting import curators_of, reports_seen_by, schools_of_report, stage_report_of
from opora.visits.sheets import Sheet
from opora.visits.stage_report import ReportState, about, figures_of, report_state, titles_of
from opora.visits.views.asked import number_in
from opora.visits.views.report_files import FILES, town_of

SEND = "send"


@dataclass(slots=True)
class Cell:
    """The report of one curator for one stage in the list."""

    stage: Stage
    state: ReportState
    report: CuratorReport | None
    may_begin: bool


@dataclass(slots=True)
class Row:
    """One curator of the list with schools and a cell for each stage."""

    person: User
    schools: list[School] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


@may("visits.see")
@require_GET
def curator_reports(request: Request) -> HttpResponse:
    """Curator by stage with the state of each report: all for the centre, one's own for a curator. Five queries."""
    programme = chosen_programme(request)
    stages = list(programme.stages.order_by("number"))
    rows = _rows(request, programme, stages)
    waiting = [one for row in rows for one in row.cells if one.state.code == "sent"]
    context = {
        "programme": programme,
        "stages": stages,
        "rows": rows,
        "waiting": len(waiting),
        "may_approve": "visits.approve" in request.access.permissions and bool(waiting),
    }
    return render(request, "visits/curator_reports.html", context)


def _rows(request: Request, programme: Programme, stages: list[Stage]) -> list[Row]:
    found: dict[int, Row] = {}
    within: dict[int, set[int]] = {}
    left: dict[int, date | None] = {}
    for held in curators_of(request.access, request.user, programme):
        row = found.setdefault(held.person_id, Row(held.person))
        if held.school is not None and held.school not in row.schools:
            row.schools.append(held.school)
        left[held.person_id] = _later(left.get(held.person_id, date.min), held.until)
        within.setdefault(held.person_id, set()).update(
            one.pk
            for one in stages
            if held.since <= one.ends_on and (held.until is None or held.until >= one.starts_on)
        )
    reports = {
        (one.curator_id, one.stage_id): one
        for one in reports_seen_by(request.access, request.user).filter(programme=programme)
    }
    held_here = where_may(request.access, "visits.hold")
    for pk, row in found.items():
        may_hold = pk == request.user.pk or held_here.is_of_centre
        row.cells = [
            _cell(one, reports.get((pk, one.pk)), one.pk in within[pk], left[pk], may_hold, request)
            for one in stages
        ]
    return list(found.values())


def _later(one: date | None, other: date | None) -> date | None:
    """The later end of two terms; None is a term without an end."""
    return None if one is None or other is None else max(one, other)


def _cell(
    stage: Stage,
    report: CuratorReport | None,
    is_curator: bool,
    left_on: date | None,
    may_hold: bool,
    request: Request,
) -> Cell:
    if report is None and not is_curator:
        return Cell(stage, ReportState("out", "Не куратор в этом этапе", "none"), None, False)
    state = state_of_report(report, stage, request)
    if report is None and left_on is not None and left_on < min(stage.ends_on, request.as_of):
        # Nobody waits for a report of one who left before the stage was over; it may still be written.
        state = ReportState("none", f"Освобождён {day_month(left_on)}, отчёт не начат", "none")
    return Cell(stage, state, report, report is None and may_hold and state.code in ("none", "late"))


def state_of_report(report: CuratorReport | None, stage: Stage, request: Request) -> ReportState:
    """Where a report stands on the day that the person looks at."""
    days = (
        {}
        if report is None
        else {
            "begun": report.begun_on,
            "sent": report.sent_on,
            "returned": report.returned_on,
            "approved": report.approved_on,
        }
    )
    return report_state(stage.starts_on, stage.ends_on, request.as_of, **days)


@may("visits.hold")
@require_http_methods(["POST"])
def report_begin(request: Request) -> HttpResponse:
    """Begin a report of one's own, or of a curator of the centre, and go to its words."""
    programme = chosen_programme(request)
    stage = get_object_or_404(programme.stages, pk=number_in(request.POST, "stage"))
    person = number_in(request.POST, "curator") or request.user.pk
    held = curators_of(request.access, request.user, programme).filter(person=person).first()
    if held is None:
        raise Refused("Отчитываться не о чем: у этого человека здесь нет ни одной школы.")
    report = actions.begin_report(
        stage=stage,
        curator=held.person,
        on=request.today,
        by=request.user,
        at=timezone.now(),
    )
    return redirect("visits:report_words", report.pk)


def report_of(request: Request, pk: int, permission: str = "visits.see") -> CuratorReport:
    """The report of an address; 404 for one that is not theirs. The guard has narrowed the places already."""
    own = permission in ("visits.see", "visits.hold")
    return get_object_or_404(reports_seen_by(request.access, request.user, own=own), pk=pk)


@may("visits.see")
@require_GET
def curator_report(request: Request, pk: int) -> HttpResponse:
    """One report as of the day: figures school by school, words, what can be done with it."""
    report = report_of(request, pk)
    told = stage_report_of(report, request.as_of)
    rights = _rights(request, report)
    is_in = report.sent_on is not None and report.returned_on is None and report.approved_on is None
    is_open = report.approved_on is None and not is_in
    public = report.public_document
    is_public = public is not None and public.publications.filter(taken_down_on=None).exists()
    age = timezone.now() - report.approved_at if report.approved_at else None
    context = {
        "report": report,
        "told": told,
        "about": about(told),
        "state": state_of_report(report, report.stage, request),
        "schools": [(part, titles_of(told, part), figures_of(told, part)) for part in told.schools],
        "may_write": is_open and "visits.hold" in rights,
        "may_approve": is_in and "visits.approve" in rights,
        "may_call_back": age is not None
        and age <= CALL_BACK
        and not is_public
        and "visits.approve" in rights,
        "may_publish": report.approved_on is not None and not is_public and "documents.publish" in rights,
        "is_public": is_public,
        "is_named": report.curator.is_named_on(request.as_of),
        "history": [(one, words_of(one.verb, one.facts)) for one in history_of(report)],
    }
    return render(request, "visits/curator_report.html", context)


def _rights(request: Request, report: CuratorReport) -> set[str]:
    """What a person may do with this very report. At most three queries."""
    found: set[str] = set()
    for name in ("visits.hold", "visits.approve", "documents.publish"):
        if name not in request.access.permissions:
            continue
        led = reports_seen_by(where_may(request.access, name), request.user, own=name == "visits.hold")
        if led.filter(pk=report.pk).exists():
            found.add(name)
    return found


@may("visits.see")
@require_GET
def report_file(request: Request, pk: int, ending: str) -> HttpResponse:
    """The report as of the day as a file; a draft may be looked at before it is handed in."""
    report = report_of(request, pk)
    if ending not in FILES:
        raise Http404
    told = stage_report_of(report, request.as_of)
    response = HttpResponse(FILES[ending](told, town_of(report)), content_type=CONTENT_TYPES[ending])
    name = quote(f"{told.title}, {report.curator.last_name}.{ending}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@may("visits.hold")
@never_cache
@require_http_methods(["GET", "POST"])
def report_words(request: Request, pk: int) -> HttpResponse:
    """The words of a report: a page that saves itself, or an ordinary form where scripts are off."""
    report = report_of(request, pk, "visits.hold")
    schools = schools_of_report(report.curator, report.programme, report.stage)
    if request.method == "POST":
        return _take(request, report, schools)
    if report.approved_on is not None or (report.sent_on is not None and report.returned_on is None):
        messages.info(request, "Отчёт уже сдан: слова больше не правятся.", extra_tags="wait")
        return redirect("visits:curator_report", pk)
    return _page(request, report, schools, report.words, report.version)


def _take(request: Request, report: CuratorReport, schools: list[School]) -> HttpResponse:
    groups = groups_of(words_fields(report.programme), schools, report.words)
    words, version = words_in(request.POST, groups, report.words), version_in(request.POST)
    is_quiet = request.headers.get("X-Opora-Sheet") == "1"
    here, done = reverse("visits:curator_report", args=[report.pk]), request.POST.get("deed") == SEND
    try:
        version = _keep(request, report, words, version, is_sent=done)
    except actions.SentTwice:
        done = True
    except Refused as refusal:
        differing: list[tuple[str, str, str]] = []
        if isinstance(refusal, actions.WordsConflict):
            version, differing = refusal.version, _differing(report, schools, refusal)
        if is_quiet:
            return _told(request, report, refusal, version, differing)
        return _page(request, report, schools, words, version, refusal, differing)
    if is_quiet:
        clock = timezone.localtime().strftime("%H:%M")
        return JsonResponse({"version": version, "at": clock, "address": here if done else ""})
    return redirect(here if done else reverse("visits:report_words", args=[report.pk]))


def _keep(request: Request, report: CuratorReport, words: Sheet, version: int, *, is_sent: bool) -> int:
    """Keep the words, and hand the report in where that button was pressed; the new version."""
    deed: dict[str, Any] = {
        "report": report,
        "words": words,
        "version": version,
        "by": request.user,
        "at": timezone.now(),
    }
    if not is_sent:
        kept = actions.save_words(**deed)
        if request.headers.get("X-Opora-Sheet") != "1":
            messages.success(request, "Слова сохранены.", extra_tags="done")
        return kept
    actions.hand_in(**deed, on=request.today)
    messages.success(request, "Отчёт сдан: методический центр увидит его.", extra_tags="done")
    return version


def _told(
    request: Request,
    report: CuratorReport,
    refusal: Refused,
    version: int,
    differing: list[tuple[str, str, str]],
) -> JsonResponse:
    if not differing:
        return JsonResponse({"errors": [refusal.words]}, status=refusal.status)
    shown = {"report": report, "differing": differing}
    html = render_to_string("visits/_words_conflict.html", shown, request)
    return JsonResponse({"version": version, "html": html}, status=refusal.status)


def _differing(
    report: CuratorReport, schools: list[School], found: actions.WordsConflict
) -> list[tuple[str, str, str]]:
    """(where, kept, typed) for each question where two versions say different things."""
    fields = words_fields(report.programme)
    kept, typed = (_flat(groups_of(fields, schools, words)) for words in (found.kept, found.typed))
    return [(label, kept[label], typed[label]) for label in kept if kept[label] != typed[label]]


def _flat(groups: list[Group]) -> dict[str, str]:
    return {f"{group.title}: {one.field.label}": one.text for group in groups for one in group.asked}


def _page(
    request: Request,
    report: CuratorReport,
    schools: list[School],
    words: Sheet,
    version: int,
    refusal: Refused | None = None,
    differing: list[tuple[str, str, str]] | None = None,
) -> HttpResponse:
    told = stage_report_of(report, request.as_of)
    figures = {str(part.school_id): part for part in told.schools}
    context = {
        "report": report,
        "version": version,
        "refusal": refusal,
        "differing": differing,
        "groups": [
            (group, figures.get(group.key))
            for group in groups_of(words_fields(report.programme), schools, words)
        ],
    }
    return render(request, "visits/report_words.html", context, status=refusal.status if refusal else 200)
