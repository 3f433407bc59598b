"""The clock of the worker that runs beside the server; pages and commands read their own."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The moment, with its zone."""
    return timezone.now()  # noqa: TID251 -- the worker has no view above it that could tell the time
