"""The expert's desk: own documents, one document beside its criteria, marks kept as they are made, handed in, declined."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.dashboard.request import Request
from opora.documents.drawing import page_of, pages_of
from opora.documents.inside import text_to_show
from opora.documents.models import Version
from opora.documents.views.files import given_out
from opora.reviews import actions
from opora.reviews.forms.marks import asked_of, differing, told_in, told_kept, version_in
from opora.reviews.forms.rounds import ReasonForm
from opora.reviews.models import Examination
from opora.reviews.queries import criteria_of, examinations_of
from opora.reviews.views.deeds import answer
from opora.reviews.views.scope import own_examination

PAGE, MOST_PARAGRAPHS = 50, 400


@may("reviews.examine")
def examination_list(request: Request) -> HttpResponse:
    """The documents that the person is asked to examine: those that wait first, then those handed in."""
    rows = examinations_of(request.user, request.as_of)
    told = [(one, *_state(one, request)) for one in rows]
    asked = request.GET.get("show", "waiting")
    groups = {
        "waiting": [row for row in told if row[1] != "done"],
        "late": [row for row in told if row[1] == "late"],
        "done": [row for row in told if row[1] == "done"],
    }
    chips = (("waiting", "Ждут вас"), ("late", "Срок прошёл"), ("done", "Сданы"))
    context = {
        "page": Paginator(groups.get(asked, groups["waiting"]), PAGE).get_page(request.GET.get("page")),
        "asked": asked if asked in groups else "waiting",
        "chips": [(code, words, len(groups[code])) for code, words in chips],
        "total": len(told),
    }
    return render(request, "reviews/examination_list.html", context)


@may("reviews.examine")
@require_http_methods(["GET", "POST"])
def examination(request: Request, pk: int) -> HttpResponse:
    """One document and its criteria; kept by «Сохранить», handed in by «Сдать»."""
    row = own_examination(request, pk)
    criteria = criteria_of(row.sampled.round)
    told, version = told_kept(row), row.version
    context: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        told = told_in(request.POST, criteria)
        try:
            is_over = _kept(request, row, told)
        except Refused as refusal:
            status = refusal.status
            row = own_examination(request, pk)
            context["refusal"] = refusal
            version = version_in(request.POST)
            if refusal.code == "R-CONFLICT":
                context["differing"] = differing(criteria, told_kept(row), told)
                # The next press of the button is a decision made with both versions in sight.
                version = row.version
        else:
            words = "Рассмотрение сдано." if is_over else "Сохранено."
            messages.success(request, words, extra_tags="done")
            return redirect("reviews:examination_list" if is_over else request.path)
    file_version = row.file_version or _latest(row)
    pages = pages_of(file_version.file) if file_version else 0
    context |= {
        "examination": row,
        "round": row.sampled.round,
        "document": row.sampled.document,
        "asked": asked_of(criteria, told),
        "told": told,
        "version": version,
        "file_version": file_version,
        "numbers": range(1, pages + 1),
        "paragraphs": [] if pages else text_to_show(file_version).splitlines()[:MOST_PARAGRAPHS],
        "is_over": row.finished_on is not None or row.sampled.round.finished_on is not None,
        "remarks": row.sampled.remarks if row.look > 1 else "",
    }
    return render(request, "reviews/examination.html", context, status=status)


@may("reviews.examine")
@require_POST
def draft(request: Request, pk: int) -> HttpResponse:
    """Keep the marks as they are made and say so in a line; the page goes on with the new version."""
    row = own_examination(request, pk)
    told = told_in(request.POST, criteria_of(row.sampled.round))
    try:
        version = actions.save_draft(
            examination=row, told=told, version=version_in(request.POST), by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        # htmx shows only an answer with 200: the line says what is wrong, the page itself keeps what is typed.
        return render(
            request, "reviews/_kept.html", {"refusal": refusal, "version": version_in(request.POST)}
        )
    return render(request, "reviews/_kept.html", {"version": version, "now": timezone.localtime()})


@may("reviews.examine")
@require_http_methods(["GET", "POST"])
def decline(request: Request, pk: int) -> HttpResponse:
    """Say that one may not examine this document, and why."""
    row = own_examination(request, pk)
    form = ReasonForm(request.POST or None, today=request.today)
    return answer(
        request, form,
        lambda: actions.decline(
            examination=row, reason=form.cleaned_data["reason"], on=form.cleaned_data["on"],
            by=request.user, at=timezone.now(),
        ),
        back=reverse("reviews:examination_list"), title="Не могу рассматривать", icon="back",
        subject=row.sampled.document.title, done="Документ поручат другому эксперту.",
        hint="Если документ или школа вам близки, скажите об этом: так честнее, и это не оценивается.",
    )  # fmt: skip


@may("reviews.examine")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
def file(request: Request, pk: int) -> FileResponse:
    """The file of the document that is examined, whatever else of the school one may see."""
    row = own_examination(request, pk)
    version = row.file_version or _latest(row)
    if version is None:
        raise Http404
    return given_out(version.file, version.name, is_inline=request.GET.get("show") == "here")


@may("reviews.examine")
def page(request: Request, pk: int, page: int) -> HttpResponse:
    """One page of that file as a PNG of our own making."""
    row = own_examination(request, pk)
    version = row.file_version or _latest(row)
    drawn = page_of(version.file, page) if version else None
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/png")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _kept(request: Request, row: Examination, told: actions.Told) -> bool:
    """Keep or hand in; whether it is handed in."""
    given: dict[str, Any] = {
        "examination": row, "told": told, "version": version_in(request.POST), "by": request.user,
        "at": timezone.now(),
    }  # fmt: skip
    if request.POST.get("deed") == "hand":
        actions.hand_in(**given, on=request.today)
        return True
    actions.save_draft(**given)
    return False


def _latest(row: Examination) -> Version | None:
    """The first look sees the version that was drawn, the second the latest one."""
    sampled = row.sampled
    if row.look == 1 and sampled.version_id is not None:
        return Version.objects.select_related("file").get(pk=sampled.version_id)
    return sampled.document.versions.select_related("file").order_by("-number").first()


def _state(row: Examination, request: Request) -> tuple[str, str]:
    """The look and the words of an examination on the day."""
    if row.finished_on is not None and row.finished_on <= request.as_of:
        return "done", "Сдано"
    due = row.sampled.round.due_on
    if due is not None and due < request.as_of:
        return "late", "Срок прошёл"
    return ("half", "Начато") if row.version > 1 else ("wait", "Ждёт вас")
