"""Visits of curators and methodists to schools that took place and were reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind, Mark

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="visits_held",
    title="Посещения состоялись",
    rule="Считаются школы, в которых посещение этапа состоялось и отчёт о нём принят; состоявшееся "
    "без принятого отчёта — заявлено. Засчитываются утверждённый документ и подтверждённое "
    "слово о школе.",
    unit="школ",
    marks=(
        Mark("посещ|взаимопосещ урок|заняти|школ|=оо|организац|=шнор|учрежден|мероприят", 3.0),
        Mark(
            "выезд|выход|визит школ|=оо|организац|методист|куратор|команд|=шнор|специалист|адресн|учрежден",
            3.0,
        ),
        Mark("посещ|взаимопосещ", 2.2),
        Mark("состоял|осуществл|проведен посещ|выезд|визит", 2.8),
        Mark("выездн консультац|помощ|поддержк|монитор", 1.8),
        Mark("собеседован|аудит|обследован школ|=оо|команд|организац", 1.5),
    ),
    default_scope="schools",
    is_built=True,
    absorbs=("documents_ready",),
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count the schools where a visit of the line's stage took place and its report is approved."""
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.visiting import count_visits, held

    return count_visits(lines, ground, held, "Состоявшееся посещение")
