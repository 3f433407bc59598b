"""Deeds of the centre with curators' reports: approve one or many, return, call back, put on the portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from opora.accounts.models import User
from opora.appointments.guard import may
from opora.core.forms import DeedForm
from opora.core.refusal import Refused
from opora.core.russian import counted
from opora.dashboard.request import Request
from opora.documents.doubts import doubts_in, people_of_place, text_in
from opora.documents.views.doubts import question
from opora.visits import actions
from opora.visits.forms.reports import LineForm, QuestionForm
from opora.visits.models import CuratorReport
from opora.visits.reporting import reports_seen_by, stage_report_of
from opora.visits.views.curator_reports import report_of
from opora.visits.views.report_files import papers_of, town_of
from opora.visits.views.report_lines import FILLED, PUBLISHED, lines_for

MOST_AT_ONCE = 100


@may("visits.approve")
@require_http_methods(["GET", "POST"])
def report_approve(request: Request, pk: int) -> HttpResponse:
    """Approve a report: choose the line of the roadmap that its paper goes to."""
    report = report_of(request, pk, "visits.approve")
    form = _line_form(request, report, FILLED)
    return _answer(
        request, report, form,
        lambda: actions.approve_report(
            report=report, activity=form.activity, papers=papers_of,
            on=form.cleaned_data["on"], by=request.user, at=timezone.now(),
        ),
        title="Принять отчёт", icon="sign", done="Отчёт принят, документ собран и утверждён.",
        hint="Цифры отчёта зафиксируются на этот день, а docx и pdf лягут в документы пункта.",
    )  # fmt: skip


@may("visits.approve")
@require_http_methods(["GET", "POST"])
def report_return(request: Request, pk: int) -> HttpResponse:
    """Return a report with a question."""
    report = report_of(request, pk, "visits.approve")
    form = QuestionForm(request.POST or None, today=request.today)
    return _answer(
        request, report, form,
        lambda: actions.return_report(
            report=report, by=request.user, at=timezone.now(), **form.cleaned_data
        ),
        title="Вернуть с вопросом", icon="back", done="Отчёт вернулся с вопросом.",
        hint="Куратор увидит вопрос, поправит слова и сдаст отчёт снова.",
    )  # fmt: skip


@may("documents.publish")
@require_http_methods(["GET", "POST"])
def report_publish(request: Request, pk: int) -> HttpResponse:
    """Put an approved report on the portal, without names where there is no consent."""
    report = report_of(request, pk, "documents.publish")
    form = _line_form(request, report, PUBLISHED)
    if request.method == "POST" and form.is_valid():
        asked = _question(request, report)
        if asked is not None:
            return asked
    named = (
        "Куратор дал согласие: его фамилия будет видна."
        if report.curator.is_named_on(request.as_of)
        else "Согласия куратора нет: вместо фамилии будут должность и место работы."
    )
    return _answer(
        request, report, form,
        lambda: actions.publish_report(
            report=report, activity=form.activity, papers=papers_of,
            on=form.cleaned_data["on"], by=request.user, at=timezone.now(),
        ),
        title="Разместить на портале", icon="globe", done="Отчёт размещён на портале.",
        hint=f"{named} Проверьте, не названы ли люди в словах отчёта: слова размещаются как есть.",
    )  # fmt: skip


def _question(request: Request, report: CuratorReport) -> HttpResponse | None:
    """The words of a report go out as they are: what in them looks like personal data is asked about first."""
    told = asdict(stage_report_of(report, request.as_of))
    # The curator's own name is printed with consent alone: the paper sees to that.
    town = town_of(report)
    people = people_of_place(town).exclude(pk=report.curator_id) if town else User.objects.none()
    back = f"/curator-reports/{report.pk}/"
    return question(request, doubts_in(text_in(told), people, request.today), back=back)


@may("visits.approve")
@require_POST
def report_call_back(request: Request, pk: int) -> HttpResponse:
    """Take an approval back within 24 hours."""
    report = report_of(request, pk, "visits.approve")
    try:
        actions.call_back_report(report=report, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, refusal.words, extra_tags="late")
    else:
        messages.success(request, "Приём отозван: отчёт снова ждёт ответа.", extra_tags="done")
    return redirect("visits:curator_report", pk)


@may("visits.approve")
@require_POST
def reports_approve(request: Request) -> HttpResponse:
    """Approve the reports marked in the list, all or nothing, each with its usual line."""
    numbers = {int(one) for one in request.POST.getlist("report") if one.isascii() and one.isdecimal()}
    numbers = {one for one in numbers if one < 2**31}
    found = list(reports_seen_by(request.access, request.user, own=False).filter(pk__in=numbers))
    try:
        if not found:
            raise Refused("Отметьте отчёты, которые принимаете.")
        if len(found) > MOST_AT_ONCE:
            raise Refused(f"За один раз можно принять не больше {MOST_AT_ONCE} отчётов.")
        count = actions.approve_many(
            reports=[(one, lines_for(one, FILLED, request.access.municipality_ids).usual) for one in found],
            papers=papers_of,
            on=request.today,
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.warning(request, refusal.words, extra_tags="late")
    else:
        words = counted(count, "отчёт", "отчёта", "отчётов")
        messages.success(request, f"Принято: {words}.", extra_tags="done")
    return redirect("visits:curator_reports")


def _line_form(request: Request, report: CuratorReport, kind: str) -> LineForm:
    lines = lines_for(report, kind, request.access.municipality_ids)
    return LineForm(request.POST or None, lines=lines.all, usual=lines.usual, today=request.today)


def _answer(
    request: Request, report: CuratorReport, form: DeedForm, act: Callable[[], Any], **words: str
) -> HttpResponse:
    """Show the form of a deed, do it, and come back to the report; a refusal keeps all that was typed."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except actions.SentTwice:
            messages.info(request, "Это уже сделано: показываем, что вышло.", extra_tags="wait")
            return redirect("visits:curator_report", report.pk)
        except Refused as found:
            refusal = found
            form.add_error(None, found.words)
        else:
            messages.success(request, words["done"], extra_tags="done")
            return redirect("visits:curator_report", report.pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"report": report, "form": form, "refusal": refusal, "asked": words}
    return render(request, "visits/report_deed.html", context, status=status)
