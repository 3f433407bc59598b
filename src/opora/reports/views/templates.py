"""Pages of own templates: which are in use, take the Word file, try and put in use one's own, go back to ours."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.core.sandbox import office, run_program
from opora.core.uploads import content_of, read_upload
from opora.dashboard.frame import chosen_roadmap
from opora.dashboard.request import Request
from opora.reports.actions import add_template, withdraw_template
from opora.reports.forms import TemplateForm
from opora.reports.models import PaperTemplate
from opora.reports.papers import (
    PAPERS,
    PAPERS_BY_CODE,
    Paper,
    Place,
    template_in_use,
    templates_in_use,
    templates_of,
    try_template,
    word_file,
)
from opora.reports.queries import own_templates_of
from opora.reports.renderers.docx import template_bytes
from opora.reports.views.live import live_filling
from opora.reports.views.making import as_file
from opora.reports.word.fields import fields_of
from opora.reports.word.own import WrongTemplate
from opora.schools.models import Municipality, Region

OFFICE_SECONDS: Final = 40


@may("templates.edit")
@require_GET
def templates(request: Request) -> HttpResponse:
    """Every paper with the template that it is written by."""
    place = _place(request)
    used = templates_in_use(place)
    rows = [(paper, used.get(paper.code)) for paper in PAPERS]
    return render(request, "reports/templates.html", {"rows": rows, "place": place})


@may("templates.edit")
@require_http_methods(["GET", "POST"])
def template(request: Request) -> HttpResponse:
    """One paper: its template, the fields there are, a form for one's own, the versions that were used."""
    place, paper = _place(request), _paper(request)
    form = TemplateForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        form = TemplateForm(request.POST, request.FILES)
        try:
            answer = _take(request, place, paper, form)
        except Refused as refusal:
            for words in refusal.faults if isinstance(refusal, WrongTemplate) else (refusal.words,):
                form.add_error("file", words)
            status = refusal.status
        else:
            if answer is not None:
                return answer
            status = 422
    used = template_in_use(paper.code, place)
    context = {
        "paper": paper,
        "place": place,
        "form": form,
        "used": used,
        "is_own": used is not None and (used.region_id is not None) == isinstance(place, Region),
        "versions": templates_of(place).filter(kind=paper.code),
        "fields": list(fields_of(paper.example().values)),
        "has_office": office() is not None,
    }
    return render(request, "reports/template.html", context, status=status)


def _take(request: Request, place: Place, paper: Paper, form: TemplateForm) -> HttpResponse | None:
    """Check the file that came; give the paper it makes, or put it in use. None when the form is not valid."""
    refused = getattr(request, "upload_refusal", None)
    if refused is not None:
        raise refused
    upload = request.FILES.get("file")
    if upload is None or not form.is_valid():
        return None
    filling = live_filling(request, paper, place)
    tried = try_template(paper.code, read_upload(upload), upload.name or "", filling)
    if request.POST.get("deed") == "try":
        return as_file(tried.made, f"Проба. {paper.title}.docx", "docx")
    add_template(place=place, tried=tried, by=request.user, at=timezone.now())
    messages.success(request, f"Шаблон используется: {paper.title}", extra_tags="done")
    return redirect(f"{request.path}?kind={paper.code}")


@may("templates.edit")
@require_GET
def template_word(request: Request) -> HttpResponse:
    """The template in use as a Word file, or ours when asked for it."""
    place, paper = _place(request), _paper(request)
    used = None if request.GET.get("whose") == "ours" else template_in_use(paper.code, place)
    content = template_bytes(paper.template) if used is None else content_of(used.file)
    return as_file(content, f"Шаблон. {paper.title}.docx", "docx")


@may("templates.edit")
@require_GET
def template_preview(request: Request) -> HttpResponse:
    """The paper on live data by the template in use: Word, or its pages as PDF where LibreOffice is installed."""
    place, paper = _place(request), _paper(request)
    made = word_file(paper.code, live_filling(request, paper, place), place=place)
    if request.GET.get("ending") != "pdf":
        return as_file(made, f"{paper.title}.docx", "docx")
    program = office()
    if program is None:
        raise Http404
    return as_file(_pages(program, made), f"{paper.title}.pdf", "pdf")


@may("templates.edit")
@require_GET
def template_file(request: Request, pk: int) -> HttpResponse:
    """One version of an own template, as it came."""
    row = _own(request, pk)
    return as_file(content_of(row.file), row.name, "docx")


@may("templates.edit")
@require_POST
def template_withdraw(request: Request, pk: int) -> HttpResponse:
    """Stop using a version: the one before it, or ours, is used again."""
    row = _own(request, pk)
    try:
        withdraw_template(template=row, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, refusal.words, extra_tags="wait")
    else:
        messages.success(request, "Эта версия больше не используется", extra_tags="done")
    return redirect(f"/reports/templates/paper/?kind={row.kind}")


def _own(request: Request, pk: int) -> PaperTemplate:
    row = get_object_or_404(own_templates_of(request.access), pk=pk)
    if row.kind not in PAPERS_BY_CODE:
        raise Http404
    return row


def _paper(request: Request) -> Paper:
    code = request.GET.get("kind", PAPERS[0].code)
    if code not in PAPERS_BY_CODE:
        raise Http404
    return PAPERS_BY_CODE[code]


def _place(request: Request) -> Place:
    """Whose templates: of the own municipality (that of the roadmap chosen above first), else of the own region."""
    towns = Municipality.objects.filter(pk__in=request.access.municipality_ids).order_by("name", "pk")
    plan = chosen_roadmap(request)
    chosen = towns.filter(pk=plan.municipality_id).first() if plan else None
    place = chosen or towns.first() or Region.objects.filter(pk__in=request.access.region_ids).first()
    if place is None:
        raise Http404
    return place


def _pages(program: str, content: bytes) -> bytes:
    return run_program(
        [
            program,
            "-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "pdf",
            "--outdir",
            "{folder}",
            "{folder}/paper.docx",
        ],
        given=content,
        given_name="paper.docx",
        wanted_name="paper.pdf",
        seconds=OFFICE_SECONDS,
    )
