"""Pages of reports: choose one, look at it for a day, write the missing words, freeze, download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from opora.appointments.guard import may
from opora.core.filetypes import CONTENT_TYPES
from opora.core.personal_signs import notice, signs_in_text
from opora.core.refusal import Refused
from opora.dashboard.frame import chosen_roadmap, programme_spoken_of
from opora.dashboard.request import Request
from opora.desk.forms import DrawnForm
from opora.desk.versions import Changed, as_seen
from opora.desk.views.versions import both_versions
from opora.plans.models import Activity, Roadmap
from opora.plans.queries import roadmaps_seen_by
from opora.reports import phrases
from opora.reports.actions import freeze, freeze_region, write_words
from opora.reports.asked import Asked
from opora.reports.content import Progress
from opora.reports.forms import FreezeForm, ReportForm
from opora.reports.models import Issue, Words
from opora.reports.papers import ENDINGS, file_of
from opora.reports.queries import issues_seen_by, line_of_stretch, lines_for_report, regions_led_by
from opora.reports.register import KINDS, Content, kinds_of
from opora.reports.views.sheets import sheet_context
from opora.reports.views.target import Target, query_of, target_of_region, target_of_roadmap


@may("reports.see")
def reports(request: Request) -> HttpResponse:
    """What can be made now of the chosen roadmap and of the own region, and the issues frozen before."""
    targets = _targets(request)
    asked = request.GET.get("kind")
    target = next((one for one in targets if one.kind.code == asked), targets[0] if targets else None)
    return _list(request, targets, target, target.blank(request) if target else None)


def _list(
    request: Request,
    targets: list[Target],
    target: Target | None,
    form: ReportForm | None,
    status: int = 200,
) -> HttpResponse:
    issues = issues_seen_by(request.access).defer("content")[:50] if targets else []
    shown = [(one, KINDS[one.kind].title if one.kind in KINDS else one.kind) for one in issues]
    is_empty = (
        target is not None
        and target.kind.start is not None
        and form is not None
        and "about" not in form.fields
    )
    context = {"targets": targets, "target": target, "form": form, "issues": shown, "is_empty": is_empty}
    return render(request, "reports/reports.html", context, status=status)


def _targets(request: Request) -> list[Target]:
    """Every kind that this person can make here."""
    plan = chosen_roadmap(request)
    found = [Target(kind, plan.programme, roadmap=plan) for kind in kinds_of("roadmap")] if plan else []
    programme = programme_spoken_of(request)
    if "reports.region" in request.access.permissions and programme is not None:
        found += [
            Target(kind, programme, region=region)
            for region in regions_led_by(request.access)
            for kind in kinds_of("region")
        ]
    return found


@may("reports.see")
def report(request: Request, pk: int, code: str) -> HttpResponse:
    """A report of a roadmap on the screen, as it will be on paper; every figure leads to its lines."""
    return _show(request, target_of_roadmap(request, pk, code))


@may("reports.region")
def region_report(request: Request, pk: int, programme_pk: int, code: str) -> HttpResponse:
    """The same of a region over the roadmaps of a programme."""
    return _show(request, target_of_region(request, pk, programme_pk, code))


def _show(request: Request, target: Target, words: str = "", refusal: Refused | None = None) -> HttpResponse:
    form = target.form(request.POST if refusal else request.GET, request)
    if target.kind.start is not None and "about" not in form.fields:
        return _list(request, [target], target, form)
    if not form.is_valid():
        return _list(request, [target], target, form, status=422)
    asked = target.asked(form.cleaned_data)
    built: Content = target.kind.build(asked)
    lines = lines_for_report(target.roadmap) if target.roadmap is not None else []
    without = (
        {one.activity_id: one.number for one in built.without_words} if isinstance(built, Progress) else {}
    )
    may_freeze = "reports.freeze" if target.roadmap is not None else "reports.region"
    context = {
        **sheet_context(built),
        "target": target,
        "plan": target.roadmap,
        "asked": asked,
        "query": query_of(asked),
        "lines": lines,
        "fitting": _fitting(request, target, lines, asked.stretch),
        "without_words": built.without_words if isinstance(built, Progress) else (),
        "words_form": _words_form(None, target.roadmap, without) if target.roadmap is not None else None,
        "may_freeze": may_freeze in request.access.permissions,
        "endings": ENDINGS,
        "words": words,
        "refusal": refusal.words if refusal else "",
    }
    return render(request, "reports/report.html", context, status=refusal.status if refusal else 200)


def _fitting(request: Request, target: Target, lines: list[Activity], stretch: str) -> Activity | None:
    """The line that the report is made for: the one that the person came from, else by the words of the order."""
    told = request.POST.get("line") or request.GET.get("line", "")
    named = next((line for line in lines if str(line.pk) == told), None)
    return named or (line_of_stretch(lines, stretch) if target.kind.has_stretch else None)


@may("reports.see")
def download(request: Request, pk: int, code: str, ending: str) -> HttpResponse:
    """The report as a file."""
    return _download(request, target_of_roadmap(request, pk, code), ending)


@may("reports.region")
def region_download(request: Request, pk: int, programme_pk: int, code: str, ending: str) -> HttpResponse:
    """The report of a region as a file."""
    return _download(request, target_of_region(request, pk, programme_pk, code), ending)


def _download(request: Request, target: Target, ending: str) -> HttpResponse:
    if ending not in ENDINGS:
        raise Http404
    form = target.form(request.GET, request)
    if not form.is_valid():
        return _list(request, [target], target, form, status=422)
    asked = target.asked(form.cleaned_data)
    built: Content = target.kind.build(asked)
    return as_file(
        file_of(target.kind, built, ending, place=asked.place), phrases.file_name(built, ending), ending
    )


@require_POST
@may("reports.freeze")
def words(request: Request, pk: int) -> HttpResponse:
    """Keep the words about late lines that the person typed."""
    plan = get_object_or_404(roadmaps_seen_by(request.access), pk=pk)
    typed = {name[6:]: str(text) for name, text in request.POST.items() if name.startswith("words-")}
    asked = [key for key in typed if key.isascii() and key.isdecimal() and len(key) < 19]
    lines = Activity.objects.filter(roadmap=plan, pk__in=asked)
    back = f"/reports/{plan.pk}/progress/?{request.POST.get('back', '')}"
    numbers = {line.pk: line.number for line in lines}
    form = _words_form(request.POST, plan, numbers)
    try:
        with as_seen(form, plan, lambda row: _words_kept(row, numbers)):
            for line in lines:
                if typed[str(line.pk)].strip():
                    write_words(activity=line, words=typed[str(line.pk)], by=request.user, at=timezone.now())
    except Changed:
        return both_versions(request, form, back)
    notice(signs_in_text("\n".join(typed.values())))
    messages.success(request, "Слова сохранены и встали в отчёт", extra_tags="done")
    return redirect(back)


def _words_form(data: Any, plan: Roadmap, asked: Mapping[int, str]) -> DrawnForm:
    """The words about lines that are asked for, as they stand; `asked` are the lines with their numbers."""
    labels = {
        f"words-{pk}": f"Пункт {number}" if number else "Пункт без номера" for pk, number in asked.items()
    }
    return DrawnForm(data, labels, _words_kept(plan, asked))


def _words_kept(plan: Roadmap, asked: Iterable[int]) -> dict[str, str]:
    kept = dict(Words.objects.filter(roadmap=plan).values_list("activity", "words"))
    return {f"words-{pk}": kept.get(pk, "") for pk in asked}


@require_POST
@may("reports.freeze")
def freeze_report(request: Request, pk: int, code: str) -> HttpResponse:
    """Make an immutable issue of the report on the screen."""
    return _freeze(request, target_of_roadmap(request, pk, code))


@require_POST
@may("reports.region")
def region_freeze(request: Request, pk: int, programme_pk: int, code: str) -> HttpResponse:
    """The same of a region's report."""
    return _freeze(request, target_of_region(request, pk, programme_pk, code))


