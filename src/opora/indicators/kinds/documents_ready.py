"""Documents that must exist and be approved: reports, notes, recommendations, plans, agreements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind, Mark

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="documents_ready",
    title="Документы подготовлены",
    rule="Считаются утверждённые документы, привязанные к мероприятию, с номером или датой. Если пункт ждёт от каждой "
    "школы документов, положенных программой (концепция, антирисковые программы), школа засчитана, когда утверждены "
    "все названные: по рискам — на каждый выбранный риск.",
    unit="документов",
    marks=(
        Mark(
            "подготов|составл|разработ|утвержд|оформл|издан|издан отчет|справк|рекомендац|план|"
            "программ|приказ|положен|карт|график|модел|концепц|материал|реестр|перечен|документ|"
            "пособи|памятк|паспорт|регламент|порядок|маршрут|кейс|сборник|письм|циклограмм|банк",
            2.5,
        ),
        Mark("соглашен|договор|меморандум заключ|подписан|взаимодейств|сотруднич|сетев|партнер", 2.8),
        Mark("заключ|подписан соглашен|договор|меморандум", 2.8),
        Mark("анализ|аналитик|мониторинг|изучен|оценк", 1.3, "text"),
        Mark("аналитическ|информационн|итогов|сводн справк|отчет|записк|материал|аналитик", 2.5),
        Mark("справк|отчет|рекомендац", 2.0, "promise"),
        Mark(
            "приказ|распоряжен|положен|план|программ|график|аналитик|договор|соглашен|паспорт|памятк|"
            "сборник|буклет|реестр|перечен|=карты|=карта",
            1.6,
            "promise",
        ),
        Mark("методическ рекомендац|пособи|материал|разработк", 2.0),
        Mark("пакет|комплект документ|материал", 2.0),
        Mark("формирован|сформиров|идентификац отчет|справк|план|перечен|пакет|школ", 2.2, within=3),
        Mark("спис|перечен школ|=шнор", 2.0, "promise"),
        Mark("внес|корректиров|актуализ изменен|план|программ|локальн|карт", 2.0),
        Mark("маршрут|=иом индивидуальн|разработ|составл", 2.5),
        Mark("выявл|определ|анализ|изучен причин|дефицит|затруднен|потребност|проблем", 1.5, "text"),
    ),
    is_built=True,
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count the approved papers of each line, and the schools that have all owed papers it names."""
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.evidence import papers, tally_of
    from opora.indicators.owing import ready

    tallies = {}
    for line in lines:
        schools, proofs = ready(line, ground)
        found = [*schools, *papers(line, proofs)]
        tallies[line.indicator.pk] = tally_of(line, ground, found, "Утверждённый документ")
    return tallies
