"""Templates of forms and report documents, ready to use."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="form_templates_ready",
    title="Шаблоны форм готовы",
    rule="Считаются действующие версии шаблонов, привязанные к факторам риска.",
    unit="шаблонов",
    marks=(
        Mark("реестр|сборник|банк|перечен|комплект|пакет форм|шаблон|бланк|макет", 3.3),
        Mark("шаблон|бланк|макет|унифицирован документ|отчет|программ|форм|план|карт|дорожн", 3.0),
        Mark("разработ|подготов|утвержд шаблон|форм|бланк|макет|чек|инструментар|анкет", 2.9, within=4),
        Mark("инструментар|чек разработ|подготов|диагност|мониторинг|лист|оценоч", 2.7),
    ),
    absorbs=(
        "documents_ready",
        "forms_filled",
    ),
    rises=True,
)