def _freeze(request: Request, target: Target) -> HttpResponse:
    form = FreezeForm(
        request.POST,
        kind=target.kind,
        topics=target.topics(request.as_of),
        roadmap=target.roadmap,
        latest=request.today,
    )
    typed = request.POST.get("words", "")
    if not form.is_valid():
        if "words" in form.errors:
            told = Refused(f"Выводы длинные: {len(typed)} знаков. Оставьте главное.")
            return _show(request, target, typed, told)
        return _list(request, [target], target, form, status=422)
    asked = target.asked(form.cleaned_data)
    try:
        issue = _frozen(request, target, asked, form)
    except Refused as refusal:
        return _show(request, target, typed, refusal)
    notice(signs_in_text(typed))
    words = f"Выпуск {issue.number} зафиксирован: числа в нём больше не изменятся"
    messages.success(request, words, extra_tags="done")
    return redirect("reports:issue", issue.pk)


def _frozen(request: Request, target: Target, asked: Asked, form: FreezeForm) -> Issue:
    told = form.cleaned_data.get("words", "")
    if target.roadmap is not None:
        return freeze(
            roadmap=target.roadmap,
            since=asked.since,
            as_of=asked.as_of,
            stretch=asked.stretch,
            line=form.cleaned_data["line"],
            kind=target.kind.code,
            about=asked.about,
            words=told,
            on=request.today,
            by=request.user,
            at=timezone.now(),
        )
    assert target.region is not None
    return freeze_region(
        region=target.region,
        programme=target.programme,
        since=asked.since,
        as_of=asked.as_of,
        stretch=asked.stretch,
        kind=target.kind.code,
        about=asked.about,
        words=told,
        by=request.user,
        at=timezone.now(),
    )


def as_file(content: bytes, name: str, ending: str) -> HttpResponse:
    """Bytes of ours given out under a Russian name."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[ending])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
