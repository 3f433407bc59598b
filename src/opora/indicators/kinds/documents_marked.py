"""Schools' documents loaded into the federal system (ИС МЭДК) and confirmed there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind, Mark

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="documents_marked",
    title="Документы загружены в ИС МЭДК",
    rule="Считаются школы, у которых в ИС МЭДК подтверждены все положенные документы: по одному от школы и по "
    "одному на каждый выбранный риск; все загружены, но не все подтверждены — заявлено. Пока риски не выбраны, "
    "школа не засчитывается. Засчитываются и справка о школе, и подтверждённое слово.",
    unit="школ",
    marks=(
        Mark("размещ|загру|внес|выгру|представл|заполн|наличи =мэдк|мэдк", 3.6),
        Mark("концептуальн документ размещ|разработ|загру|подготов|=мэдк|готов", 3.0),
        Mark("антирисков программ загру|размещ|=мэдк|подтвержд|верифиц", 3.4),
        Mark(
            "загру|выгру|внес документ|программ|концепц|отчет систем|=мэдк|портал|кабинет|=мэдк|"
            "=фиоко|платформ",
            3.2,
        ),
        Mark("подтвержд наступлен|позитивн|мер|мероприят|документ", 1.8),
        Mark("концептуальн документ", 2.0),
    ),
    default_scope="schools",
    is_built=True,
    absorbs=(
        "documents_ready",
        "documents_published",
    ),
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count the schools whose papers all stand in ИС МЭДК, and those that another paper or a word speaks for."""
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.evidence import papers, spoken, tally_of
    from opora.indicators.owing import marked, not_owed

    return {
        line.indicator.pk: tally_of(
            line,
            ground,
            [
                *marked(line, ground),
                *papers(line, not_owed(line, ground)),
                *spoken(line, ground.words.get(line.activity.pk, ())),
            ],
            "Документы в ИС МЭДК",
        )
        for line in lines
    }
