"""Photographs of a sheet filled in on paper: each is a document of the school, tied to its visit."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from opora.accounts.models import User
from opora.core.examination import kind_examined
from opora.core.history import record
from opora.core.refusal import Refused
from opora.core.russian import day_words
from opora.documents.actions import add_document
from opora.programmes.models import DocumentKind
from opora.visits.models import SheetPaper, Visit
from opora.visits.rules import locked

MOST_PAPERS = 5
PICTURES = ("jpg", "png", "webp")
KIND = "visit-sheet"


@transaction.atomic
def add_paper(
    *, visit: Visit, content: bytes, file_name: str, on: date, by: User, at: datetime
) -> SheetPaper:
    """Keep a photograph of the paper sheet as a document of the school. The same picture again is kept once.

    Refused: five are there already, the visit is cancelled, the file is not jpg, png or webp (F-TYPE…).
    """
    visit = locked(visit)
    if visit.cancelled_on is not None:
        raise Refused(f"Посещение отменено {day_words(visit.cancelled_on)}: листа у него нет.")
    kind = kind_examined(content, file_name)
    if kind not in PICTURES:
        raise Refused(
            f"Формат файла не подходит: нужен снимок jpg, png или webp, а это {kind}.",
            code="F-TYPE",
            status=415,
        )
    if visit.papers.count() >= MOST_PAPERS:
        raise Refused(f"К листу уже приложено {MOST_PAPERS} снимков, больше нельзя.")
    day = visit.held_on or visit.planned_on
    document = add_document(
        municipality=visit.school.municipality,
        title=f"Лист посещения: {visit.school}, {day:%d.%m.%Y}",
        dated_on=min(day, on),
        content=content,
        file_name=file_name,
        kind=DocumentKind.objects.filter(programme=visit.programme, code=KIND).first(),
        school=visit.school,
        curator=visit.curator,
        by=by,
        at=at,
        on=on,
    )
    paper = SheetPaper.objects.create(visit=visit, document=document)
    record(visit, "visit.paper_added", by=by, at=at, file=file_name[:200], on=on)
    return paper
