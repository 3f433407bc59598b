"""The guard of every door: each view says above itself who may enter; a test walks all addresses.

A duty that may not enter gets 403; a row that is not theirs is 404, the same as a missing one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from opora.accounts.queries import has_second_step
from opora.appointments.queries import Access, where_may

View = Callable[..., HttpResponse]
# Doors that only coordinators pass: with OPORA_REQUIRE_TOTP they open after the second step is set.
COORDINATING = ("plans.edit", "appointments.edit", "people.edit", "schools.edit")


def open_to_all(view: View) -> View:
    """Anybody may enter, signed in or not."""
    view.guard = "open"  # type: ignore[attr-defined]  # -- read by the test that walks all addresses
    return view


def signed_in(view: View) -> View:
    """Anybody who has signed in may enter."""
    return _guarded(view, "signed_in", lambda request: True)


def may(permission: str) -> Callable[[View], View]:
    """Only those whose duties give the permission may enter, and only for the places of these duties; others get 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def enter(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            request.access = _only_where(request.access, permission)
            return view(request, *args, **kwargs)

        return _guarded(enter, permission, lambda request: permission in request.access.permissions)

    return guard


def may_backdate(request: Any, municipality_id: int | None) -> bool:
    """Whether the person may enter a deed of an earlier day there (`DeedForm`)."""
    return municipality_id in where_may(request.access, "deeds.backdate").municipality_ids


def _only_where(access: Access, permission: str) -> Access:
    """The same person, standing only in the places whose duties give the permission.

    Without this a coordinator of one town who is an expert in another would coordinate there too.
    """
    led = where_may(access, permission)
    return replace(led, duties=access.duties, permissions=access.permissions, held=access.held)


def _guarded(view: View, name: str, allows: Callable[[Any], bool]) -> View:
    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not allows(request):
            raise PermissionDenied
        if settings.REQUIRE_TOTP and name in COORDINATING and not has_second_step(request.user):
            messages.warning(
                request, "Сначала включите второй шаг входа: так решено в вашем центре.", extra_tags="wait"
            )
            return redirect("mfa_activate_totp")
        return view(request, *args, **kwargs)

    enter.guard = name  # type: ignore[attr-defined]  # -- read by the test that walks all addresses
    return enter
