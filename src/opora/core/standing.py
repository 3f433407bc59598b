"""The day on which an installation stands: today, or the day kept for the demonstration."""

from __future__ import annotations

from datetime import date

from django.conf import settings


def standing_day(today: date) -> date:
    """The day that people and deeds take for today; a day kept that makes no sense is the same as none."""
    try:
        return date.fromisoformat(settings.STANDS_ON)
    except ValueError:
        return today
