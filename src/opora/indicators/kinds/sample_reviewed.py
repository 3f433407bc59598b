"""A sample of documents drawn, examined by experts and summed up."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="sample_reviewed",
    title="Выборка рассмотрена",
    rule="Считаются документы выборки, по которым эксперты закончили рассмотрение и подписан протокол.",
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
    absorbs=("documents_ready",),
)
