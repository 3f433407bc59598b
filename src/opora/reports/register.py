"""The register of report kinds: a row for each, written by hand. A new note is a file in `kinds` and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from opora.plans.models import Roadmap
from opora.programmes.models import Programme
from opora.reports import content, note
from opora.reports.asked import Asked
from opora.reports.content import Progress
from opora.reports.examples import example_note, example_progress
from opora.reports.kinds import (
    equipment,
    evidence,
    progress,
    region_equipment,
    region_progress,
    reviews,
    survey,
)
from opora.reports.note import Note
from opora.reports.renderers import docx, note_pdf, note_word, note_xlsx, pdf, xlsx
from opora.reports.word.values import Filling
from opora.schools.models import Region

Content = Progress | Note
Topics = Callable[[Roadmap, date], list[tuple[str, str]]]
RegionTopics = Callable[[Region, Programme, date], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Shape:
    """How contents of one make are kept, shown and written."""

    template: Path
    part: str
    as_text: Callable[[Any], str]
    from_text: Callable[[str], Any]
    filling: Callable[[Any], Filling]
    pdf: Callable[[Any], bytes]
    xlsx: Callable[[Any], bytes]
    example: Callable[[], Any]


PROGRESS: Final = Shape(
    template=docx.TEMPLATE,
    part="reports/_sheet.html",
    as_text=content.as_text,
    from_text=content.from_text,
    filling=docx.filling,
    pdf=pdf.render,
    xlsx=xlsx.render,
    example=example_progress,
)
NOTE: Final = Shape(
    template=note_word.TEMPLATE,
    part="reports/_note.html",
    as_text=note.as_text,
    from_text=note.from_text,
    filling=note_word.filling,
    pdf=note_pdf.render,
    xlsx=note_xlsx.render,
    example=example_note,
)


@dataclass(frozen=True, slots=True)
class Start:
    """Shown where there is nothing yet that a report could be about: what is missing, and where it is entered."""

    words: str
    address: str
    action: str


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of report.

    `topics` (`region_topics` of a region) tells what a report may be narrowed to on a day: pairs of `about` and words,
    the first for the whole. With `start` it is always about one of them, the first when nothing is said.
    `has_stretch`: interim, cumulative or for a stretch, with the day since which gains are counted. `has_words`: a
    person may add conclusions. `paper` is the kind of document that an issue becomes. `public` takes out of a region's
    report what only its people may see; without it the whole may be shown.
    """

    code: str
    title: str
    says: str
    of: Literal["roadmap", "region"]
    build: Callable[[Asked], Any]
    shape: Shape = NOTE
    topics: Topics | None = None
    region_topics: RegionTopics | None = None
    start: Start | None = None
    has_stretch: bool = False
    has_words: bool = True
    paper: str = "note"
    public: Callable[[Any], Any] | None = None

    def example_filling(self) -> Filling:
        """A made-up report as the values of its Word template: every field there is."""
        return self.shape.filling(self.shape.example())


_REVIEWED: Final = Start(
    "Справка собирается из завершённой экспертизы, а её пока нет. Сделайте выборку, соберите оценки экспертов и "
    "завершите экспертизу — и справка появится здесь.",
    "/reviews/",
    "Открыть экспертизы",
)
REPORTS: Final[tuple[ReportKind, ...]] = (
    ReportKind(
        code="progress",
        title="Отчёт о ходе карты",
        says="Что выполнено, что прибавилось, по каким пунктам срок прошёл и почему.",
        of="roadmap",
        build=progress.build_asked,
        shape=PROGRESS,
        has_stretch=True,
        has_words=False,
        paper="report",
    ),
    ReportKind(
        code="evidence",
        title="Реестр подтверждающих документов",
        says="Пункт, документ с номером, датой и ссылкой, пояснение: по карте, разделу или пункту.",
        of="roadmap",
        build=evidence.build,
        topics=evidence.topics,
    ),
    ReportKind(
        code="equipment",
        title="Справка об оснащении",
        says="Школы и национальные проекты: что получено, сколько было и стало, чего не внесли.",
        of="roadmap",
        build=equipment.build,
        topics=equipment.topics,
    ),
    ReportKind(
        code="survey",
        title="Справка об анкетировании",
        says="Один опрос или сбор: кто ответил, доли ответов, разница с прежним.",
        of="roadmap",
        build=survey.build,
        topics=survey.topics,
        start=Start(
            "Справка собирается из опроса или сбора, а их пока нет. Загрузите таблицу с итогами опроса или "
            "проведите свой сбор — и справка появится здесь.",
            "/surveys/",
            "Открыть опросы",
        ),
    ),
    ReportKind(
        code="reviews",
        title="Справка об экспертизе",
        says="Завершённая экспертиза: выборка, результаты, согласие экспертов. Без имён и названий школ.",
        of="roadmap",
        build=reviews.build,
        topics=reviews.topics,
        start=_REVIEWED,
    ),
    ReportKind(
        code="region_progress",
        title="Сводный отчёт по региону",
        says="Карты муниципалитетов программы вместе; школы и документы посчитаны по одному разу.",
        of="region",
        build=region_progress.build,
        has_stretch=True,
        paper="report",
        public=region_progress.public,
    ),
    ReportKind(
        code="region_equipment",
        title="Справка об оснащении по региону",
        says="Муниципалитеты вместе: сколько школ внесли оснащение, что было и стало по проектам.",
        of="region",
        build=region_equipment.build,
        region_topics=region_equipment.topics,
    ),
    ReportKind(
        code="region_reviews",
        title="Справка об экспертизе региона",
        says="Завершённая экспертиза региона: выборка, результаты, согласие экспертов. Без имён и школ.",
        of="region",
        build=reviews.build,
        region_topics=reviews.region_topics,
        start=_REVIEWED,
    ),
)
KINDS: Final = {kind.code: kind for kind in REPORTS}


def kinds_of(what: Literal["roadmap", "region"]) -> tuple[ReportKind, ...]:
    """The kinds that can be made of a roadmap, or of a region."""
    return tuple(kind for kind in REPORTS if kind.of == what)
