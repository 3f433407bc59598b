"""Who may frame the public list of a municipality: the origins that the operator named, and nobody by default."""

from __future__ import annotations

import re
from typing import Final

from django.conf import settings
from django.http import HttpResponse

# An origin and nothing more: whatever else is written in the settings would become a part of the header.
_ORIGIN: Final = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[0-9]{1,5})?", re.IGNORECASE)


def framing_origins() -> list[str]:
    """The sites that may frame the list, as browsers compare them; what is no origin is left out."""
    told = [str(one).strip().rstrip("/") for one in settings.EMBED_ORIGINS]
    return [one.lower() for one in dict.fromkeys(told) if _ORIGIN.fullmatch(one)]


def frameable(response: HttpResponse) -> HttpResponse:
    """The same answer without scripts and with the frame opened to the named sites alone."""
    origins = framing_origins()
    response.headers["Content-Security-Policy"] = "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {' '.join(origins) or chr(39) + 'none' + chr(39)}",
        )
    )
    if origins:
        # The older header knows no list of sites: beside `frame-ancestors` it would only forbid.
        response.headers["X-Frame-Options"] = ""
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
