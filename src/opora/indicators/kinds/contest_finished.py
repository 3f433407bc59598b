"""A contest with regulations, entries, a jury and a protocol of results."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="contest_finished",
    title="Конкурс завершён",
    rule="Считаются конкурсы с положением, рассмотренными заявками и утверждённым протоколом итогов.",
    unit="конкурсов",
    marks=(
        Mark("конкурс|смотр|олимпиад|чемпионат|турнир", 3.0),
        Mark("провед|участи|итог|победител|организ|подготов конкурс|смотр", 3.4),
        Mark("победител|призер|лауреат|диплом", 1.6),
    ),
    absorbs=(
        "documents_ready",
        "events_held",
    ),
)
