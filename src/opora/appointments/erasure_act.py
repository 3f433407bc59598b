"""The act of destruction of a person's data (приказ РКН № 179) as a Word file, made of its line of history."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from opora.accounts.models import User
from opora.core.models import HistoryEntry
from opora.core.refusal import Refused

ERASED = "person.erased"
LAW = "часть 3 статьи 21 Федерального закона от 27.07.2006 № 152-ФЗ, приказ Роскомнадзора от 28.10.2022 № 179"
GROUNDS = (
    "Сохранено обезличенным или по требованию закона: записи о работе (кто внёс, утвердил, посетил) — без имени; "
    "журнал действий — как протокол обработки, который нельзя менять (статьи 18.1 и 19 Закона № 152-ФЗ); "
    "подписанные и утверждённые бумаги — по срокам хранения (Федеральный закон от 22.10.2004 № 125-ФЗ)."
)


def erasure_of(person: User) -> HistoryEntry:
    """The line of history by which a person's data were erased. Refused when they were not."""
    entry = HistoryEntry.objects.filter(
        verb=ERASED, subject_kind=User._meta.label_lower, subject_id=person.pk
    ).first()
    if entry is None:
        raise Refused("Данные этого человека не удалялись: акта нет.")
    return entry


def act_docx(person: User, *, centre: str) -> bytes:
    """The bytes of the act. It names the person by the number alone: the name is what was destroyed."""
    entry = erasure_of(person)
    facts: dict[str, Any] = json.loads(entry.facts)
    paper = Document()
    _lay_out(paper)
    _line(paper, centre, is_centred=True)
    _line(paper, f"АКТ № {entry.number}", is_centred=True, is_bold=True)
    _line(paper, "об уничтожении персональных данных", is_centred=True, is_bold=True)
    at = timezone.make_naive(entry.at)
    _line(paper, f"{at:%d.%m.%Y}")
    for words in (
        f"Основание: {facts['ground']}; {LAW}.",
        f"Субъект персональных данных: запись № {person.pk} информационной системы «Опора».",
        f"Уничтожил(а): {entry.person_name}.",
        f"Способ: удаление и обезличивание записей средствами системы. Дата и время: {at:%d.%m.%Y %H:%M}.",
    ):
        _line(paper, words)
    _table(paper, "Уничтожено", facts["erased"])
    _table(paper, "Осталось без имени", facts["stays"])
    _line(paper, GROUNDS)
    _line(paper, "Выгрузка из журнала регистрации событий", is_bold=True)
    _line(
        paper,
        f"Запись № {entry.number}, {at:%d.%m.%Y %H:%M:%S}, исполнитель: {entry.person_name}, событие: данные человека "
        f"удалены, запись № {person.pk}; контрольная сумма {entry.hash}, предыдущей записи {entry.previous_hash}.",
    )
    _line(paper, "Подпись ____________________ / ____________________ /")
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _lay_out(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    paper.core_properties.title = "Акт об уничтожении персональных данных"
    paper.core_properties.language = "ru-RU"


def _line(paper: Any, words: str, *, is_centred: bool = False, is_bold: bool = False) -> None:
    line = paper.add_paragraph()
    line.add_run(words).bold = is_bold
    if is_centred:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(paper: Any, title: str, rows: Iterable[tuple[str, int]]) -> None:
    told = list(rows)
    if not told:
        return
    _line(paper, title, is_bold=True)
    table = paper.add_table(rows=1, cols=2, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, ("Что", "Записей"), strict=True):
        cell.text = words
    for words, count in told:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = words, str(count)
