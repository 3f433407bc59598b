"""Documents placed where everyone can read them: the portal, the centre's or a school's site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind, Mark

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="documents_published",
    title="Документы размещены",
    rule="Считаются утверждённые документы, размещённые на портале или по проверенному внешнему адресу.",
    unit="документов",
    marks=(
        Mark(
            "размещ|опубликов|публикац|выложен|выставл сайт|странич|страниц|портал|интернет|=сети|"
            "=сеть|раздел|ресурс|хранилищ",
            3.2,
        ),
        Mark("размещ|опубликов|публикац", 2.3, "promise"),
        Mark("стать|новост|ссылк", 2.0, "promise"),
        Mark(
            "опубликов|публикац|освещ =сми|массов|газет|журнал|сборник|соцсет|=vk|вконтакте|телеграм|медиа",
            2.8,
        ),
        Mark("региональн|муниципальн|официальн странич|страниц|сайт", 2.3, "promise"),
        Mark("освещ сайт|страниц|хода|деятельност|реализац|результат", 2.0),
        Mark("информиров|информацион общественност|родител|=сми", 1.6),
        Mark("страниц|сайт|=сми ссылк|публикац|информац|материал|пост", 1.8, "promise"),
        Mark("ссылк публикац|сайт|страниц|материал", 2.2, "promise"),
    ),
    is_built=True,
    absorbs=("documents_ready",),
    rises=True,
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count the papers of each line that are public on the day."""
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.evidence import published, tally_of

    return {
        line.indicator.pk: tally_of(
            line,
            ground,
            published(
                line,
                ground.proofs.get(line.activity.pk, ()),
                ground.publications.get(line.activity.pk, ()),
            ),
            "Размещённый документ",
        )
        for line in lines
    }
