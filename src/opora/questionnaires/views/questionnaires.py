"""Pages of forms: the list, one form with its versions and rules, upload of a workbook with a look at it first."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.appointments.guard import may
from opora.appointments.queries import municipalities_of
from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.core.uploads import read_upload
from opora.dashboard.request import Request
from opora.documents.rules import SentTwice
from opora.documents.views.files import given_out
from opora.questionnaires.actions.forms import add_form, add_form_version, restore_form, retire_form
from opora.questionnaires.blank import blank_of
from opora.questionnaires.building import as_written, names_of, workbook_from
from opora.questionnaires.compiling import Compiled
from opora.questionnaires.content import Answers, Form, Question, every_question, form_of
from opora.questionnaires.forms.workbooks import compile_workbook
from opora.questionnaires.judging import judge
from opora.questionnaires.models import Questionnaire, QuestionnaireVersion
from opora.questionnaires.showing import Field, fields_of
from opora.questionnaires.views.blanks import given_out_as, paper_of, printable_form

PAGE_ROWS = 50
# The workbook waits inside the page of agreement: as text it must fit into a sending of 2 MB.
MOST_WORKBOOK = 1024 * 1024


@may("collections.edit")
@require_GET
def forms(request: Request) -> HttpResponse:
    """The forms of the centre, those in use first. As many queries for 3 as for 300."""
    asked = clean(request.GET.get("q", ""))[:200].strip()
    found = _forms_of(request).annotate(
        newest=Max("versions__number"), collected=Count("versions__collections", distinct=True)
    )
    if asked:
        found = found.filter(folded_title__contains=fold(asked))
    page = Paginator(found.order_by("retired_on", "folded_title", "pk"), PAGE_ROWS).get_page(
        request.GET.get("page")
    )
    return render(request, "questionnaires/forms.html", {"page": page, "asked": asked})


@may("collections.edit")
@require_GET
def form(request: Request, pk: int) -> HttpResponse:
    """One form: how a version looks, its rules, its versions and what can be done with it."""
    row = get_object_or_404(_forms_of(request), pk=pk)
    versions = list(
        row.versions.select_related("added_by")
        .annotate(collected=Count("collections"))
        .defer("content")
        .order_by("-number")
    )
    asked = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == asked), versions[0])
    content = form_of(QuestionnaireVersion.objects.values_list("content", flat=True).get(pk=shown.pk))
    context = {"questionnaire": row, "versions": versions, "shown": shown, **_looks(content, request)}
    return render(request, "questionnaires/form.html", context)


@may("collections.edit")
@require_http_methods(["GET", "POST"])
def form_upload(request: Request) -> HttpResponse:
    """A new form from a workbook: read, shown with remarks, then agreed to."""
    return _upload(request, None)


@may("collections.edit")
@require_http_methods(["GET", "POST"])
def form_version(request: Request, pk: int) -> HttpResponse:
    """A new version of a form from a workbook: read, shown with remarks, then agreed to."""
    return _upload(request, get_object_or_404(_forms_of(request), pk=pk))


@may("collections.edit")
@require_POST
def form_use(request: Request, pk: int) -> HttpResponse:
    """Put a form out of use, or take it into use again."""
    row = get_object_or_404(_forms_of(request), pk=pk)
    if row.retired_on is None:
        retire_form(questionnaire=row, on=request.today, by=request.user, at=timezone.now())
        messages.success(request, "Форма больше не предлагается для новых сборов.", extra_tags="done")
    else:
        restore_form(questionnaire=row, by=request.user, at=timezone.now())
        messages.success(request, "Форма снова используется.", extra_tags="done")
    return redirect("questionnaires:form", pk)


@may("collections.edit")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_GET
def form_file(request: Request, pk: int, number: int) -> FileResponse | HttpResponse:
    """The workbook of a version as it came, or made from the form where it came without one."""
    version = _version_of(request, pk, number)
    if version.file is not None:
        return given_out(version.file, version.file_name or f"form-{pk}.xlsx", is_inline=False)
    return given_out_as(
        workbook_from(printable_form(form_of(version.content))), f"form-{pk}-{number}", "xlsx"
    )


@may("collections.edit")
@require_GET
def form_blank(request: Request, pk: int, number: int, ending: str) -> HttpResponse:
    """The empty blank of a version: .xlsx to fill in, .pdf to print."""
    version = _version_of(request, pk, number)
    content = form_of(version.content)
    if ending == "xlsx":
        return given_out_as(blank_of(printable_form(content), {}), f"blank-{pk}", "xlsx")
    centre = version.questionnaire.municipality.centre_name
    return given_out_as(paper_of(content, {}, centre, "", ""), f"blank-{pk}", "pdf")


def _forms_of(request: Request) -> QuerySet[Questionnaire]:
    return Questionnaire.objects.filter(municipality__in=municipalities_of(request.access))


def _version_of(request: Request, pk: int, number: int) -> QuestionnaireVersion:
    return get_object_or_404(
        QuestionnaireVersion.objects.select_related("file", "questionnaire__municipality"),
        questionnaire__in=_forms_of(request),
        questionnaire=pk,
        number=number,
    )


def _upload(request: Request, row: Questionnaire | None) -> HttpResponse:
    context: dict[str, Any] = {
        "questionnaire": row,
        "municipalities": municipalities_of(request.access),
        "file_name": _name_of(request),
    }
    if request.method == "GET":
        return render(request, "questionnaires/form_upload.html", context)
    try:
        content = _sent_back(request) if "book" in request.POST else _content(request)
        compiled = compile_workbook(content, context["file_name"])
        if "book" in request.POST:
            return _agreed(request, row, content, compiled, context["file_name"])
    except SentTwice as again:
        messages.info(request, again.words, extra_tags="wait")
        return redirect("questionnaires:form", getattr(again.row, "questionnaire_id", 0))
    except Refused as refusal:
        context["refusal"] = refusal
        return render(request, "questionnaires/form_upload.html", context, status=refusal.status)
    context |= {
        **_looks(compiled.form, request),
        "compiled": compiled,
        "title": request.POST.get("title") or compiled.form.title,
        "town": request.POST.get("municipality", ""),
        "book": base64.b64encode(content).decode(),
    }
    return render(request, "questionnaires/form_preview.html", context)


def _agreed(
    request: Request, row: Questionnaire | None, content: bytes, compiled: Compiled, name: str
) -> HttpResponse:
    if row is None:
        version = add_form(
            municipality=town_of(request),
            form=compiled.form,
            title=request.POST.get("title", ""),
            content=content,
            file_name=name,
            by=request.user,
            at=timezone.now(),
            on=request.today,
        )
    else:
        version = add_form_version(
            questionnaire=row,
            form=compiled.form,
            content=content,
            file_name=name,
            by=request.user,
            at=timezone.now(),
        )
    words = "Форма заведена." if row is None else f"Внесена версия {version.number}."
    messages.success(request, words, extra_tags="done")
    return redirect("questionnaires:form", version.questionnaire_id)


def town_of(request: Request) -> Any:
    """The municipality for which a form is made: the only one of a person, or the chosen one."""
    towns = municipalities_of(request.access)
    chosen = request.POST.get("municipality", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 10:
        return get_object_or_404(towns, pk=int(chosen))
    return get_object_or_404(towns.order_by("pk")[:1])


def _content(request: Request) -> bytes:
    too_large = getattr(request, "upload_refusal", None)
    if too_large is not None:
        raise too_large
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("Выберите книгу с формой.", status=400)
    content = read_upload(upload)
    if len(content) > MOST_WORKBOOK:
        raise Refused(
            "Книга с формой больше 1 МБ. Уберите из неё картинки и лишние листы.", code="F-SIZE", status=413
        )
    return content


def _sent_back(request: Request) -> bytes:
    try:
        return base64.b64decode(request.POST["book"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused("Книга не дошла целиком. Загрузите её ещё раз.", status=400) from error


def _name_of(request: Request) -> str:
    upload = request.FILES.get("file")
    told = PurePath(upload.name or "").name if upload else request.POST.get("file_name", "")
    return clean(told).strip()[:300] or "form.xlsx"


def _looks(content: Form, request: Request) -> dict[str, Any]:
    """How a form looks with every condition fulfilled, and its rules in words."""
    answers = _one_row_each(content.questions)
    judged = replace(judge(content, answers, request.as_of), offered={})
    fields = fields_of(content, answers, judged)
    _all_asked(fields)
    questions = every_question(content.questions)
    names = names_of(content)
    return {
        "content": content,
        "fields": fields,
        "count": sum(one.kind not in ("group", "repeat", "note", "calculated") for one in questions),
        "rules": [
            (one, *(as_written(rule, one, names) for rule in (one.relevant, one.constraint, one.calculation)))
            for one in questions
            if one.relevant or one.constraint or one.calculation
        ],
        "respondent": None,
    }


def _one_row_each(questions: tuple[Question, ...]) -> Answers:
    """Answers that say nothing but open every repeat once."""
    found: Answers = {}
    for question in questions:
        inner = _one_row_each(question.questions)
        if question.kind == "repeat":
            found[question.name] = [inner]
        elif inner:
            found[question.name] = inner
    return found


def _all_asked(fields: list[Field]) -> None:
    for one in fields:
        one.is_asked = True
        _all_asked(one.parts)
        for row in one.rows:
            _all_asked(row.parts)
