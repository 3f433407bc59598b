"""The register of report kinds: a row for each, written by hand. A new note is a file in `kinds` and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from opora.plans.models import Roadmap
from opora.reports import content, note
from opora.reports.asked import Asked
from opora.reports.content import Progress
from opora.reports.examples import example_note, example_progress
from opora.reports.kinds import evidence, progress, region_progress
from opora.reports.note import Note
from opora.reports.renderers import docx, note_pdf, note_word, note_xlsx, pdf, xlsx
from opora.reports.word.filling import Filling

Content = Progress | Note
Topics = Callable[[Roadmap, date], list[tuple[str, str]]]


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
class ReportKind:
    """One kind of report.

    `topics` tells what a report may be narrowed to on a day: pairs of `about` and words, the first for the whole.
    `has_stretch`: interim, cumulative or for a stretch, with the day since which gains are counted. `has_words`: a
    person may add conclusions. `paper` is the kind of document that an issue becomes.
    """

    code: str
    title: str
    says: str
    of: Literal["roadmap", "region"]
    build: Callable[[Asked], Any]
    shape: Shape = NOTE
    topics: Topics | None = None
    has_stretch: bool = False
    has_words: bool = True
    paper: str = "note"

    def example_filling(self) -> Filling:
        """A made-up report as the values of its Word template: every field there is."""
        return self.shape.filling(self.shape.example())


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
        code="region_progress",
        title="Сводный отчёт по региону",
        says="Карты муниципалитетов программы вместе; школы и документы посчитаны по одному разу.",
        of="region",
        build=region_progress.build,
        has_stretch=True,
        paper="report",
    ),
)
KINDS: Final = {kind.code: kind for kind in REPORTS}


def kinds_of(what: Literal["roadmap", "region"]) -> tuple[ReportKind, ...]:
    """The kinds that can be made of a roadmap, or of a region."""
    return tuple(kind for kind in REPORTS if kind.of == what)
