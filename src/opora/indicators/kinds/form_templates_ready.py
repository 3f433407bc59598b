"""Templates of forms and report documents, ready to use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind, Mark

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="form_templates_ready",
    title="Шаблоны форм готовы",
    rule="Считаются действующие формы реестра, привязанные к пункту: для каждого риска, который взяла в работу "
    "хотя бы одна школа, нужна хотя бы одна форма. Пока у пункта нет ни одной формы, засчитываются утверждённый "
    "документ и подтверждённое слово.",
    unit="шаблонов",
    marks=(
        Mark("реестр|сборник|банк|перечен|комплект|пакет форм|шаблон|бланк|макет", 3.3),
        Mark("шаблон|бланк|макет|унифицирован документ|отчет|программ|форм|план|карт|дорожн", 3.0),
        Mark("разработ|подготов|утвержд шаблон|форм|бланк|макет|чек|инструментар|анкет", 2.9, within=4),
        Mark("инструментар|чек разработ|подготов|диагност|мониторинг|лист|оценоч", 2.7),
    ),
    is_built=True,
    absorbs=(
        "documents_ready",
        "forms_filled",
    ),
    rises=True,
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count the forms of the register; a line without any form is counted by papers and words, as before there was one."""
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.evidence import tally_of
    from opora.indicators.kinds import attested
    from opora.indicators.owing import covered
    from opora.indicators.tally import Tally

    tallies = attested.count([line for line in lines if not ground.forms.get(line.activity.pk)], ground)
    for line in lines:
        if not ground.forms.get(line.activity.pk):
            continue
        found = covered(line, ground)
        if line.indicator.scope in ("number", "schools"):
            tallies[line.indicator.pk] = tally_of(line, ground, found, "Форма реестра")
        else:
            days = {one.confirmed_on for one in found if one.confirmed_on is not None}
            tallies[line.indicator.pk] = Tally(subjects=tuple(found), signs=tuple(sorted(days)))
    return tallies
