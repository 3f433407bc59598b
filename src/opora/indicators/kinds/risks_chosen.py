"""The choice of risks that each school works with, verified by its curator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind, Mark

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="risks_chosen",
    title="Риски выбраны",
    rule="Считаются школы, у которых выбор факторов полный и подтверждён куратором: взято столько, "
    "сколько просит программа, каждый высокий взят или объяснён; полный без подтверждения — заявлено. "
    "Засчитываются утверждённый документ и подтверждённое слово о школе.",
    unit="школ",
    marks=(
        Mark("выбор|выбран|определ|верифик|уточн|выявл|отбор риск|рисков", 3.4),
        Mark("заполн|таблиц риск|рисков", 4.0),
        Mark("рисков профил|направлен верифик|выбор|выбран|определ|анализ|уточн", 3.2),
        Mark("риск|рисков выбран|определ|выявлен|верифиц|активирован|анализ", 2.6),
        Mark("активац риск|рисков|направлен", 3.2),
    ),
    default_scope="schools",
    is_built=True,
    absorbs=(
        "forms_filled",
        "documents_ready",
    ),
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count the schools with a complete choice, and those that a paper or a word speaks for."""
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.choosing import chosen
    from opora.indicators.evidence import papers, spoken, tally_of

    return {
        line.indicator.pk: tally_of(
            line,
            ground,
            [
                *chosen(line, ground),
                *papers(line, ground.proofs.get(line.activity.pk, ())),
                *spoken(line, ground.words.get(line.activity.pk, ())),
            ],
            "Выбор рисков",
        )
        for line in lines
    }
