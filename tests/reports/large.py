"""Papers of as many rows as are asked for, made by the doors that the pages use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from opora.documents.mark_book import sheet_of
from opora.reports.note import Column, Note, Table
from opora.reports.papers import word_file
from opora.reports.renderers import note_pdf, note_word, note_xlsx
from opora.reports.renderers import pdf as progress_pdf
from opora.reviews.protocol import Protocol
from opora.reviews.views import protocol_files
from opora.schools import outcome_book
from opora.schools.models import Municipality, Outcome, School
from opora.visits.schedule import Line, Schedule
from opora.visits.views import schedule_files
from tests.reports.values import report_saying

DAY = date(2022, 9, 15)
WORDS = ("МБОУ «Школа № 12»", "Ноутбук учебный ученический, 15,6 дюйма", "Точка роста", "450 000,00")


def papers(rows: int) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every kind of paper that may have many rows, by the doors that the pages use."""
    note, progress = note_of(rows), report_saying("слово", 60)
    schedule, protocol = schedule_of(rows), protocol_of(rows // 5)
    yield "outcomes_xlsx", lambda: outcome_book.book_of(outcomes(3 * rows))
    yield "marks_xlsx", lambda: sheet_of("Отметки", WORDS, (20, 40, 20, 20), (WORDS for _ in range(3 * rows)))
    yield "note_xlsx", lambda: note_xlsx.render(note)
    yield "schedule_xlsx", lambda: schedule_files.xlsx(schedule)
    yield "progress_pdf", lambda: progress_pdf.render(progress)
    yield "schedule_pdf", lambda: schedule_files.pdf(schedule)
    yield "schedule_docx", lambda: schedule_files.docx(schedule)
    yield "protocol_pdf", lambda: protocol_files.as_pdf(protocol)
    yield "protocol_docx", lambda: protocol_files.as_docx(protocol)
    yield "note_pdf", lambda: note_pdf.render(note)
    yield "note_docx", lambda: word_file("region_equipment", note_word.filling(note), place=None)


def note_of(rows: int) -> Note:
    """A note with one table of so many rows."""
    columns = tuple(Column(words) for words in ("№", "Школа", "Что", "Проект", "Сумма"))
    table = Table("Оборудование", columns, tuple((str(one), *WORDS) for one in range(rows)))
    return Note(report_saying("слово").head, "", (table,))


def schedule_of(rows: int) -> Schedule:
    """A schedule of so many visits."""
    lines = tuple(
        Line(one, "Школа № 12", "Иванова А. Б.", "методист", DAY, "10:00", "очно", DAY)
        for one in range(1, rows + 1)
    )
    words: dict[str, Any] = {one.name: "слово" for one in fields(Schedule)}
    return Schedule(**{**words, "as_of": DAY, "lines": lines})


def protocol_of(rows: int) -> Protocol:
    """The protocol of a draw of so many documents."""
    words: dict[str, Any] = {one.name: "слово" for one in fields(Protocol)}
    documents = tuple((str(one), *WORDS) for one in range(rows))
    return Protocol(**{**words, "method": ("слово",), "strata": (), "documents": documents, "experts": ()})


def outcomes(rows: int) -> Iterator[Outcome]:
    """So many results of one school, not in any base."""
    school = School(short_name="Школа № 12", municipality=Municipality(name="г. о. Примерск"))
    for one in range(rows):
        yield Outcome(
            school=school, year=2022, exam="oge", subject="Математика", grade=9, pupils=20 + one % 9
        )
