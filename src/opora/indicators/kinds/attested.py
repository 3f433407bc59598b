"""Whatever else a roadmap promises: a document and a confirmation prove it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="attested",
    title="Подтверждено документом",
    rule="Считается выполненным, когда к мероприятию приложен утверждённый документ и выполнение "
    "подтверждено.",
    unit="подтверждений",
    marks=(),
    is_built=True,
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count by approved papers and confirmed words of the line; also serves the kinds whose room is not built yet."""
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.evidence import papers, spoken, tally_of

    return {
        line.indicator.pk: tally_of(
            line,
            ground,
            [
                *papers(line, ground.proofs.get(line.activity.pk, ())),
                *spoken(line, ground.words.get(line.activity.pk, ())),
            ],
            "Документ или подтверждение",
        )
        for line in lines
    }
