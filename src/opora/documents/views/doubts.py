"""The question before something becomes public: what looks like personal data, and whether to go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from opora.dashboard.request import Request
from opora.documents.doubts import doubts_of
from opora.documents.models import Document

SURE = "yes"


def question_of(request: Request, document: Document, on: date, *, back: str) -> HttpResponse | None:
    """The page that asks about a document, or None when there is nothing to ask or the person is sure."""
    return question(request, [] if _is_sure(request) else doubts_of(document, on), back=back)


def question(request: Request, doubts: Sequence[str], *, back: str) -> HttpResponse | None:
    """The same of doubts that are known. What was typed goes along and comes back with the answer."""
    if not doubts or _is_sure(request):
        return None
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in {"csrfmiddlewaretoken", "is_sure"}
        for value in values
    ]
    context = {"doubts": doubts, "typed": typed, "back": back, "sure": SURE}
    return render(request, "documents/doubts.html", context, status=422)


def _is_sure(request: Request) -> bool:
    return request.POST.get("is_sure") == SURE
