"""Everything that reads programmes."""

from __future__ import annotations

from datetime import date

from opora.programmes.models import Programme


def programme_on(day: date) -> Programme | None:
    """The programme that runs on a day, the newest of several; else the last that ended; None when there is none."""
    newest = Programme.objects.order_by("-starts_on", "pk")
    running = newest.filter(starts_on__lte=day, ends_on__gte=day).first()
    return running or newest.filter(starts_on__lte=day).first() or newest.last()
