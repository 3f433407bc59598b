"""Moments of the story."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone


def at(day: date, hour: int = 10) -> datetime:
    """A moment of a day of the story, in the time zone of the installation."""
    return timezone.make_aware(datetime.combine(day, time(hour)))
