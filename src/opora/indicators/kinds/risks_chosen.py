"""The choice of risks that each school works with, verified by its curator."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="risks_chosen",
    title="Риски выбраны",
    rule="Считаются школы, у которых выбраны факторы риска и выбор подтверждён куратором.",
    unit="школ",
    marks=(
        Mark("выбор|выбран|определ|верифик|уточн|выявл|отбор риск|рисков", 3.4),
        Mark("заполн|таблиц риск|рисков", 4.0),
        Mark("рисков профил|направлен верифик|выбор|выбран|определ|анализ|уточн", 3.2),
        Mark("риск|рисков выбран|определ|выявлен|верифиц|активирован|анализ", 2.6),
        Mark("активац риск|рисков|направлен", 3.2),
    ),
    default_scope="schools",
    absorbs=(
        "forms_filled",
        "documents_ready",
    ),
)
