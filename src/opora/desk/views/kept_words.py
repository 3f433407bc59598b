"""Pages of the desk: what was typed before a session ended, and what was typed on a page that has aged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from opora.appointments.guard import open_to_all, signed_in
from opora.dashboard.request import Request
from opora.desk.ended_sessions import KEY, kept_elsewhere
from opora.desk.kept_words import is_from_here, is_part, kept_words
from opora.desk.queries import words_kept


@signed_in
@require_GET
@never_cache
def kept(request: Request) -> HttpResponse:
    """What was typed before the session ended, with one press to send it; it stays until the half an hour is over."""
    forms = words_kept(request.COOKIES.get(KEY, ""), person=request.user, at=timezone.now())
    return render(request, "desk/kept.html", {"forms": forms})


@open_to_all
def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page that stood open too long: its mark is refused, and what was typed is sent again with a new one."""
    words = kept_words(request) if is_from_here(request) else None
    if words is not None and is_part(request) and request.user.is_authenticated:
        # A refused part of a page would be shown nowhere.
        kept_there = kept_elsewhere(request, words, request.user)
        if kept_there is not None:
            return kept_there
    return render(request, "desk/stale.html", {"words": words}, status=403)
