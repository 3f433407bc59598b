"""Blanks of a form: a workbook and a paper to be filled in elsewhere; a filled workbook taken back into the draft."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from opora.appointments.guard import may
from opora.core.filetypes import CONTENT_TYPES
from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.core.uploads import read_upload
from opora.dashboard.request import Request
from opora.questionnaires.actions.answers import DraftConflict, open_obligation, save_draft
from opora.questionnaires.blank import asked_in, blank_of, read_back, written_value
from opora.questionnaires.content import Answers, Form, Question, form_of
from opora.questionnaires.forms.workbooks import cells_of
from opora.questionnaires.judging import judge
from opora.questionnaires.kept import MOST_BYTES, over
from opora.questionnaires.models import Draft, Respondent, Submission
from opora.questionnaires.showing import fields_of
from opora.questionnaires.states import due_on
from opora.questionnaires.views.answering import day_of, own_respondent
from opora.questionnaires.views.answers import put_words
from opora.questionnaires.views.facts import facts_of
from opora.reports.printable import printable
from opora.reports.renderers.pdf import breakable
from opora.reports.renderers.press import typeset

PAPER = Path(__file__).resolve().parents[1] / "paper"


@may("collections.answer")
@require_GET
def answer_blank(request: Request, pk: int, ending: str) -> HttpResponse:
    """The blank of an obligation with what is answered already: .xlsx to fill in, .pdf to print."""
    respondent = own_respondent(request, pk)
    form = form_of(respondent.collection.version.content)
    draft = Draft.objects.filter(respondent=respondent).first()
    last = Submission.objects.filter(respondent=respondent).order_by("-number").first()
    answers = draft.data if draft else last.data if last else {}
    if ending == "xlsx":
        return given_out_as(blank_of(printable_form(form), answers), f"blank-{pk}", "xlsx")
    if ending != "pdf":
        raise Http404
    collection = respondent.collection
    about = f"{collection.title}. Сдать до {due_on(respondent, day_of(request)):%d.%m.%Y}."
    paper = paper_of(form, answers, collection.municipality.centre_name, _who(respondent), about)
    return given_out_as(paper, f"blank-{pk}", "pdf")


@may("collections.answer")
@never_cache
@require_http_methods(["GET", "POST"])
def answer_upload(request: Request, pk: int) -> HttpResponse:
    """A filled blank: what was read of it and what was not, then into the draft. Nothing is written before that."""
    respondent = own_respondent(request, pk)
    on = day_of(request)
    draft = open_obligation(
        respondent=respondent,
        facts=facts_of(respondent, request.user, on),
        on=on,
        by=request.user,
        at=timezone.now(),
    )
    context: dict[str, Any] = {"respondent": respondent, "collection": respondent.collection}
    if request.method == "GET":
        return render(request, "questionnaires/answer_upload.html", context)
    form = form_of(respondent.collection.version.content)
    try:
        if "answers" in request.POST:
            return _took(request, respondent, draft)
        answers, remarks = _read(request, form)
        whole = over(draft.data, answers)
        judged = judge(form, whole, on).check()
    except Refused as refusal:
        context |= {"refusal": refusal}
        return render(request, "questionnaires/answer_upload.html", context, status=refusal.status)
    fields = fields_of(form, whole, judged)
    put_words(fields, judged.answers)
    context |= {
        "fields": fields,
        "remarks": remarks,
        "faults": [one for one in judged.faults if not one.is_missing],
        "missing": sum(one.is_missing for one in judged.faults),
        "answers": json.dumps(answers, ensure_ascii=False, separators=(",", ":")),
        "version": draft.version,
    }
    return render(request, "questionnaires/answer_upload_preview.html", context)


def _read(request: Request, form: Form) -> tuple[Answers, list[tuple[str, int, str]]]:
    too_large = getattr(request, "upload_refusal", None)
    if too_large is not None:
        raise too_large
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused("Выберите заполненный бланк.", status=400)
    found = read_back(form, cells_of(read_upload(upload), clean(upload.name or "")))
    if not found.answers:
        raise Refused(
            "Не найдена таблица с ответами этой формы: в бланке есть столбцы «Ответ» и «Код». "
            "Скачайте бланк для Excel и перенесите ответы в него.",
            code="F-NOTABLE",
        )
    return found.answers, found.remarks


def _took(request: Request, respondent: Respondent, draft: Draft) -> HttpResponse:
    """The answers that the page of agreement holds go into the draft."""
    told = request.POST["answers"]
    try:
        answers = json.loads(told) if len(told) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        answers = None
    if not isinstance(answers, dict):
        raise Refused("Ответы не дошли целиком. Загрузите файл ещё раз.", status=400)
    version = request.POST.get("version", "")
    try:
        save_draft(
            respondent=respondent,
            data=over(draft.data, _without_files(answers)),
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
            on=day_of(request),
            by=request.user,
            at=timezone.now(),
        )
    except DraftConflict as found:
        words = "Пока вы смотрели бланк, черновик изменили. Загрузите файл ещё раз и проверьте."
        raise Refused(words, code=found.code, status=found.status) from found
    messages.success(request, "Ответы из бланка взяты в черновик: проверьте и сдайте.", extra_tags="done")
    return redirect("questionnaires:answering", respondent.pk)


def _without_files(value: Any) -> Any:
    """The same answers without files: a page cannot name a stored file that its person did not put there."""
    if isinstance(value, dict):
        return {name: _without_files(one) for name, one in value.items() if not _is_file(one)}
    return [_without_files(one) for one in value] if isinstance(value, list) else value


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and "file" in value


def _who(respondent: Respondent) -> str:
    if respondent.collection.is_anonymous:
        return ""
    return (
        respondent.school.name
        if respondent.school
        else respondent.person.full_name
        if respondent.person
        else ""
    )


def paper_of(form: Form, answers: Answers, centre: str, who: str, about: str) -> bytes:
    """The bytes of the paper (PDF/UA-1): every question with room to write."""
    data = {
        "title": form.title,
        "centre": centre,
        "who": who,
        "about": about,
        "blocks": list(_blocks(form.questions, answers)),
    }
    return typeset(PAPER / "blank.typ", breakable(data))


def _blocks(questions: Iterable[Question], answers: Any) -> Iterable[dict[str, Any]]:
    known = answers if isinstance(answers, dict) else {}
    for question in questions:
        if question.kind == "group":
            if question.label:
                yield {"kind": "heading", "label": question.label}
            yield from _blocks(question.questions, known.get(question.name))
        elif question.kind == "repeat":
            columns = [one.label for one in asked_in(question.questions)] or [question.label]
            yield {"kind": "rows", "label": question.label, "hint": question.hint, "columns": columns[:8]}
            yield from (one for one in _blocks(question.questions, {}) if one["kind"] == "rows")
        elif question.kind == "note":
            if "${" not in question.label:
                yield {"kind": "note", "label": question.label}
        elif question.kind != "calculated" and not question.calculation:
            yield {
                "kind": question.kind,
                "label": question.label,
                "hint": question.hint,
                "is_required": bool(question.required),
                "options": [choice.label for choice in question.choices],
                "answer": "" if question.choices else written_value(question, known.get(question.name)),
                "lines": 4 if "multiline" in question.appearance else 1,
            }


def printable_form(form: Form) -> Form:
    """The form without letters that a workbook cannot hold."""
    return printable(form)


def given_out_as(content: bytes, name: str, ending: str) -> HttpResponse:
    """A file that we made: the paper in the window to be printed, a workbook as an attachment."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[ending])
    how = "inline" if ending == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}.{ending}"'
    return response
