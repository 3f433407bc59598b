"""How the count of one line grew by its readings: the small chart of the line's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opora.indicators.models import Reading
from opora.indicators.state import LineState

WIDTH, LEFT, TOP, BOTTOM = 312, 8, 15, 92


@dataclass(frozen=True, slots=True)
class Growth:
    """Points of the line in the drawing's own units, and the sentence that says the same."""

    points: str
    last_x: str
    last_y: str
    first_on: date
    last_on: date
    expected: int
    found: int

    @property
    def words(self) -> str:
        return f"Подтверждено {self.found} из {self.expected}; первый замер {self.first_on:%d.%m.%Y}."


def growth_of(readings: Sequence[Reading], state: LineState) -> Growth | None:
    """The chart of a line that is counted by more than one and was read on two days or more; else None."""
    if len(readings) < 2 or state.expected < 2:
        return None
    first, last = readings[0].taken_on, readings[-1].taken_on
    days = max((last - first).days, 1)
    # A reading is never edited: what it found is told against what was expected by the rule of its own day.
    expected = readings[-1].expected
    top = max(expected, 1, *(reading.found for reading in readings))
    places = [
        (
            LEFT + (WIDTH - LEFT) * (reading.taken_on - first).days / days,
            BOTTOM - (BOTTOM - TOP) * reading.found / top,
        )
        for reading in readings
    ]
    return Growth(
        points=" ".join(f"{x:.0f},{y:.0f}" for x, y in places),
        last_x=f"{places[-1][0]:.0f}",
        last_y=f"{places[-1][1]:.0f}",
        first_on=first,
        last_on=last,
        expected=expected,
        found=readings[-1].found,
    )
