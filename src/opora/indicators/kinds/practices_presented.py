"""Good practices gathered, approved and shown to everyone."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="practices_presented",
    title="Практики представлены",
    rule="Считаются карточки практик, утверждённые и показанные на портале.",
    unit="практик",
    marks=(
        Mark(
            "банк|сборник|атлас|реестр|копилк|каталог|навигатор|картотек практик|опыт|разработок|"
            "идей|идея|кейс",
            3.5,
        ),
        Mark(
            "презентац|представл|описан|выявл|обобщ|распростран|трансл|диссеминац|тиражир|показ "
            "практик|опыт|модел",
            3.3,
        ),
        Mark("лучш|эффективн|успешн|передов|положительн практик|опыт", 3.0),
        Mark("методическ копилк|банк|кейс", 2.4),
        Mark("практик обмен|сбор|публик|описан", 2.4),
        Mark("обмен опыт", 1.8),
    ),
    absorbs=(
        "documents_published",
        "documents_ready",
    ),
)
