"""Schedules of visits to schools, agreed before the visits begin."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="visits_scheduled",
    title="Посещения намечены",
    rule="Считаются школы, для которых составлен график посещений этапа.",
    unit="школ",
    marks=(
        Mark("график|план|расписан посещ|выезд|выход|визит", 3.5),
        Mark("запланиров|намечен|согласован посещ|выезд|визит", 3.0),
    ),
    default_scope="schools",
    absorbs=(
        "visits_held",
        "documents_ready",
    ),
    brings=("visits_held",),
    rises=True,
)
