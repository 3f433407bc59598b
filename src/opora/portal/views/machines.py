"""What browsers and search engines ask every site for by habit: the icon and the rules for robots."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from opora.appointments.guard import open_to_all
from opora.dashboard.request import Request

# The front and the open part are for everybody; rooms behind the sign-in have nothing for a search engine.
ROBOTS = "User-agent: *\nAllow: /$\nAllow: /open/\nAllow: /static/\nAllow: /favicon.ico\nDisallow: /\n"


@open_to_all
@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def favicon(request: Request) -> HttpResponse:
    """The sign of the product for who asks without having read a page."""
    return HttpResponse(_sign(), content_type="image/svg+xml")


@open_to_all
@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def robots(request: Request) -> HttpResponse:
    """What a search engine may read."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@cache
def _sign() -> bytes:
    place = finders.find("logo.svg")
    assert isinstance(place, str)
    return Path(place).read_bytes()
