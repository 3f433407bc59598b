"""A form that comes after its session has ended is kept until the same person signs in again in the same browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from opora.accounts.models import User
from opora.core.now import now
from opora.desk.actions import MOST_OF_ONE, drop_kept_form, keep_form
from opora.desk.kept_words import LASTS, KeptWords, is_part, kept_words, taken_out

Answer = Callable[[HttpRequest], HttpResponse]
_PREFIX: Final = "__Host-" if settings.IS_SECURE else ""
# Who was signed in here last, signed: a stranger has no such mark, and nothing is kept for strangers.
WAS: Final = f"{_PREFIX}opora-was"
KEY: Final = f"{_PREFIX}opora-kept"
_REFUSED: Final = 400
PLACE: Final = "/kept/"
_WAS_LASTS: Final = 30 * 24 * 60 * 60
ENDED: Final = "Сеанс закончился: войдите, набранное на месте."
ENDED_WITH_FILES: Final = "Сеанс закончился: войдите, набранное на месте. Файлы придётся выбрать ещё раз: {}."
NOT_KEPT: Final = "Сеанс закончился. Вернитесь кнопкой «Назад» и скопируйте набранное, прежде чем войти."


def kept_forms(answer: Answer) -> Answer:
    """Keep what was sent by somebody whose session has ended, and lead back to it through the sign-in page."""

    def with_kept_forms(request: HttpRequest) -> HttpResponse:
        page, mark = taken_out(request)
        if page:
            # What a page sent by itself comes as a whole form now: the room answers a part, the person gets the page.
            request.META["HTTP_HX_REQUEST"] = "true"
        response = answer(request)
        was_taken = response.status_code < _REFUSED and not _leads_to_door(response)
        if mark and was_taken and request.user.is_authenticated:
            drop_kept_form(mark=mark, person=request.user)
        if page and was_taken:
            messages.success(request, "Набранное отправлено.", extra_tags="done")
            return HttpResponseRedirect(page)
        person = getattr(request, "user", None)
        if person is None:
            return response
        if person.is_authenticated:
            _remember(request, response, person)
        elif request.method == "POST" and _leads_to_door(response):
            return _kept(request, response)
        return response

    return with_kept_forms


def _leads_to_door(response: HttpResponse) -> bool:
    return isinstance(response, HttpResponseRedirect) and urlsplit(response.url).path == settings.LOGIN_URL


def _remember(request: HttpRequest, response: HttpResponse, person: Any) -> None:
    if _person_before(request) != person.pk:
        _set(response, WAS, signing.dumps(person.pk, salt=WAS), _WAS_LASTS)


def _person_before(request: HttpRequest) -> int | None:
    try:
        known: int = signing.loads(request.COOKIES.get(WAS, ""), salt=WAS, max_age=_WAS_LASTS)
    except signing.BadSignature:
        return None
    return known


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    words = kept_words(request)
    before = _person_before(request)
    person = User.objects.filter(pk=before).first() if before is not None else None
    if person is None or request.path == "/logout/":
        return _to_door(request, response)
    key = keep_form(words=words, person=person, at=now()) if words is not None else ""
    messages.warning(request, _said(words) if words is not None and key else NOT_KEPT, extra_tags="late")
    if not key:
        return _to_door(request, response)
    return _with_key(
        _to_door(request, HttpResponseRedirect(f"{settings.LOGIN_URL}?next={PLACE}")), request, key
    )


def kept_elsewhere(request: HttpRequest, words: KeptWords, person: User) -> HttpResponse | None:
    """Keep what a part of a page sent and lead the whole page to it; None where it cannot be kept."""
    key = keep_form(words=words, person=person, at=now())
    return _with_key(_to_door(request, HttpResponseRedirect(PLACE)), request, key) if key else None


def _with_key(response: HttpResponse, request: HttpRequest, key: str) -> HttpResponse:
    # Several pages may have stood open when the session ended.
    keys = [key, *request.COOKIES.get(KEY, "").split(".")][:MOST_OF_ONE]
    _set(response, KEY, ".".join(filter(None, keys)), int(LASTS.total_seconds()))
    return response


def _said(words: KeptWords) -> str:
    return ENDED_WITH_FILES.format(words.file_names) if words.files else ENDED


def _to_door(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A part of a page cannot be a door: the whole page goes there."""
    if not is_part(request):
        return response
    whole = HttpResponse(status=204)
    whole.headers["HX-Redirect"] = response.headers["Location"]
    return whole


def _set(response: HttpResponse, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, httponly=True, secure=settings.IS_SECURE, samesite="Lax", path="/"
    )
