"""Schools' documents loaded into the federal system (ИС МЭДК) and confirmed there."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="documents_marked",
    title="Документы загружены в ИС МЭДК",
    rule="Считаются школы, все обязательные документы которых отмечены загруженными и "
    "подтверждены куратором.",
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
    absorbs=(
        "documents_ready",
        "documents_published",
    ),
)
