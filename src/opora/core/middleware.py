"""Headers of every answer, and the answer to a number that no row can have."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found

Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "worker-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "manifest-src 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


# Whoever came with a session, or leaves with one, gets answers that no browser and no proxy keeps.
PRIVATE = "private, no-store"


def safe_headers(answer: Answer) -> Answer:
    """Put the strict headers on every response; a view that set its own stricter policy keeps it."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if _is_private(request, response):
            response.headers["Cache-Control"] = PRIVATE
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not response.headers["X-Frame-Options"]:
            # The list for other sites says in its policy who may frame it; an empty header would say nothing.
            del response.headers["X-Frame-Options"]
        return response

    return with_headers


def _is_private(request: HttpRequest, response: HttpResponse) -> bool:
    # By the cookie and not by the person: an answer is as private while the base, and so the person, is away.
    name = settings.SESSION_COOKIE_NAME
    is_static = request.path.startswith(settings.STATIC_URL) and response.status_code < 400
    return (name in request.COOKIES or name in response.cookies) and not is_static


def number_of_no_row(answer: Answer) -> Answer:
    """Answer 404 where an address, a query or a form names a row by a number larger than any row can have."""

    def with_numbers(request: HttpRequest) -> HttpResponse:
        return answer(request)

    def show(request: HttpRequest, error: Exception) -> HttpResponse | None:
        # SQLite says OverflowError; PostgreSQL says DataError with the code of a number out of range.
        is_too_large = getattr(error.__cause__, "sqlstate", "") == "22003"
        if isinstance(error, OverflowError) or (isinstance(error, DataError) and is_too_large):
            return page_not_found(request, error)
        return None

    with_numbers.process_exception = show  # type: ignore[attr-defined]  # -- Django looks for the hook as an attribute
    return with_numbers
