"""Marks of ИС МЭДК through their pages: the school loads, the curator answers, tables and many at once, the package."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core.refusal import Refused
from opora.documents.models import FederalMark
from opora.schools.actions.work import MeasureTold, WorkTold, save_work
from opora.schools.models import Participation, School
from tests.documents.conftest import Town
from tests.documents.owed_town import (
    APRIL,
    AT,
    TODAY,
    choose,
    confirm_all,
    factor,
    furnish,
    kind,
    mark,
    paper,
    part_of,
)
from tests.visitor import Page, Visitor

LIST, LOAD, MANY = "/marks/federal/", "/marks/federal/load/", "/marks/federal/many/"
LIST_QUERIES = 14


@pytest.fixture(autouse=True)
def furnished(town: Town) -> None:
    furnish(town)
    for school in town.schools:
        choose(town, school, 1, 2)


def seen(who: Any, on: date = TODAY) -> Visitor:
    visitor = Visitor(who)
    visitor.client.day = on
    return visitor


def states(school: School) -> list[str]:
    return list(
        FederalMark.objects.filter(participation__school=school)
        .order_by("pk")
        .values_list("state", flat=True)
    )


def address_of(school: School, code: str = "development-concept", number: int | None = None) -> str:
    return f"/marks/{part_of(school).pk}/papers/{kind(code).pk}/{factor(number).pk if number else 0}/"


def open_table(visitor: Visitor, table: str) -> Page:
    return visitor.send(visitor.open(LOAD), text=table)


def test_a_school_loads_and_its_curator_answers_first_with_a_question_then_confirms(town: Town) -> None:
    school = town.schools[0]
    keeper, curator = seen(town.school_coordinator), seen(town.curator)
    link = "https://medk.example/paper/1"

    keeper.send(keeper.open(address_of(school)), state="loaded", on="2022-09-01", address=link)
    asked = curator.open(address_of(school))
    assert [box.get("value") for box in asked.tree.iterfind(".//input[@name='state']")] == [
        "confirmed",
        "returned",
    ]
    silent = curator.send(asked, state="returned", on="2022-09-02", words="", status=422)
    assert "Напишите, что поправить" in silent.words
    curator.send(silent, state="returned", on="2022-09-02", words="Нет сроков")
    assert "Нет сроков" in keeper.open(f"/marks/{part_of(school).pk}/").words
    keeper.send(keeper.open(address_of(school)), state="loaded", on="2022-09-03")
    card = curator.send(curator.open(address_of(school)), state="confirmed", on="2022-09-04")

    assert states(school) == ["loaded", "returned", "loaded", "confirmed"]
    assert "Подтверждено куратором 4 сентября" in card.words
    assert link in [one.get("href") for one in card.tree.iterfind(".//a")]
    assert "Вернулось с вопросом" in seen(town.curator, date(2022, 9, 2)).open(LIST).words


def test_nobody_confirms_what_is_not_loaded(town: Town) -> None:
    curator = seen(town.curator)

    page = curator.send(
        curator.open(address_of(town.schools[0])), state="confirmed", on="2022-09-04", status=422
    )

    assert "загрузка ещё не отмечена" in page.words
    assert states(town.schools[0]) == []


def test_a_keeper_may_not_confirm_and_a_stranger_to_the_school_finds_nothing(town: Town) -> None:
    keeper = seen(town.school_coordinator)
    page = keeper.open(address_of(town.schools[0]))
    form = page.forms_to("")[0]

    keeper.send_form(page, form, 422, state="confirmed", on="2022-09-04")
    keeper.open(address_of(town.schools[1]), status=404)
    keeper.open(f"/marks/{part_of(town.schools[1]).pk}/", status=404)
    seen(town.head).open(address_of(town.schools[0]), status=404)

    assert states(town.schools[0]) == []


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"state": "loaded", "on": date(2022, 9, 16)}, "ещё не наступило"),
        ({"state": "loaded", "on": date(2022, 3, 1)}, "есть отметка от 01.04.2022"),
        ({"state": "returned", "on": APRIL}, "Напишите, что поправить"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(told: dict[str, Any], words: str, town: Town) -> None:
    mark(town, town.schools[0], "development-concept", None, "loaded", APRIL)

    with pytest.raises(Refused, match=words):
        mark(town, town.schools[0], "development-concept", None, **told)


def test_only_marked_papers_with_their_factor_are_marked(town: Town) -> None:
    for code, number in (("school-note", None), ("anti-risk-programme", None), ("development-concept", 1)):
        with pytest.raises(Refused):
            mark(town, town.schools[0], code, number, "loaded")
    assert states(town.schools[0]) == []


def test_the_same_mark_again_adds_nothing(town: Town) -> None:
    school = town.schools[0]

    assert mark(town, school, "development-concept", None, "none") == 0
    assert [mark(town, school, "development-concept", None, "loaded") for _ in range(3)] == [1, 0, 0]


def test_a_measure_is_marked_too(town: Town) -> None:
    school = town.schools[0]
    work = save_work(
        participation=part_of(school), factor=factor(1), version=0,
        told=WorkTold(aim="Цель", measures=(MeasureTold("Купить приборы"),)), by=town.coordinator, at=AT,
    )  # fmt: skip
    keeper = seen(town.school_coordinator)
    page = keeper.open(f"/marks/{part_of(school).pk}/")
    assert "Купить приборы" in page.words

    card = keeper.send(
        keeper.open(f"/marks/{part_of(school).pk}/measures/{work.measures.get().pk}/"),
        state="loaded",
        on="2022-09-01",
    )

    assert "Загружено 1 сентября" in card.words
    assert FederalMark.objects.get().measure == work.measures.get()


def test_many_schools_are_marked_at_once_or_not_at_all(town: Town) -> None:
    coordinator = seen(town.coordinator)
    page = coordinator.open(f"{MANY}?kind={kind('development-concept').pk}")
    codes = [box.get("value") for box in page.tree.iterfind(".//input[@name='papers']")]
    assert len(codes) == 2

    nobody = coordinator.send(page, state="loaded", on="2022-09-01", status=422)
    assert "Отметьте хотя бы одну школу" in nobody.words
    early = coordinator.send(nobody, papers=codes, state="confirmed", on="2022-09-01", status=422)
    assert "загрузка ещё не отмечена" in early.words
    coordinator.send(early, papers=codes, state="loaded", on="2022-09-01")

    assert [states(school) for school in town.schools] == [["loaded"], ["loaded"]]


def test_a_pasted_table_is_shown_first_then_written_and_changes_nothing_the_second_time(town: Town) -> None:
    coordinator = seen(town.coordinator)
    table = "\n".join(
        "\t".join(row)
        for row in (
            ("Школа", "Документ", "Состояние", "Дата", "Ссылка", "Пояснение"),
            ("Школа № 101", "Концепция развития", "загружено", "05.05.2022", "https://medk.example/1", ""),
            ("Школа № 101", "Антирисковая программа, риск 2", "подтверждено", "06.05.2022", "", ""),
            (
                "Школа № 102",
                "Антирисковая программа: Фактор номер 1",
                "вернулось",
                "06.05.2022",
                "",
                "Где сроки",
            ),
            ("Школа № 999", "Концепция развития", "загружено", "", "", ""),
            ("Школа № 102", "Концепция развития", "летит", "", "", ""),
            ("Школа № 102", "Концепция развития", "загружено", "31.02.2022", "", ""),
            ("Школа № 102", "Концепция развития", "загружено", "01.05.2022", "medk", ""),
            ("Школа № 101", "Концепция развития", "нет", "", "", ""),
        )
    )

    shown = open_table(coordinator, table)
    assert FederalMark.objects.count() == 0
    assert "Новых отметок: 3" in shown.words
    for words in (
        "Школа № 999",
        "не похоже на состояние",
        "такого дня нет",
        "не похоже на ссылку",
        "взята первая",
    ):
        assert words in shown.words
    coordinator.send(shown, agree="1")
    again = open_table(coordinator, table)

    assert states(town.schools[0]) == ["loaded", "confirmed"]
    assert states(town.schools[1]) == ["returned"]
    assert "всё из таблицы уже записано" in again.words


def test_what_changed_meanwhile_is_shown_anew(town: Town) -> None:
    coordinator = seen(town.coordinator)
    shown = open_table(coordinator, "Школа № 101\tКонцепция развития\tзагружено\t05.05.2022")
    mark(town, town.schools[0], "development-concept", None, "loaded", APRIL)

    late = coordinator.send(shown, agree="1", status=409)

    assert "отметки изменил другой человек" in late.words
    assert states(town.schools[0]) == ["loaded"]


def test_a_keeper_loads_a_table_of_the_own_school_and_may_not_confirm_by_it(town: Town) -> None:
    keeper = seen(town.school_coordinator)

    shown = open_table(
        keeper,
        "Школа № 101\tКонцепция развития\tподтверждено\t05.05.2022\n"
        "Школа № 102\tКонцепция развития\tзагружено\t05.05.2022",
    )

    assert "ставит куратор или координатор" in shown.words
    assert "школы «Школа № 102» нет среди тех, что вы ведёте" in shown.words
    assert "Новых отметок: 0" in shown.words


@pytest.mark.parametrize(("text", "code"), [("", 400), ("Погода\tхорошая", 422)])
def test_no_table_is_refused_and_the_form_stays(text: str, code: int, town: Town) -> None:
    coordinator = seen(town.coordinator)

    page = coordinator.send(coordinator.open(LOAD), text=text, status=code)

    assert page.tree.find(".//textarea[@name='text']") is not None


def test_the_book_of_marks_can_be_loaded_back(town: Town) -> None:
    confirm_all(town, town.schools[0], (1, 2))
    coordinator = seen(town.coordinator)
    book = coordinator.client.get("/marks/federal/book.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    table = "\n".join("\t".join(str(cell or "") for cell in row) for row in sheet.values)

    again = open_table(coordinator, table)

    assert sheet.max_row == 7
    assert "Новых отметок: 0" in again.words


def test_the_package_of_a_school_is_named_and_numbered_with_a_register(town: Town) -> None:
    school = town.schools[0]
    paper(
        town, school, "development-concept", number=None, content="=1+1 концепция".encode(), approved_on=APRIL
    )
    paper(town, school, "anti-risk-programme", 2, content=b"programme of the second factor")
    mark(town, school, "development-concept", None, "loaded")

    answer = seen(town.school_coordinator).client.get(f"/marks/{part_of(school).pk}/package.zip")

    assert answer.streaming
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
        register = archive.read("00 Реестр.txt").decode("utf-8-sig")
        sheet = openpyxl.load_workbook(io.BytesIO(archive.read("00 Реестр.xlsx"))).active
        assert archive.read("01 Концепция развития.txt") == "=1+1 концепция".encode()
    assert names == [
        "01 Концепция развития.txt",
        "03 Антирисковая программа Фактор номер 2.txt",
        "00 Реестр.xlsx",
        "00 Реестр.txt",
    ]
    assert "02. Антирисковая программа: Фактор номер 1: нет документа" in register
    assert [row[5] for row in sheet.values][1:] == ["Утверждён", "нет документа", "Черновик"]


@pytest.mark.parametrize("address", [LIST, "/marks/", MANY, "/marks/federal/book.xlsx"])
def test_pages_over_many_schools_cost_the_same(address: str, town: Town) -> None:
    coordinator, costs = seen(town.coordinator), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert coordinator.client.get(address).status_code == 200
        costs.append(len(captured))
        first = 200 + 300 * len(costs)
        made = School.objects.bulk_create(
            School(municipality=town.municipality, name=f"Ш {one}", short_name=f"Ш {one}", number=one)
            for one in range(first, first + 300)
        )
        Participation.objects.bulk_create(
            Participation(school=one, programme=town.programme, since=date(2022, 1, 10)) for one in made
        )

    assert costs[0] == costs[1] <= LIST_QUERIES, costs
