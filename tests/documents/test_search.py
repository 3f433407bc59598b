"""Search finds words in any form in titles, numbers and files, the same on both engines, and only what one may see."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import docx
import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opora.accounts.models import User
from opora.core.jobs import run_next
from opora.documents import actions
from opora.documents.card import card_of
from opora.documents.models import Document, DocumentText
from opora.documents.searching import documents_matching, excerpt, marked
from tests.documents.conftest import AT, Town

Browser = Callable[[User | None], Client]


def word_file(*paragraphs: str) -> bytes:
    made, kept = docx.Document(), io.BytesIO()
    for words in paragraphs:
        made.add_paragraph(words)
    made.save(kept)
    return kept.getvalue()


def sheet(*cells: str) -> bytes:
    made, kept = openpyxl.Workbook(), io.BytesIO()
    made.active.append(cells)  # type: ignore[union-attr]  # -- a new workbook has a sheet
    made.save(kept)
    return kept.getvalue()


def work() -> None:
    """What the worker does beside the server: everything that was put off."""
    while run_next(at=timezone.now()):
        pass


def found(words: str) -> list[str]:
    return sorted(documents_matching(Document.objects.all(), words).values_list("title", flat=True))


CASES: list[tuple[str, list[str]]] = [
    ("отчёт", ["Отчёт о посещении", "Сводный отчет"]),
    ("ОТЧЁТАМИ", ["Отчёт о посещении", "Сводный отчет"]),
    ("отч", ["Отчёт о посещении", "Сводный отчет"]),
    ("посещения отчёты", ["Отчёт о посещении"]),
    ("посещение сводное", []),
    ("17-Б/2022", ["Приказ"]),
    ("учёной", ["Приказ"]),
    ("учебная мотивация", ["Сводный отчет"]),
    ("мотивации приказу", []),
    ("наставничеством", ["Отчёт о посещении"]),
    ("7", ["Приказ"]),
    ("№ —", []),
    ("“‘'\"*&|!():<->", []),
    ("отчёт OR приказ", []),
    ("", ["Отчёт о посещении", "Приказ", "Сводный отчет"]),
]


@pytest.fixture
def papers(town: Town) -> Town:
    town.document(
        "Отчёт о посещении", content=word_file("Беседа о наставничестве", "Итог"), file_name="посещение.docx"
    )
    town.document("Сводный отчет", content=sheet("Учебной мотивации", "3 школы"), file_name="свод.xlsx")
    text = "О проведении «Учёного совета» № 7 \U0001f600".encode()
    town.document("Приказ", number="17-Б/2022", content=text, file_name="приказ.txt")
    work()
    return town


@pytest.mark.parametrize(("words", "titles"), CASES, ids=[words for words, _ in CASES])
def test_words_are_found_in_any_form(papers: Town, words: str, titles: list[str]) -> None:
    assert found(words) == titles


def test_a_title_is_found_at_once_and_the_words_inside_after_the_worker(town: Town) -> None:
    town.document("Положение", content="Тихая гавань".encode(), file_name="а.txt")

    assert found("положение") == ["Положение"]
    assert found("гавань") == []
    work()
    assert found("гавани") == ["Положение"]


def test_a_new_file_and_a_new_title_take_the_place_of_the_old_in_search(papers: Town) -> None:
    row = Document.objects.get(title="Приказ")
    actions.add_version(
        document=row,
        content="Распоряжение".encode(),
        file_name="б.txt",
        by=papers.coordinator,
        at=timezone.now(),
    )
    card = card_of(row)
    changed = type(card)(
        **{name: getattr(card, name) for name in card.__dataclass_fields__} | {"title": "Решение"}
    )
    actions.change_card(document=row, card=changed, by=papers.coordinator, at=timezone.now())
    assert found("решение") == ["Решение"]
    work()

    assert (found("решения"), found("приказ"), found("распоряжения")) == (["Решение"], [], ["Решение"])
    assert found("учёного совета") == []


def test_a_removed_document_is_not_found(papers: Town) -> None:
    DocumentText.objects.filter(document__title="Приказ").delete()

    assert found("приказ") == []
    assert found("отчёт") == ["Отчёт о посещении", "Сводный отчет"]


def test_a_file_that_cannot_be_read_is_found_by_its_title(town: Town) -> None:
    town.kept_before("Скан приказа", b"%PDF-1.4\nbroken", "скан.pdf")
    work()

    assert found("сканы") == ["Скан приказа"]
    assert DocumentText.objects.get().words == ""


def test_all_files_are_read_again_by_the_command(papers: Town, capsys: Any) -> None:
    DocumentText.objects.all().delete()
    assert found("наставничество") == []

    call_command("index")

    assert "Просмотрено: 3\u00a0документа. С текстом внутри: 3." in capsys.readouterr().out
    assert found("наставничество") == ["Отчёт о посещении"]
    call_command("index", lacking=True)
    assert "Просмотрено: 0\u00a0документов" in capsys.readouterr().out


def test_the_list_shows_where_the_words_stand_and_escapes_them(town: Town, browser_of: Browser) -> None:
    text = "Начало. " * 60 + "Вот <script>alert(1)</script> наставник и конец"
    town.document("Беседа с наставниками", content=text.encode(), file_name="а.txt")
    work()

    page = browser_of(town.coordinator).get("/documents/", {"q": "наставника"}).content.decode()

    assert "Беседа с <mark>наставниками</mark>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>наставник</mark> и конец" in page
    assert "<script>alert" not in page


def test_a_person_finds_only_what_they_may_see(town: Town, other_town: Town, browser_of: Browser) -> None:
    town.document("Наш секрет", school=town.schools[0], content="наставник".encode(), file_name="а.txt")
    town.document("Черновик центра", content="наставники".encode(), file_name="б.txt")
    town.document(
        "Соседняя школа", school=town.schools[1], content="о наставнике".encode(), file_name="в.txt"
    )
    other_town.document("Чужой", content="наставничество, наставник".encode(), file_name="г.txt")
    work()

    def titles(person: User) -> list[str]:
        answer = browser_of(person).get("/documents/", {"q": "наставник"})
        return sorted(row[0].title for row in answer.context["rows"])

    assert titles(town.coordinator) == ["Наш секрет", "Соседняя школа", "Черновик центра"]
    assert titles(town.school_coordinator) == ["Наш секрет"]
    assert titles(other_town.coordinator) == ["Чужой"]


def test_a_search_costs_the_same_queries_for_3_and_300(town: Town, browser_of: Browser) -> None:
    client = browser_of(town.coordinator)

    def queries(count: int) -> int:
        for number in range(Document.objects.count(), count):
            town.document(f"Отчёт {number}")
        with CaptureQueriesContext(connection) as seen:
            answer = client.get("/documents/", {"q": "отчёты"})
        assert answer.context["page"].paginator.count == count
        return len(seen)

    client.get("/documents/")
    assert (queries(3), queries(300)) == (13, 13)


def test_an_excerpt_shows_the_places_and_no_more() -> None:
    text = (
        "Слово о школе. " + "Пустые слова ряда. " * 30 + "Школы района. " + "Ещё пусто тут. " * 30 + "школа"
    )

    told = "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in excerpt(text, "школы"))

    assert told.startswith("Слово о [школе]. Пустые")
    assert " … " in told
    assert "[Школы] района" in told
    assert told.endswith(" …")
    assert len(told) < 500
    assert excerpt(text, "мост") == []
    assert [piece.text for piece in marked("Мост", "мосты")] == ["Мост"]
    assert excerpt("", "мост") == []


def test_the_index_keeps_the_moment_out_of_the_way_of_repeats(town: Town) -> None:
    row = town.document("Отчёт")
    actions.index_document(document=row, at=AT)
    actions.index_document(document=row, at=AT)

    assert found("отчёт") == ["Отчёт"]
    assert DocumentText.objects.count() == 1


def test_past_a_thousand_the_page_asks_for_one_more_word(town: Town, browser_of: Browser) -> None:
    rows = Document.objects.bulk_create(
        Document(
            municipality=town.municipality,
            title=f"Справка {number}",
            folded_title="справка",
            dated_on=date(2022, 1, 1) + timedelta(days=number % 200),
            added_on=date(2022, 1, 10),
            added_by=town.coordinator,
        )
        for number in range(1003)
    )
    DocumentText.objects.bulk_create(DocumentText(document=row, stems="справк") for row in rows)

    answer = browser_of(town.coordinator).get("/documents/", {"q": "справки"})

    assert "1\u00a0000\u00a0документов последних по дате, а найдено больше" in answer.content.decode()
    shown = [row[0].dated_on for row in answer.context["rows"]]
    assert shown == sorted(shown, reverse=True)
    assert shown[0] == date(2022, 7, 19)
    assert len(shown) == 50
