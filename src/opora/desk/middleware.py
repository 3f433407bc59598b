"""The same form sent again, by a second click, by «Назад» or after a broken line, gets the answer of the first."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from opora.core.models import Press
from opora.core.presses import KEY, TWICE, Pressing, answered, keep_answer, press_of, release

Answer = Callable[[HttpRequest], HttpResponse]
# Of two clicks the browser shows the answer of the second: it waits this long for the address that the first leads to.
PATIENCE = timedelta(seconds=1)
_BREATH = 0.05
_BROKEN = 500
_AWAY = (InterfaceError, OperationalError)
log = logging.getLogger(__name__)


def presses(answer: Answer) -> Answer:
    """Answer a form that came again as it was answered first; tell the deeds of a new one whose press they are."""

    def with_press(request: HttpRequest) -> HttpResponse:
        token = answered.set(None)
        try:
            response = answer(request)
            pressing = answered.get()
            return response if pressing is None else _after(request, response, pressing)
        finally:
            answered.reset(token)

    def begin(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        # Here and not above: the mark against forgery has been looked at by now.
        if request.method != "POST" or not request.POST.get(KEY):
            return None
        try:
            pressing = Pressing(mark=mark_of(request), at=timezone.now())
            first = press_of(pressing.mark)
        except _AWAY:
            return None  # the page itself will find the base away, and say so
        if first is not None:
            return _same_again(request, first)
        answered.set(pressing)
        return None

    with_press.process_view = begin  # type: ignore[attr-defined]  # -- Django looks for the hook as an attribute
    return with_press


def mark_of(request: HttpRequest) -> str:
    """SHA-256 of who sent the form, where to, its key and everything in it."""
    digest = hashlib.sha256()
    told = sorted(
        (name, values) for name, values in request.POST.lists() if name not in {KEY, "csrfmiddlewaretoken"}
    )
    said = [request.user.pk, request.get_full_path(), request.POST[KEY], told]
    digest.update(json.dumps(said).encode())
    for part in _files_of(request):
        digest.update(part)
    return digest.hexdigest()


def _files_of(request: HttpRequest) -> Iterator[bytes]:
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            content = hashlib.sha256()
            for chunk in file.chunks():
                content.update(chunk)
            file.seek(0)
            yield json.dumps([name, file.name, file.size, content.hexdigest()]).encode()


def _after(request: HttpRequest, response: HttpResponse, pressing: Pressing) -> HttpResponse:
    """What the person gets: the first answer when a deed found its form answered already."""
    try:
        if pressing.is_second:
            return _same_again(request, press_of(pressing.mark))
        if pressing.was_claimed:
            _settle(request, response, pressing)
    except _AWAY:
        # The deed is done and said so; that its answer could not be noted must not turn it into a failure.
        log.warning("the answer of a press was not kept")
    return response


def _settle(request: HttpRequest, response: HttpResponse, pressing: Pressing) -> None:
    """Keep where a press that did its deed led to.

    A refusal and a part of a page may be sent again as they stand; what a page shows once, a link for a first sign-in, is
    nowhere else to lead to. Where the page broke the deed is done all the same.
    """
    if isinstance(response, HttpResponseRedirect):
        keep_answer(pressing, response.url)
    elif response.status_code < _BROKEN:
        release(pressing)


def _same_again(request: HttpRequest, first: Press | None) -> HttpResponse:
    place = _answer_of(first) or _page_of(request)
    messages.info(request, TWICE, extra_tags="wait")
    return HttpResponseRedirect(place)


def _answer_of(first: Press | None) -> str:
    """Where the first press led; it may still be on its way."""
    until = time.monotonic() + PATIENCE.total_seconds()
    while first is not None and not first.answer:
        if timezone.now() - first.at > 5 * PATIENCE or time.monotonic() > until:
            return ""
        time.sleep(_BREATH)
        first = press_of(first.mark)
    return first.answer if first is not None else ""


def _page_of(request: HttpRequest) -> str:
    """The page that the form stood on."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.path and came.netloc == request.get_host():
        return f"{came.path}?{came.query}" if came.query else came.path
    return request.get_full_path()
