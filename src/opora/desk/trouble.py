"""What a person is told when the base is away or the disk is full: why, what to do, and what was typed."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from opora.core.waiting import hurried
from opora.desk.kept_words import TOKEN, KeptWords, kept_words

Answer = Callable[[HttpRequest], HttpResponse]
_FULL_DISK: Final = {errno.ENOSPC, errno.EDQUOT}
_SQLITE_FULL: Final = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"}
_POSTGRES_FULL: Final = "53100"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble that passes by itself or by the administrator's hand."""

    status: int
    title: str
    words: str
    code: str = ""
    retry_after: int = 0


AWAY: Final = Trouble(
    503,
    "База данных не отвечает",
    "Обычно это проходит за несколько секунд. Ничего из сохранённого не пропало.",
    retry_after=5,
)
FULL: Final = Trouble(
    507,
    "На сервере недостаточно места",
    "Записать не удалось, остальное сохранено и открывается. Скажите администратору: пора освободить место на диске.",
    "R-SPACE",
)


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What the error means for a person; None where it is a fault of the product."""
    for one in _causes(error):
        if isinstance(one, OSError) and one.errno in _FULL_DISK:
            return FULL
        if getattr(one, "sqlite_errorname", "") in _SQLITE_FULL:
            return FULL
        if getattr(one, "sqlstate", "") == _POSTGRES_FULL:
            return FULL
    return AWAY if isinstance(error, OperationalError | InterfaceError) else None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def trouble_page(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """The page with the reason and, where a form was sent, what was typed and a press to send it again.

    It asks the base nothing: neither the frame nor the session is touched.
    """
    session = getattr(request, "session", None)
    if session is not None:
        session.modified = False
    words = kept_words(request)
    context = {"trouble": trouble, "words": words, "csrf_token": _sent_token(request, words)}
    response = HttpResponse(render_to_string("desk/trouble.html", context), status=trouble.status)
    if trouble.retry_after:
        response.headers["Retry-After"] = str(trouble.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent_token(request: HttpRequest, words: KeptWords | None) -> str:
    # The mark of the page that the form stood on still fits the browser's cookie; a new one would need a new cookie.
    return request.POST.get(TOKEN, "") if words is not None else ""


def patience(answer: Answer) -> Answer:
    """Let nobody wait for the base longer than five seconds, and say so with a page; the next request tries again."""

    def with_patience(request: HttpRequest) -> HttpResponse:
        with hurried():
            return answer(request)

    def show(request: HttpRequest, error: Exception) -> HttpResponse | None:
        trouble = trouble_of(error)
        return None if trouble is None else trouble_page(request, trouble)

    with_patience.process_exception = show  # type: ignore[attr-defined]  # -- Django looks for the hook as an attribute
    return with_patience


def broken(request: HttpRequest) -> HttpResponse:
    """The answer to an error that no view raised: of sessions, of signing in, of the day looked at, or of a fault."""
    trouble = trouble_of(sys.exc_info()[1])
    if trouble is not None:
        return trouble_page(request, trouble)
    return HttpResponse(render_to_string("500.html"), status=500)
