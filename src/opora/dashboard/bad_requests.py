"""Requests that Django itself does not take: too many files, too much in one sending, a torn form."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from opora.core.refusal import Refused


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page with the reason; the form is behind the browser's «Назад» with everything typed."""
    refusal = _refusal_of(exception)
    if isinstance(exception, DisallowedHost):
        # Rendered without the request: the frame of a page would ask for the name again.
        return HttpResponse(
            render_to_string("unknown_host.html", {"refusal": refusal}), status=refusal.status
        )
    return render(request, "bad_request.html", {"refusal": refusal}, status=refusal.status)


def _refusal_of(exception: Exception) -> Refused:
    if isinstance(exception, DisallowedHost):
        return Refused("Сервер не знает имени, под которым его открыли.", status=400)
    if isinstance(exception, TooManyFilesSent):
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return Refused(
            f"Файлов слишком много: за один раз — не больше {most}. Внесите их в несколько приёмов.",
            code="F-MANY",
            status=413,
        )
    if isinstance(exception, RequestDataTooBig):
        mega = settings.REQUEST_LIMIT // 1024 // 1024
        text = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024
        return Refused(
            "Отправлено слишком много за один раз. Допустимый размер всех файлов вместе —"
            f" {mega} МБ, набранного текста — {text} МБ. Отправьте по частям.",
            code="F-SIZE",
            status=413,
        )
    if isinstance(exception, TooManyFieldsSent):
        return Refused(
            "В форме слишком много полей. Отправьте её по частям.",
            code="F-MANY",
            status=413,
        )
    return Refused(
        "Отправленное дошло не целиком или набрано не по правилам. Повторите отправку.", status=400
    )
