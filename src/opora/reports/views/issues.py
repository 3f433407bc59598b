"""Pages of frozen issues: the content as it was, its hash, its files, its way to the portal."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.documents.actions import SentTwice
from opora.documents.doubts import doubts_in, people_of_place, text_in
from opora.documents.views.doubts import question, question_of
from opora.reports import content, phrases
from opora.reports.actions import publish_issue, publish_region_issue, take_down_region_issue
from opora.reports.models import Issue
from opora.reports.papers import ENDINGS, file_of
from opora.reports.queries import issues_seen_by, region_issues_led_by
from opora.reports.register import KINDS, ReportKind
from opora.reports.views.making import as_file
from opora.reports.views.sheets import sheet_context


@may("reports.see")
def issue(request: Request, pk: int) -> HttpResponse:
    """A frozen issue: its content as it was, its hash, its files, its way to the portal."""
    return _show(request, pk)


def _show(request: Request, pk: int, reason: str = "", refusal: Refused | None = None) -> HttpResponse:
    kept, kind, report = _issue(request, pk)
    files = list(kept.document.versions.select_related("file").order_by("number")) if kept.document else []
    places = kept.document.publications if kept.document else kept.publications
    context = {
        **sheet_context(report),
        "issue": kept,
        "kind": kind,
        "files": files,
        "endings": ENDINGS,
        "is_whole": content.hash_of(kept.content) == kept.hash,
        "publications": places.filter(taken_down_on__isnull=True),
        "past": kept.publications.exclude(taken_down_on=None),
        "is_led": region_issues_led_by(request.access).filter(pk=pk).exists(),
        "reason": reason,
        "refusal": refusal.words if refusal else "",
    }
    return render(request, "reports/issue.html", context, status=refusal.status if refusal else 200)


@may("reports.see")
def issue_file(request: Request, pk: int, ending: str) -> HttpResponse:
    """A frozen issue as a file, written anew from its content."""
    kept, kind, report = _issue(request, pk)
    if ending not in ENDINGS:
        raise Http404
    place = kept.roadmap.municipality if kept.roadmap is not None else kept.region
    assert place is not None
    return as_file(file_of(kind, report, ending, place=place), phrases.file_name(report, ending), ending)


@require_POST
@may("documents.publish")
def publish(request: Request, pk: int) -> HttpResponse:
    """Put a frozen issue on the portal."""
    kept = get_object_or_404(issues_seen_by(request.access), pk=pk)
    back = f"/reports/issues/{kept.pk}/"
    asked = question_of(request, kept.document, request.today, back=back) if kept.document else None
    if asked is not None:
        return asked
    publish_issue(issue=kept, on=request.today, by=request.user, at=timezone.now())
    messages.success(request, "Отчёт размещён на портале", extra_tags="done")
    return redirect("reports:issue", kept.pk)


@require_POST
@may("reports.region")
def region_publish(request: Request, pk: int) -> HttpResponse:
    """Put an issue of the own region on the portal."""
    kept = get_object_or_404(region_issues_led_by(request.access), pk=pk)
    if kept.region is not None:
        doubts = doubts_in(text_in(json.loads(kept.content)), people_of_place(kept.region), request.today)
        asked = question(request, doubts, back=f"/reports/issues/{kept.pk}/")
        if asked is not None:
            return asked
    try:
        publish_region_issue(issue=kept, on=request.today, by=request.user, at=timezone.now())
    except SentTwice as again:
        messages.info(request, again.words)
    except Refused as refusal:
        return _show(request, pk, refusal=refusal)
    else:
        messages.success(request, "Отчёт размещён на портале", extra_tags="done")
    return redirect("reports:issue", pk)


@require_POST
@may("reports.region")
def region_take_down(request: Request, pk: int) -> HttpResponse:
    """Take an issue of the own region off the portal, with a reason."""
    kept = get_object_or_404(region_issues_led_by(request.access), pk=pk)
    up = kept.publications.first()
    if up is None:
        raise Http404
    typed = request.POST.get("reason", "")
    try:
        take_down_region_issue(
            publication=up, reason=typed, on=request.today, by=request.user, at=timezone.now()
        )
    except SentTwice as again:
        messages.info(request, again.words)
    except Refused as refusal:
        return _show(request, pk, typed, refusal)
    else:
        messages.success(request, "Отчёт снят с размещения", extra_tags="done")
    return redirect("reports:issue", pk)


def _issue(request: Request, pk: int) -> tuple[Issue, ReportKind, Any]:
    kept = get_object_or_404(issues_seen_by(request.access), pk=pk)
    kind = KINDS.get(kept.kind)
    if kind is None:
        raise Http404
    return kept, kind, kind.shape.from_text(kept.content)
