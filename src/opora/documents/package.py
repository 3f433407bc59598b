"""The package of one school for ИС МЭДК: its papers named and numbered, and a register of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from opora.core.archive import Entry, file_name
from opora.core.filetypes import extension_of
from opora.documents.mark_book import sheet_of
from opora.documents.models import Document, Version
from opora.documents.owed import Owed
from opora.schools.models import Participation

TITLES = ("№", "Документ", "Номер", "Дата", "Название", "Состояние", "В ИС МЭДК", "Файл")
_WIDTHS = (6, 44, 12, 12, 44, 22, 24, 44)
_LACKING = "нет документа"


def package_of(
    part: Participation, owed: Sequence[Owed], seen: QuerySet[Document], as_of: date
) -> list[Entry]:
    """The entries of the archive: the latest file of each paper as of the day, then the register as xlsx and txt.

    `seen` are the documents that the person may see: others stay out. One query.
    """
    files = latest_files([one.paper.pk for one in owed if one.paper], seen, as_of)
    entries, rows = [], []
    for number, one in enumerate(owed, 1):
        version = files.get(one.paper.pk) if one.paper else None
        name = f"{number:02} {file_name(one.name)}.{extension_of(version.name)}" if version else ""
        if version is not None:
            entries.append(Entry(name, version.file.sha256))
        rows.append(_row(number, one, name))
    titled = f"{part.school}, {part.programme}. Состояние на {as_of:%d.%m.%Y}"
    return [
        *entries,
        Entry("00 Реестр.xlsx", sheet_of("Реестр", TITLES, _WIDTHS, rows)),
        Entry("00 Реестр.txt", _as_text(titled, rows)),
    ]


def package_name(part: Participation) -> str:
    """The name of the archive in letters that every system keeps."""
    return f"medk-{part.school.number or part.school_id}.zip"


def latest_files(documents: Sequence[int], seen: QuerySet[Document], as_of: date) -> dict[int, Version]:
    """The file of each document that was the latest on a day, by document. One query."""
    versions = (
        Version.objects.filter(document__in=seen.filter(pk__in=documents).order_by().values("pk"))
        .select_related("file")
        .order_by("document", "number")
    )
    found: dict[int, Version] = {}
    for version in versions:
        # A file put in later than the day is not what was there; the first one stands for papers entered afterwards.
        if version.document_id not in found or version.added_at.date() <= as_of:
            found[version.document_id] = version
    return found


def _row(number: int, one: Owed, name: str) -> tuple[str, ...]:
    paper = one.paper
    if paper is None:
        return f"{number:02}", one.name, "", "", "", _LACKING, one.mark.label, ""
    state = str(Document.State(paper.state).label)
    return (
        f"{number:02}", one.name, paper.number, f"{paper.dated_on:%d.%m.%Y}", paper.title, state,
        one.mark.label, name or "файл вам не виден",
    )  # fmt: skip


def _as_text(titled: str, rows: Sequence[Sequence[str]]) -> bytes:
    lines = [titled, ""]
    for number, name, own_number, day, title, state, mark, file in rows:
        told = f"«{title}»{f' № {own_number}' if own_number else ''} от {day}, {state}" if title else state
        lines.append(
            f"{number}. {name}: {told}. В ИС МЭДК: {mark.lower()}.{f' Файл: {file}' if file else ''}"
        )
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
