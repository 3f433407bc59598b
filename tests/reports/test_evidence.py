"""The evidence register: what proves a roadmap, a section or a line, in every format, and frozen like any report."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core.uploads import content_of
from opora.reports.asked import Asked
from opora.reports.kinds import evidence
from opora.reports.models import Issue
from opora.reports.note import Items, Link, Note, Paragraph, from_text
from tests.indicators.town import TODAY, Town, browser_of, make_town
from tests.reports.test_renderers import text_of


def register(town: Town, **more: Any) -> Note:
    told = {"since": town.programme.starts_on, "as_of": TODAY, "stretch": "cumulative"}
    return evidence.build(Asked(programme=town.programme, roadmap=town.roadmap, **{**told, **more}))


def rows(note: Note) -> list[tuple[Any, ...]]:
    return [row for one in note.tables for row in one.rows]


def test_a_line_stands_with_its_paper_and_where_it_is_published(town: Town) -> None:
    first, second, third = rows(register(town))

    assert first[0] == "1.1. Мероприятие 0 со школами-участницами проекта"
    assert isinstance(first[1], Link)
    assert first[1].text == "Отчёт о первом от 05.05.2022"
    assert first[1].address.startswith("/documents/")
    assert second[2] == "Утверждён 10.06.2022; на портале с 10.06.2022"
    assert third[1].text == "График от 05.05.2022"
    assert third[2] == f"{town.schools[0]}; Утверждён 05.05.2022"


def test_lines_without_evidence_are_named(town: Town) -> None:
    note = register(town)
    assert next(one for one in note.blocks if isinstance(one, Items)).rows == (
        "4.1. Мероприятие 3 со школами-участницами проекта",
    )
    assert isinstance(note.blocks[0], Paragraph)
    assert note.blocks[0].text == "Подтверждено 3\u00a0пункта из 4; в реестре 3\u00a0документа."


def test_a_word_confirmed_without_a_paper_is_evidence_too(town: Town) -> None:
    town.word(activity=town.lines[3], confirmed_on=TODAY)
    assert rows(register(town))[-1][1:] == ("Проведено", "подтверждено без документа 15.09.2022")


def test_the_register_is_narrowed_to_a_section_or_a_line(town: Town) -> None:
    assert [row[0][:3] for row in rows(register(town, about="section:2"))] == ["2.1"]
    note = register(town, about=f"line:{town.lines[0].pk}")
    assert len(rows(note)) == 1
    assert note.about.startswith("Пункт 1.1")
    offered = dict(evidence.topics(town.roadmap, TODAY))
    assert offered[""] == "Вся карта"
    assert f"line:{town.lines[0].pk}" in offered


def test_words_of_a_person_close_the_note(town: Town) -> None:
    assert register(town, words="Всё на месте").blocks[-1] == Paragraph("Всё на месте")


def test_the_register_is_taken_frozen_and_published_by_pages(town: Town) -> None:
    client = browser_of(town.head)
    address = f"/reports/{town.roadmap.pk}/evidence"
    assert "Реестр подтверждающих документов" in client.get("/reports/?kind=evidence").content.decode()
    page = client.get(f"{address}/?as_of=2022-09-15&about=section:1").content.decode()
    assert "Отчёт о первом" in page
    assert "График" not in page
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}.xlsx").content))
    assert book["Раздел 1"].cell(2, 2).value == "Отчёт о первом от 05.05.2022"
    assert "Отчёт о первом" in text_of(client.get(f"{address}.docx").content)

    told = {"as_of": "2022-09-15", "about": "section:1", "words": "Проверено", "line": town.lines[3].pk}
    answer = client.post(f"{address}/freeze/", told)

    issue = Issue.objects.get()
    assert (issue.kind, issue.about) == ("evidence", "section:1")
    assert from_text(issue.content).blocks[-1] == Paragraph("Проверено")
    assert issue.document is not None
    assert issue.document.activity == town.lines[3]
    latest = issue.document.versions.first()
    assert latest is not None
    assert content_of(latest.file).startswith(b"%PDF")
    client.post(f"/reports/issues/{issue.pk}/publish/")
    assert "Размещён" in client.get(answer.headers["Location"]).content.decode()


def test_words_too_long_are_told_and_kept_on_the_page(town: Town) -> None:
    told = {"as_of": "2022-09-15", "about": "", "words": "д" * 2001}
    answer = browser_of(town.head).post(f"/reports/{town.roadmap.pk}/evidence/freeze/", told)

    assert answer.status_code == 422
    assert "Выводы длинные" in answer.content.decode()
    assert "д" * 2001 in answer.content.decode()
    assert not Issue.objects.exists()


@pytest.mark.parametrize("code", ["nothing", "region_progress"])
def test_a_kind_that_is_not_of_a_roadmap_is_not_found(town: Town, code: str) -> None:
    assert browser_of(town.head).get(f"/reports/{town.roadmap.pk}/{code}/").status_code == 404


def test_a_register_of_ninety_lines_asks_as_often_as_one_of_three(db: None) -> None:
    counts = []
    for count in (1, 30):
        town = make_town(name=f"Город {count}")
        town.plan(*([[("documents_ready", "one", 1)]] * 3 * count))
        for line in town.lines[:count]:
            town.approved(f"Отчёт {line.pk}", activity=line)
        with CaptureQueriesContext(connection) as captured:
            register(town)
        counts.append(len(captured))
    assert counts == [6, 6]
