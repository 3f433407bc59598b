"""Schedules of visits to schools, agreed before the visits begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind, Mark

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="visits_scheduled",
    title="Посещения намечены",
    rule="Считаются школы, у которых в графике этапа есть посещение, подтверждённое школой; "
    "намеченное, но не подтверждённое — заявлено. Засчитываются утверждённый документ и "
    "подтверждённое слово о школе.",
    unit="школ",
    marks=(
        Mark("график|план|расписан посещ|выезд|выход|визит", 3.5),
        Mark("запланиров|намечен|согласован посещ|выезд|визит", 3.0),
    ),
    default_scope="schools",
    is_built=True,
    absorbs=(
        "visits_held",
        "documents_ready",
    ),
    brings=("visits_held",),
    rises=True,
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count the schools whose visit of the line's stage stands in the schedule and is agreed."""
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.visiting import count_visits, scheduled

    return count_visits(lines, ground, scheduled, "График посещений")
