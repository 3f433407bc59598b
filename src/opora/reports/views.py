"""Pages of reports: build one for a day, write the missing words, freeze, publish, download."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from opora.appointments.guard import may
from opora.dashboard.request import Request
from opora.plans.models import Activity, Roadmap
from opora.plans.queries import roadmaps_seen_by
from opora.reports import content, phrases
from opora.reports.actions import freeze, publish_issue, write_words
from opora.reports.forms import FreezeForm, ReportForm
from opora.reports.kinds import progress
from opora.reports.models import Issue
from opora.reports.queries import issues_seen_by, line_of_stretch, lines_for_report
from opora.reports.renderers import RENDERERS

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report is asked for: its stretch and days, and the same as a query string."""

    stretch: str
    since: date
    as_of: date

    @property
    def query(self) -> str:
        return urlencode({"stretch": self.stretch, "since": self.since, "as_of": self.as_of})


@may("reports.see")
def reports(request: Request) -> HttpResponse:
    """What can be built now, and every issue frozen before."""
    plans = list(roadmaps_seen_by(request.access))
    plan = _chosen(request, plans)
    form = ReportForm(initial=_usual(plan, request.as_of) if plan else {}, latest=request.today)
    return render(
        request,
        "reports/reports.html",
        {"plan": plan, "form": form, "issues": issues_seen_by(request.access)[:50] if plan else []},
    )


@may("reports.see")
def report(request: Request, pk: int) -> HttpResponse:
    """A report of a roadmap on the screen, as it will be on paper; every figure leads to its lines."""
    plan = get_object_or_404(roadmaps_seen_by(request.access), pk=pk)
    form, asked = _asked(request.GET, plan, request)
    if asked is None:
        return render(request, "reports/reports.html", {"plan": plan, "form": form, "issues": []}, status=422)
    built = progress.build(plan, since=asked.since, as_of=asked.as_of, stretch=asked.stretch)
    lines = lines_for_report(plan)
    return render(
        request,
        "reports/report.html",
        {
            "plan": plan,
            "asked": asked,
            "report": built,
            "basis": phrases.basis(built.head),
            "summary": phrases.summary(built.totals),
            "gained": phrases.gained(built),
            "late": [(line, phrases.reason(line)) for line in built.late],
            "lines": lines,
            "fitting": line_of_stretch(lines, asked.stretch),
        },
    )


@may("reports.see")
def download(request: Request, pk: int, ending: str) -> HttpResponse:
    """The report as a file."""
    if ending not in RENDERERS:
        raise Http404
    plan = get_object_or_404(roadmaps_seen_by(request.access), pk=pk)
    form, asked = _asked(request.GET, plan, request)
    if asked is None:
        return render(request, "reports/reports.html", {"plan": plan, "form": form, "issues": []}, status=422)
    built = progress.build(plan, since=asked.since, as_of=asked.as_of, stretch=asked.stretch)
    return _file(built, ending)


@require_POST
@may("reports.freeze")
def words(request: Request, pk: int) -> HttpResponse:
    """Keep the words about late lines that the person typed."""
    plan = get_object_or_404(roadmaps_seen_by(request.access), pk=pk)
    typed = {name[6:]: text for name, text in request.POST.items() if name.startswith("words-")}
    lines = Activity.objects.filter(roadmap=plan, pk__in=[key for key in typed if key.isdecimal()])
    for line in lines:
        if str(typed[str(line.pk)]).strip():
            write_words(activity=line, words=str(typed[str(line.pk)]), by=request.user, at=timezone.now())
    messages.success(request, "Слова сохранены и встали в отчёт", extra_tags="done")
    return redirect(f"{_address(plan)}?{request.POST.get('back', '')}")


@require_POST
@may("reports.freeze")
def freeze_report(request: Request, pk: int) -> HttpResponse:
    """Make an immutable issue of the report on the screen."""
    plan = get_object_or_404(roadmaps_seen_by(request.access), pk=pk)
    form = FreezeForm(request.POST, roadmap=plan, latest=request.today)
    if not form.is_valid():
        return render(request, "reports/reports.html", {"plan": plan, "form": form, "issues": []}, status=422)
    issue = freeze(
        roadmap=plan,
        since=form.cleaned_data["since"],
        as_of=form.cleaned_data["as_of"],
        stretch=form.cleaned_data["stretch"],
        line=form.cleaned_data["line"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(
        request, f"Выпуск {issue.number} зафиксирован: числа в нём больше не изменятся", extra_tags="done"
    )
    return redirect("reports:issue", issue.pk)


@may("reports.see")
def issue(request: Request, pk: int) -> HttpResponse:
    """A frozen issue: its content as it was, its hash, its files, its way to the portal."""
    kept = get_object_or_404(issues_seen_by(request.access), pk=pk)
    report = content.from_text(kept.content)
    files = list(kept.document.versions.select_related("file").order_by("number")) if kept.document else []
    return render(
        request,
        "reports/issue.html",
        {
            "issue": kept,
            "report": report,
            "basis": phrases.basis(report.head),
            "summary": phrases.summary(report.totals),
            "gained": phrases.gained(report),
            "late": [(line, phrases.reason(line)) for line in report.late],
            "files": files,
            "is_whole": content.hash_of(kept.content) == kept.hash,
            "publications": kept.document.publications.filter(taken_down_on__isnull=True)
            if kept.document
            else [],
        },
    )


@require_POST
@may("documents.publish")
def publish(request: Request, pk: int) -> HttpResponse:
    """Put a frozen issue on the portal."""
    kept = get_object_or_404(issues_seen_by(request.access), pk=pk)
    publish_issue(issue=kept, on=request.as_of, by=request.user, at=timezone.now())
    messages.success(request, "Отчёт размещён на портале", extra_tags="done")
    return redirect("reports:issue", kept.pk)


def _chosen(request: Request, plans: list[Roadmap]) -> Roadmap | None:
    kept = request.session.get("roadmap")
    return next((plan for plan in plans if plan.pk == kept), plans[0] if plans else None)


def _usual(plan: Roadmap, as_of: date) -> dict[str, object]:
    last = Issue.objects.filter(roadmap=plan, as_of__lt=as_of).order_by("-as_of").first()
    return {
        "stretch": Issue.Stretch.CUMULATIVE,
        "since": last.as_of if last else plan.programme.starts_on,
        "as_of": as_of,
    }


def _asked(query: QueryDict, plan: Roadmap, request: Request) -> tuple[ReportForm, Asked | None]:
    form = ReportForm(query if "stretch" in query else _usual(plan, request.as_of), latest=request.today)
    if not form.is_valid():
        return form, None
    clean = form.cleaned_data
    return form, Asked(clean["stretch"], clean["since"], clean["as_of"])


def _address(plan: Roadmap) -> str:
    return f"/reports/{plan.pk}/progress/"


def _file(built: content.Progress, ending: str) -> HttpResponse:
    response = HttpResponse(RENDERERS[ending](built), content_type=MEDIA_TYPES[ending])
    name = quote(phrases.file_name(built, ending))
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
