"""A sample of documents drawn, examined by experts and summed up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from opora.indicators.kind import Kind, Mark

if TYPE_CHECKING:
    from opora.indicators.ground import Counted, Ground
    from opora.indicators.tally import Tally

KIND = Kind(
    code="sample_reviewed",
    title="Выборка рассмотрена",
    rule="Считаются документы выборки завершённой экспертизы; выборка сделана, экспертиза не завершена — заявлено. "
    "По школам — те, чьи документы попали в выборку, остальных не ждут. Засчитываются утверждённый документ и "
    "подтверждённое слово.",
    unit="документов",
    marks=(
        Mark("выборочн анализ|экспертиз|проверк|контрол|изучен|содержательн", 3.6),
        Mark(
            "экспертиз|экспертн документ|программ|отчет|материал|концептуальн|оценк|заключен|"
            "содержательн|план",
            3.1,
        ),
        Mark("экспертиз", 2.4),
        Mark("рецензирован|внутренн документ|программ|материал|рецензи|отзыв", 2.2),
        Mark("экспертн оценк|заключен", 2.8),
    ),
    is_built=True,
    absorbs=("documents_ready",),
)


def count(lines: Sequence[Counted], ground: Ground) -> dict[int, Tally]:
    """Count the documents of finished rounds, and what papers and words speak for."""
    # Imported when counting: what stands above is read without Django (docs/decisions/0002).
    from opora.indicators.evidence import papers, spoken, tally_of
    from opora.indicators.sampling import reviewed, without_unsampled

    return {
        line.indicator.pk: without_unsampled(
            tally_of(
                line,
                ground,
                [
                    *reviewed(line, ground),
                    # What is examined proves no examination.
                    *papers(
                        line, (one for one in ground.proofs.get(line.activity.pk, ()) if not one.is_owed)
                    ),
                    *spoken(line, ground.words.get(line.activity.pk, ())),
                ],
                "Выборочная экспертиза",
            ),
            line,
            ground,
        )
        for line in lines
    }
