"""An answer as it was given, read by the one who gave it; the files of answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from opora.appointments.guard import may
from opora.core.models import StoredFile
from opora.dashboard.request import Request
from opora.documents.views.files import given_out
from opora.questionnaires.content import form_of
from opora.questionnaires.judging import judge
from opora.questionnaires.models import Draft, Respondent, Submission
from opora.questionnaires.queries import collections_seen_by, obligations_of
from opora.questionnaires.showing import Field, fields_of, told_text
from opora.questionnaires.sizes import shown_of
from opora.questionnaires.states import WORDS, state_on


@may("collections.see")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_GET
def answer_given_file(request: Request, pk: int, respondent_pk: int, file: int) -> FileResponse:
    """A file of an answer, for the centre; of a nameless collection there is none to be found by a name."""
    rows = Respondent.objects.filter(
        collection__in=collections_seen_by(request.access), collection__is_anonymous=False
    )
    respondent = get_object_or_404(rows, pk=respondent_pk, collection=pk)
    return _file_among(file, [one.data for one in _given(respondent, request)])


@may("collections.answer")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_GET
def answer_file(request: Request, pk: int, file: int) -> FileResponse:
    """A file of one's own answer or draft."""
    rows = obligations_of(request.user, request.access, request.as_of)
    respondent = get_object_or_404(rows, pk=pk)
    drafts = list(Draft.objects.filter(respondent=respondent).values_list("data", flat=True))
    return _file_among(file, [*drafts, *(one.data for one in _given(respondent, request))])


def answer_page(request: Request, respondent: Respondent) -> HttpResponse:
    """The page of an answer: its state, what was told, earlier answers to compare with."""
    given = _given(respondent, request)
    asked = request.GET.get("number", "")
    shown = next((one for one in given if str(one.number) == asked), given[0] if given else None)
    code = state_on(respondent, request.as_of)
    context = {
        "respondent": respondent,
        "collection": respondent.collection,
        "state_words": WORDS[code],
        "code": code,
        "given": given,
        "shown": shown,
        "fields": _fields(respondent, shown),
    }
    return render(request, "questionnaires/answer_read.html", context)


def _fields(respondent: Respondent, shown: Submission | None) -> list[Field]:
    if shown is None:
        return []
    form = form_of(respondent.collection.version.content)
    judged = judge(form, shown.data, shown.submitted_on)
    fields = fields_of(form, shown_of(form, shown.data), judged)
    put_words(fields, shown.data)
    return fields


def put_words(fields: list[Field], data: Any) -> None:
    """Put the values in words in place of what a field would hold."""
    known = data if isinstance(data, dict) else {}
    for one in fields:
        value = known.get(one.question.name)
        put_words(one.parts, value)
        for row in one.rows:
            put_words(row.parts, value[row.number - 1] if isinstance(value, list) else None)
        if one.kind not in ("group", "repeat", "note"):
            one.text = told_text(one.question, value)


def _given(respondent: Respondent, request: Request) -> list[Submission]:
    return list(
        Submission.objects.filter(respondent=respondent, submitted_on__lte=request.as_of)
        .select_related("submitted_by")
        .order_by("-number")
    )


def _file_among(file: int, answers: list[Any]) -> FileResponse:
    """The stored file, when one of the answers holds it; 404 otherwise."""
    for told in _files_in(answers):
        if told["file"] == file:
            stored = get_object_or_404(StoredFile, pk=file)
            return given_out(stored, str(told.get("name") or "файл"), is_inline=False)
    raise Http404


def _files_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and isinstance(value.get("file"), int):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _files_in(one)
