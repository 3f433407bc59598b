"""Browsers where a person has signed in before: strangers who fail at the door do not keep such a person out.

A signed cookie names the accounts; it opens nothing. It only makes the tries of this browser counted apart from those
of everybody else who knows the mail or shares the address.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from opora.accounts.models import User

_SALT = "opora.accounts.known_browser"
_LASTS = 180 * 24 * 60 * 60
# A shared computer of a school knows several people.
_MOST = 10


def cookie_name() -> str:
    """The name of the cookie; under https it is bound to the host."""
    return "__Host-opora-known" if settings.SESSION_COOKIE_SECURE else "opora-known"


def mark_known(request: HttpRequest, response: HttpResponse) -> None:
    """Remember that the person of the request has signed in from this browser."""
    number, people = _read(request)
    me = int(request.user.pk or 0)
    people = [me, *(pk for pk in people if pk != me)][:_MOST]
    response.set_cookie(
        cookie_name(),
        signing.dumps([number or secrets.token_hex(8), people], salt=_SALT),
        max_age=_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_key(request: HttpRequest, email: str) -> str:
    """Under what the tries of this browser for this account are counted; empty where nobody of that mail was here."""
    number, people = _read(request)
    if not people or not email:
        return ""
    person = (
        User.objects.filter(email=email.strip().lower(), pk__in=people).values_list("pk", flat=True).first()
    )
    return f"known:{person}:{number}" if person is not None else ""


def _read(request: HttpRequest) -> tuple[str, list[int]]:
    try:
        number, people = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=_SALT, max_age=_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(number), [int(pk) for pk in people]
