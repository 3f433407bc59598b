"""Visits of curators and methodists to schools that took place and were reported."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="visits_held",
    title="Посещения состоялись",
    rule="Считаются школы, в которых посещение отмечено как состоявшееся и записан его итог.",
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
    absorbs=("documents_ready",),
)
