"""The stretch of days that a roadmap's term means, beside the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with the words it was read from. A side that the words do not give is None.

    `recurrence` is daily, weekly, monthly, quarterly, half-yearly, yearly, other or None.
    `confidence` is sure, assumed (the year was taken from the plan) or unread (no days in the words).
    `control_on` is a day a person set for a term without a calendar.
    """

    text: str
    start: date | None = None
    end: date | None = None
    open_ended: bool = False
    recurrence: str | None = None
    control_on: date | None = None
    confidence: str = "unread"
