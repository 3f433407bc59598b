"""Whatever else a roadmap promises: a document and a confirmation prove it."""

from __future__ import annotations

from opora.indicators.kind import Kind

KIND = Kind(
    code="attested",
    title="Подтверждено документом",
    rule="Считается выполненным, когда к мероприятию приложен утверждённый документ и выполнение "
    "подтверждено.",
    unit="подтверждений",
    marks=(),
    is_built=True,
)
