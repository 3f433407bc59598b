"""A section of the project on every school's site, there and kept alive."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="site_sections_alive",
    title="Разделы на сайтах живут",
    rule="Считаются школы, у которых раздел сайта открывается и обновлялся за последний срок.",
    unit="школ",
    marks=(
        Mark("раздел|рубрик|вкладк|баннер|страниц сайт|=сайтах|портал", 3.0),
        Mark(
            "созда|ведени|веден|наполн|обновл|функционир|открыт|актуализ раздел|рубрик|вкладк|баннер|"
            "страниц|сайт",
            3.0,
        ),
        Mark("обновл|актуализ|наполн|ведени|поддержк сайт", 2.6),
    ),
    default_scope="schools",
    absorbs=("documents_published",),
)
