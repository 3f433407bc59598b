"""Surveys made elsewhere: the list, loading a table of results with a preview, the results drawn."""

from __future__ import annotations

import json
from pathlib import PurePath

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may
from opora.appointments.queries import municipalities_of
from opora.appointments.views.chosen import chosen_programme
from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.core.russian import clean, counted
from opora.core.uploads import read_upload, store
from opora.dashboard.request import Request
from opora.imports.readers.detection import kind_of
from opora.imports.reading import read_in_child
from opora.questionnaires.actions.surveys import load_survey
from opora.questionnaires.queries import surveys_seen_by
from opora.questionnaires.surveyed import questions_of
from opora.questionnaires.told_survey import Figures, ToldFigure, figures_of
from opora.questionnaires.views.collection_forms import SurveyForm

PAGE_LIST, SHOWN, MOST_ROWS = 30, 200, 5_000
_SALT = "opora.questionnaires.survey"


@may("collections.see")
@require_GET
def surveys(request: Request) -> HttpResponse:
    """The surveys whose results were loaded. As many queries for 3 as for 300."""
    seen = surveys_seen_by(request.access).filter(held_on__lte=request.as_of)
    page = Paginator(seen, PAGE_LIST).get_page(request.GET.get("page"))
    context = {"page": page, "may_edit": "collections.edit" in request.access.permissions}
    return render(request, "questionnaires/surveys.html", context)


@may("collections.see")
@require_GET
def survey(request: Request, pk: int) -> HttpResponse:
    """The results of one survey, question by question and group by group."""
    row = get_object_or_404(surveys_seen_by(request.access).select_related("loaded_by"), pk=pk)
    context = {"survey": row, "questions": questions_of(row.figures.all())}
    return render(request, "questionnaires/survey.html", context)


@may("collections.edit")
@require_http_methods(["GET", "POST"])
def survey_load(request: Request) -> HttpResponse:
    """Give a table of results, look at what was understood, agree; no figure is written before that."""
    is_second = "rows" in request.POST
    form = SurveyForm(request.POST or None, request.FILES or None)
    form.fields["file"].required = not is_second
    if request.method == "GET":
        return render(request, "questionnaires/survey_load.html", {"form": form})
    try:
        refused: Refused | None = getattr(request, "upload_refusal", None)
        if refused is not None:
            raise refused
        if not form.is_valid():
            return render(request, "questionnaires/survey_load.html", {"form": form}, status=422)
        rows, remarks, kept = _sent_back(request) if is_second else _read(request, form)
        figures = figures_of(rows)
        if "agree" in request.POST:
            return _agree(request, form, figures, kept)
    except Refused as refusal:
        context = {"form": form, "refusal": refusal}
        return render(request, "questionnaires/survey_load.html", context, status=refusal.status)
    return _preview(request, form, rows, figures, remarks, kept)


def _read(request: Request, form: SurveyForm) -> tuple[list[ToldFigure], list[str], str]:
    upload = form.cleaned_data["file"]
    name = clean(PurePath(upload.name or "").name).strip()[:300] or "опрос"
    content = read_upload(upload)
    told = read_in_child(content, name, subject="survey")
    rows = [ToldFigure.of(row) for row in told["rows"]]
    if len(rows) > MOST_ROWS:
        raise Refused(f"Строк больше {MOST_ROWS}. Разделите файл.", code="F-ROWS", status=413)
    file = store(content, kind=kind_of(content, name)[0], at=timezone.now())
    return rows, [str(words) for words in told["remarks"]], signing.dumps([file.pk, name], salt=_SALT)


def _sent_back(request: Request) -> tuple[list[ToldFigure], list[str], str]:
    """The table that the page of agreement holds; Refused when it is not what we gave."""
    try:
        told = json.loads(request.POST["rows"])
        rows = [ToldFigure.of(row) for row in told["rows"]]
        remarks = [clean(str(words))[:500] for words in told["remarks"]]
        kept = request.POST.get("kept", "")
        signing.loads(kept, salt=_SALT)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, signing.BadSignature) as error:
        raise Refused("Таблица не дошла целиком. Загрузите файл ещё раз.", status=400) from error
    if len(rows) > MOST_ROWS:
        raise Refused(f"Строк больше {MOST_ROWS}. Разделите файл.", code="F-ROWS", status=413)
    return rows, remarks, kept


def _agree(request: Request, form: SurveyForm, figures: Figures, kept: str) -> HttpResponse:
    file_pk, file_name = signing.loads(kept, salt=_SALT)
    town = municipalities_of(request.access).order_by("name").first()
    if town is None:
        raise Refused("Опрос загружает методический центр муниципалитета.")
    made = load_survey(
        municipality=town,
        programme=chosen_programme(request),
        title=form.cleaned_data["title"],
        held_on=form.cleaned_data["held_on"],
        figures=figures.kept,
        file=StoredFile.objects.filter(pk=file_pk).first(),
        file_name=file_name,
        by=request.user,
        at=timezone.now(),
    )
    words = counted(len(figures.kept), "результат", "результата", "результатов")
    messages.success(request, f"Внесено: {words}.", extra_tags="done")
    return redirect("questionnaires:survey", made.pk)


def _preview(
    request: Request,
    form: SurveyForm,
    rows: list[ToldFigure],
    figures: Figures,
    remarks: list[str],
    kept: str,
) -> HttpResponse:
    said = form.cleaned_data
    town = municipalities_of(request.access).order_by("name").first()
    is_known = surveys_seen_by(request.access).filter(
        municipality=town, title=said["title"], held_on=said["held_on"], programme=chosen_programme(request)
    )
    told = {"rows": [row.as_json() for row in rows], "remarks": remarks}
    context = {
        "form": form,
        "said": said,
        "figures": figures,
        "remarks": [*remarks, *figures.remarks],
        "shown": figures.kept[:SHOWN],
        "more": max(len(figures.kept) - SHOWN, 0),
        "rows": json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        "kept": kept,
        "is_known": is_known.exists(),
    }
    return render(request, "questionnaires/survey_preview.html", context)
