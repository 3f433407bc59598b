"""The day that the «на дату» switch stands on before anybody touches it."""

from __future__ import annotations

from datetime import date

from django.conf import settings


def standing_day(today: date) -> date:
    """The day kept for the demonstration, or today; a day that makes no sense is the same as none."""
    try:
        return date.fromisoformat(settings.STANDS_ON)
    except ValueError:
        return today
