"""What every page needs to know before it is asked: who looks, on which day, and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from opora.appointments.queries import access_of
from opora.core.personal_signs import noticing
from opora.core.refusal import Refused
from opora.core.standing import standing_day
from opora.dashboard.personal_words import LOOKS_LIKE, WHAT_TO_DO, words_of
from opora.dashboard.request import Request

Answer = Callable[[HttpRequest], HttpResponse]
EARLIEST = date(2015, 1, 1)


def as_of_day(answer: Answer) -> Answer:
    """Set `request.today`, `request.access` (duties in force today) and `request.as_of` (the day that is looked at).

    `?on=2022-09-15` shows one page on a day, `?on=today` shows it on today; the day kept in the session is changed by
    POST alone (the switch above). A deed is always done today, whatever is looked at: a POST knows no other day.
    """

    def with_day(plain: HttpRequest) -> HttpResponse:
        request = cast(Request, plain)
        today = standing_day(timezone.localdate())
        request.today = today
        request.as_of = today if request.method == "POST" else _day_of(request, today)
        if request.user.is_authenticated:
            request.access = access_of(request.user, today)
        return answer(request)

    return with_day


def refusals(answer: Answer) -> Answer:
    """Show a refusal as a clear page with its own status; nothing that was typed is stored or lost by it."""

    def with_refusals(request: HttpRequest) -> HttpResponse:
        return answer(request)

    def show(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        return render(request, "refused.html", {"refusal": error}, status=error.status)

    with_refusals.process_exception = show  # type: ignore[attr-defined]  # -- Django looks for the hook as an attribute
    return with_refusals


def personal_signs(answer: Answer) -> Answer:
    """Say that a file just read looks like one with СНИЛС, passports or pupils; nothing is stopped by it.

    A page that is rendered shows it itself (`dashboard.frame`); after a redirect the next page does.
    """

    def with_signs(request: HttpRequest) -> HttpResponse:
        with noticing() as signs:
            response = answer(request)
        if signs and 300 <= response.status_code < 400:
            messages.warning(request, f"{LOOKS_LIKE} {words_of(signs)}. {WHAT_TO_DO}", extra_tags="wait")
        return response

    return with_signs


def day_asked(text: str, today: date) -> date | None:
    """The day that somebody asks to look at; None where there is no such day."""
    if text == "today":
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= today + timedelta(days=3660) else None


def _day_of(request: Request, today: date) -> date:
    asked = day_asked(request.GET.get("on", ""), today)
    if asked is not None:
        return asked
    return day_asked(request.session.get("on", ""), today) or today
