"""Schedules of events and consultations, approved before they begin."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="events_planned",
    title="События намечены",
    rule="Считаются события с датой, ведущим и приглашёнными, внесённые в график.",
    unit="событий",
    marks=(
        Mark(
            "график|расписан|афиш|календар консультац|семинар|вебинар|мероприят|занят|событи|встреч|"
            "совещан|заседан|стажировк",
            3.3,
        ),
        Mark("план консультац|семинар|вебинар|совещан|заседан", 3.0),
        Mark(
            "составл|разработ|утвержд график|расписан|афиш консультац|семинар|вебинар|занят|событи|встреч",
            3.0,
        ),
    ),
    absorbs=(
        "events_held",
        "documents_ready",
    ),
    rises=True,
)
