"""The register of evidence of a line, a school, a roadmap: position | document with number, date, title, link | comment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from opora.core.archive import Entry, file_name
from opora.core.filetypes import extension_of
from opora.documents.mark_book import sheet_of
from opora.documents.models import Document, Publication, Version
from opora.documents.package import latest_files
from opora.documents.queries import state_on, up_on
from opora.plans.models import Activity

TITLES = ("Пункт", "Мероприятие", "Документ", "Номер", "Дата", "Ссылка", "Примечание", "Файл")
_WIDTHS = (9, 50, 50, 14, 12, 40, 40, 44)
_NOTHING = "документов нет"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One position of the register: a document of a line as it stood on a day, or a line without any (`document_id` None).

    `address` is of a publication elsewhere, else the path of the card; `file` is the latest version by the day.
    """

    position: str
    position_words: str
    document_id: int | None = None
    title: str = ""
    number: str = ""
    dated_on: date | None = None
    address: str = ""
    comment: str = _NOTHING
    file: Version | None = None

    @property
    def document_words(self) -> str:
        """«Отчёт № 5 от 03.05.2022»."""
        if self.dated_on is None:
            return ""
        return f"{self.title}{f' № {self.number}' if self.number else ''} от {self.dated_on:%d.%m.%Y}"


def evidence_rows(
    documents: QuerySet[Document], as_of: date, lines: Sequence[Activity] = ()
) -> list[EvidenceRow]:
    """The documents known on a day in the order of their lines, the approved first; three queries for any number.

    `lines` are the positions asked for: those without a document have a row of their own, and come in their order;
    documents of other lines and of none come after them.
    """
    found = list(
        documents.filter(Q(approved_on__lte=as_of) | Q(added_on__lte=as_of))
        .select_related("activity", "school")
        .order_by("activity__position", F("approved_on").asc(nulls_last=True), "dated_on", "pk")
    )
    ids = [one.pk for one in found]
    files = latest_files(ids, documents, as_of)
    places: dict[int, list[Publication]] = {}
    for one in Publication.objects.filter(up_on(as_of), document__in=ids).order_by("published_on", "pk"):
        places.setdefault(one.document_id, []).append(one)
    by_line: dict[int | None, list[EvidenceRow]] = {}
    for document in found:
        row = _row(document, files.get(document.pk), places.get(document.pk, ()), as_of)
        by_line.setdefault(document.activity_id, []).append(row)
    rows = []
    for line in lines:
        rows += by_line.pop(line.pk, []) or [EvidenceRow(line.number, _in_line(line.text))]
    return rows + [row for group in by_line.values() for row in group]


def evidence_archive(rows: Sequence[EvidenceRow]) -> list[Entry]:
    """The entries of an archive: the files in folders by position, and the register as a workbook."""
    entries, told = [], []
    for row in rows:
        name = _name_of(row)
        if row.file is not None:
            entries.append(Entry(name, row.file.file.sha256))
        told.append(
            (
                row.position, row.position_words, row.title, row.number,
                f"{row.dated_on:%d.%m.%Y}" if row.dated_on else "", row.address, row.comment, name,
            )
        )  # fmt: skip
    return [*entries, Entry("00 Реестр.xlsx", sheet_of("Реестр", TITLES, _WIDTHS, told))]


def _name_of(row: EvidenceRow) -> str:
    if row.file is None or row.dated_on is None:
        return ""
    folder = file_name("Пункт", row.position) if row.position else "Без пункта"
    return f"{folder}/{row.dated_on:%Y-%m-%d} {file_name(row.title)}.{extension_of(row.file.name)}"


def _row(document: Document, file: Version | None, places: Iterable[Publication], as_of: date) -> EvidenceRow:
    line = document.activity
    elsewhere = next((place.address for place in places if place.address), "")
    return EvidenceRow(
        position=line.number if line else "",
        position_words=_in_line(line.text) if line else "",
        document_id=document.pk,
        title=document.title,
        number=document.number,
        dated_on=document.dated_on,
        address=elsewhere or f"/documents/{document.pk}/",
        comment=_comment(document, places, as_of),
        file=file,
    )


def _comment(document: Document, places: Iterable[Publication], as_of: date) -> str:
    state = Document.State(state_on(document, as_of))
    day = f" {document.approved_on:%d.%m.%Y}" if state == Document.State.APPROVED else ""
    parts = [f"{state.label}{day}"]
    parts += [f"{place.get_where_display().lower()} с {place.published_on:%d.%m.%Y}" for place in places]
    if document.school is not None:
        parts.insert(0, str(document.school))
    return "; ".join(parts)


def _in_line(text: str) -> str:
    return " ".join(text.split())
