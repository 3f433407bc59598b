"""The Word papers of the product: their templates, ours and centres' own, and the file that one of them makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db.models import Q, QuerySet

from opora.core.examination import kind_examined
from opora.core.filetypes import clean_name
from opora.core.refusal import Refused
from opora.core.uploads import content_of
from opora.reports.kinds import visit_papers
from opora.reports.models import PaperTemplate
from opora.reports.register import REPORTS, Content, ReportKind
from opora.reports.renderers.docx import template_bytes
from opora.reports.word.own import filled, made
from opora.reports.word.values import Filling
from opora.schools.models import Municipality, Region

Place = Municipality | Region


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper whose template may be replaced; `example` has every field there is."""

    code: str
    title: str
    template: Path
    example: Callable[[], Filling]


PAPERS: Final[tuple[Paper, ...]] = (
    *(Paper(kind.code, kind.title, kind.shape.template, kind.example_filling) for kind in REPORTS),
    Paper(
        "visit_schedule",
        "График посещений",
        visit_papers.SCHEDULE_TEMPLATE,
        visit_papers.schedule_example,
    ),
    Paper("curator_report", "Отчёт куратора", visit_papers.REPORT_TEMPLATE, visit_papers.report_example),
)
PAPERS_BY_CODE: Final = {paper.code: paper for paper in PAPERS}
ENDINGS: Final = ("docx", "pdf", "xlsx")


def word_file(code: str, filling: Filling, *, place: Place | None) -> bytes:
    """The bytes of a .docx file: by the own template of the place where it has one, else by ours.

    Refused when the own template no longer fits: what is wrong and where to mend it.
    """
    own = template_in_use(code, place) if place is not None else None
    if own is None:
        return made(template_bytes(PAPERS_BY_CODE[code].template), filling)
    try:
        return filled(content_of(own.file), filling)
    except Refused as refusal:
        raise Refused(
            f"Свой шаблон «{own.name}» не подошёл. {refusal.words} "
            "Загрузите исправленный или верните наш: «Отчёты», «Шаблоны документов».",
            code=refusal.code,
        ) from refusal


def file_of(kind: ReportKind, report: Content, ending: str, *, place: Place) -> bytes:
    """A report of any kind as a file with one of ENDINGS. Refused as in `word_file`."""
    if ending == "docx":
        return word_file(kind.code, kind.shape.filling(report), place=place)
    return kind.shape.pdf(report) if ending == "pdf" else kind.shape.xlsx(report)


@dataclass(frozen=True, slots=True)
class Tried:
    """A file that passed every check as a template of a paper, and the document it makes."""

    code: str
    content: bytes
    name: str
    made: bytes


def try_template(code: str, content: bytes, name: str, filling: Filling) -> Tried:
    """Check somebody's template in a child process and fill it.

    Refused with the codes of the trust contract; WrongTemplate names the fields and brackets that do not fit.
    """
    kind = kind_examined(content, name)
    if kind != "docx":
        raise Refused(
            f"Формат файла не подходит: по содержимому это {kind}. Шаблон — документ Word (.docx).",
            code="F-TYPE",
            status=415,
        )
    made = filled(content, filling, example=PAPERS_BY_CODE[code].example().values)
    return Tried(code, content, clean_name(name, kind), made)


def template_in_use(code: str, place: Place) -> PaperTemplate | None:
    """The own template of a municipality, else of its region; None when ours is used. One query."""
    return templates_in_use(place, codes=(code,)).get(code)


def templates_in_use(place: Place, *, codes: Iterable[str] | None = None) -> dict[str, PaperTemplate]:
    """The same for every paper that has one, or for the papers named. One query."""
    mine = templates_of(place) if isinstance(place, Region) else _of_town_or_region(place)
    mine = mine.filter(withdrawn_at=None).select_related("file")
    found = mine if codes is None else mine.filter(kind__in=list(codes))
    # The municipality's own goes before that of its region, a later version before an earlier one.
    ranked = sorted(found, key=lambda one: (one.municipality_id is None, -one.number))
    return {one.kind: one for one in reversed(ranked)}


def templates_of(place: Place) -> QuerySet[PaperTemplate]:
    """Every version of every own template of a place, withdrawn ones too, the newest first."""
    held = Q(region=place) if isinstance(place, Region) else Q(municipality=place)
    return PaperTemplate.objects.filter(held).select_related("file", "added_by")


def _of_town_or_region(town: Municipality) -> QuerySet[PaperTemplate]:
    return PaperTemplate.objects.filter(Q(municipality=town) | Q(region=town.region_id))
