"""The address that a request came from, behind a named number of proxies."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 -- not a place to listen at: it stands for an address that nobody told


def client_address(request: HttpRequest) -> str:
    """The address of the person: what the outermost trusted proxy saw.

    What a client writes into X-Forwarded-For itself stands to the left of what the proxies add and never counts;
    without proxies (OPORA_PROXIES=0) the header is not looked at.
    """
    told = request.headers.get("X-Forwarded-For", "").split(",") if settings.PROXIES > 0 else []
    seen = _read(told[-settings.PROXIES]) if len(told) >= settings.PROXIES > 0 else ""
    return seen or _read(str(request.META.get("REMOTE_ADDR", ""))) or UNKNOWN


def _read(words: str) -> str:
    try:
        return str(ipaddress.ip_address(words.strip()))
    except ValueError:
        return ""
