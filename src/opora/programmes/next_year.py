"""What the programme of the next year would be: its code and its days, a year later than this one's."""

from __future__ import annotations

import calendar
from datetime import date

from opora.programmes.models import Programme


def year_later(day: date) -> date:
    """The same day of the next year; the last day of February stays the last one (29.02.2024 → 28.02.2025)."""
    last = calendar.monthrange(day.year + 1, day.month)[1]
    is_last_of_february = day.month == 2 and day.day == calendar.monthrange(day.year, 2)[1]
    return date(day.year + 1, day.month, last if is_last_of_february else min(day.day, last))


def code_of_next(programme: Programme) -> str:
    """The code that the programme of the next year bears."""
    this, following = str(programme.year), str(programme.year + 1)
    return (
        programme.code.replace(this, following) if this in programme.code else f"{programme.code}-{following}"
    )


def next_of(programme: Programme) -> Programme | None:
    """The programme of the next year, when there is one. One query."""
    return Programme.objects.filter(code=code_of_next(programme)).first()
