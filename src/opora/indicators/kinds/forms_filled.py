"""Forms that people owe: curators' reports, questionnaires, self-diagnoses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind, Mark

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="forms_filled",
    title="Формы заполнены",
    rule="Считаются те, чей ответ принят: ответ в сборе этого пункта, а где сбора нет — отчёт куратора за этап; "
    "засчитываются утверждённый документ и подтверждённое слово. Сданное, но не принятое — заявлено.",
    unit="ответов",
    marks=(
        Mark("отчет куратор|наставник|тьютор", 4.0),
        Mark("отчет школ|=оо|=шнор", 3.3, within=2),
        Mark("анкетирован|опрос|анкет|=опросы", 2.6),
        Mark("самодиагност|самоанализ|самообследован|самооценк", 2.6),
        Mark(
            "диагностик|тестирован|диагностическ дефицит|компетенц|затруднен|педагог|учител|"
            "профессиональн|методическ|предметн|руководител|мотивац",
            2.4,
        ),
        Mark(
            "заполн|предоставл|представл|сдан анкет|форм|таблиц|лист|опросник|отчет|сведен|карт|"
            "=данные|данных",
            2.6,
        ),
        Mark("сбор|мониторинг =данных|сведен|информац|анкет", 1.6),
        Mark(
            "пройд|прохожд|участи|прошли диагностик|опрос|тестирован|анкетирован|самодиагност|исследован", 2.6
        ),
    ),
    default_scope="curators",
    is_built=True,
    absorbs=("documents_ready",),
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count those whose answer in the line's collections is accepted; without one by curators' reports of the stage."""
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.answering import count_forms

    return count_forms(lines, ground, "Заполненная форма")
