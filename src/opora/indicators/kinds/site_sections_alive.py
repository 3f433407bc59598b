"""A section of the project on every school's site, there and kept alive."""

from __future__ import annotations

from opora.indicators.kind import Kind, Mark

KIND = Kind(
    code="site_sections_alive",
    title="Разделы на сайтах живут",
    rule="Считаются школы, у которых раздел сайта открывается и обновлялся за последний срок.",
    unit="школ",
    marks=(
        Mark("раздел|рубрик|вкладк|баннер сайт|=сайтах|портал", 3.0),
        Mark("созда|ведени|наполн|обновл|функционир|открыт|актуализ раздел|рубрик|вкладк|баннер", 3.0),
        Mark(
            "страниц|сайт школ|школьн|=оо|образовательн|общеобразовательн|учрежден созда|ведени|"
            "наполн|обновл|функционир|открыт|актуализ|созданы",
            3.0,
        ),
        Mark("обновл|актуализ|наполн|ведени|поддержан сайт", 2.6),
    ),
    default_scope="schools",
    absorbs=("documents_published",),
)
