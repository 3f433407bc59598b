"""Results as pages and files: narrowed, compared, as of a day; text stays text, nameless ones say nothing of people."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from opora.core.refusal import Refused
from opora.programmes.models import RiskFactor
from opora.questionnaires.actions.accepting import accept_answers
from opora.questionnaires.actions.collections import close_collection, reopen_collection
from opora.questionnaires.answered import answered_by
from opora.questionnaires.content import Choice, Form, Question
from opora.questionnaires.models import Collection
from opora.questionnaires.results import summary_of
from opora.schools.models import Participation
from tests.indicators.town import TODAY, Town, browser_of, make_town
from tests.questionnaires.gathering import AT, FORM, SAID, gather, hand_in, make_version, seen


@pytest.fixture
def town(db: None) -> Town:
    return make_town(6)


def file_of(town: Town, collection: Collection, ending: str, query: str = "") -> bytes:
    answer = browser_of(town.coordinator).get(f"/collections/{collection.pk}/results.{ending}{query}")
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_latest_answer_known_on_the_day_counts(town: Town) -> None:
    collection = gather(town)
    hand_in(collection, town.schools[0], {"teachers": 10}, on=date(2022, 9, 5))
    hand_in(collection, town.schools[0], {"teachers": 20}, on=date(2022, 9, 10))
    hand_in(collection, town.schools[1], {}, is_nothing=True)

    def known(day: int) -> list[dict[str, Any]]:
        return [one.data for one in answered_by(collection, date(2022, 9, day))]

    assert (known(4), known(5), known(30)) == ([], [{"teachers": 10}], [{"teachers": 20}])
    assert summary_of(collection, TODAY).answers == 1
    assert summary_of(collection, TODAY, only=frozenset({town.schools[1].pk})).answers == 0


def test_results_are_drawn_with_their_figures_and_a_sentence(town: Town) -> None:
    collection = gather(town)
    for school in town.schools[:4]:
        hand_in(collection, school)
    page = browser_of(town.coordinator).get(f"/collections/{collection.pk}/results/")

    assert 'role="img" aria-label="Наставники помогают: Не согласен — 0, 0' in page.content.decode()
    words = seen(page).replace("\xa0", " ")
    assert "4 ответа на 15 сентября 2022" in words
    assert "в среднем 30" in words
    assert "Согласен 4 100 %" in words
    whole = seen(browser_of(town.coordinator).get(f"/collections/{collection.pk}/results/?show=table"))
    assert "Школа № 101 30 Согласен Время" in whole


def test_results_are_narrowed_by_category_factor_and_acceptance(town: Town) -> None:
    RiskFactor.objects.create(programme=town.programme, number=1, name="Кадры")
    collection = gather(town)
    Participation.objects.filter(school=town.schools[0]).update(kind="hard_conditions")
    rows = [hand_in(collection, school, {"teachers": place}) for place, school in enumerate(town.schools[:3])]
    accept_answers(respondents=rows[1:2], on=TODAY, by=town.coordinator, at=AT)

    def numbers(query: str) -> list[str]:
        return [row[4] for row in table(file_of(town, collection, "csv", query))[1:]]

    assert numbers("") == ["0", "1", "2"]
    assert numbers("?kind=hard_conditions") == ["0"]
    assert numbers("?kind=low_results") == ["1", "2"]
    assert numbers("?only=accepted") == ["1"]
    assert numbers("?factor=999") == ["0", "1", "2"]


def test_two_stages_are_compared_on_the_page(town: Town) -> None:
    first = gather(town, title="Первый этап", opens_on=date(2022, 3, 1), due_on=date(2022, 3, 20))
    second = gather(town, title="Второй этап")
    for school in town.schools[:2]:
        hand_in(first, school, {"teachers": 10, "agree": "1"}, on=date(2022, 3, 10))
        hand_in(second, school, {"teachers": 12, "agree": "4"})

    page = browser_of(town.coordinator).get(f"/collections/{second.pk}/results/?compare={first.pk}")
    words = seen(page).replace("\xa0", " ")

    assert "Что изменилось с «Первый этап»" in words
    assert "в среднем 10 12 +2" in words
    assert "Согласен 0 % 100 % +100 п. п." in words


def test_a_workbook_and_a_table_keep_text_as_text(town: Town) -> None:
    collection = gather(town)
    hand_in(collection, town.schools[0])

    book = openpyxl.load_workbook(io.BytesIO(file_of(town, collection, "xlsx")))
    assert book.sheetnames == ["Ответы", "Повтор 1", "Вопросы"]
    rows = list(book["Ответы"].iter_rows(values_only=True))
    assert rows[1][1:6] == ("Школа № 101", "10.09.2022", "", 30, "Согласен")
    assert rows[1][7] == "=1+1"
    assert book["Ответы"]["H2"].data_type == "s"
    assert [row[2:] for row in book["Повтор 1"].iter_rows(min_row=2, values_only=True)] == [
        (2.5, "Урок"), (1, "План"),
    ]  # fmt: skip

    content = file_of(town, collection, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    head, row = table(content)
    assert head[-1] == "Пары наставников"
    assert row[7] == "\t=1+1"
    assert row[-1] == "Часов: 2.5, Тема: Урок | Часов: 1, Тема: План"


def test_the_archive_for_spss_has_numbers_and_the_syntax_that_names_them(town: Town) -> None:
    form = Form(
        "Трудная",
        (
            *FORM.questions,
            Question("что_сделано", "/что_сделано", "text", "Текст в\nдве строки"),
            Question("by", "/by", "one", "Кто's", choices=(Choice("we", "Мы"), Choice("they", "Они"))),
        ),
    )
    collection = gather(town, version=make_version(town, form))
    hand_in(collection, town.schools[0], {**SAID, "что_сделано": "раз\nдва; «три»", "by": "they"})

    with zipfile.ZipFile(io.BytesIO(file_of(town, collection, "zip"))) as archive:
        names = archive.namelist()
        head, row = table(archive.read("answers.csv"))
        syntax = archive.read("answers.sps").decode("utf-8-sig")
        book = table(archive.read("codebook.csv"))
        _, first, second = table(archive.read("repeat1.csv"))

    assert names == [
        "answers.csv",
        "answers.sps",
        "repeat1.csv",
        "repeat1.sps",
        "codebook.csv",
        "ПРОЧТИТЕ.txt",
    ]
    told = dict(zip(head, row, strict=True))
    assert told["agree"] == "4"
    assert (told["risks_1"], told["risks_2"]) == ("1", "0")
    assert told["day"] == "2022/09/05"
    assert told["pairs"] == "2"
    assert (told["q7"], told["q8"]) == ("раз два; «три»", "2")
    assert "VALUE LABELS agree 1 'Не согласен'" in syntax
    assert "q8 'Кто''s'" in syntax
    assert "q7 'Текст в две строки'" in syntax
    assert "day SDATE10" in syntax
    assert ["answers", "agree", "", "4", "Согласен"] in book
    assert [first[-2:], second[-2:]] == [["2.5", "Урок"], ["1", "План"]]


def test_nameless_files_tell_what_was_said_in_an_order_that_tells_nothing(town: Town) -> None:
    collections = []
    for order in (1, -1):
        collection = gather(town, title=f"Без имён {order}", is_anonymous=True, is_accepted_by_hand=False)
        for place, school in list(enumerate(town.schools))[::order]:
            hand_in(collection, school, {**SAID, "teachers": place}, on=date(2022, 9, 2))
        close_collection(collection=collection, on=date(2022, 9, 10), by=town.coordinator, at=AT)
        collections.append(collection)

    first, second = (table(file_of(town, one, "csv")) for one in collections)
    assert first == second
    assert first[0][:2] == ["№ ответа", "Сколько учителей"]
    assert [row[1] for row in first[1:]] != sorted(row[1] for row in first[1:])
    for ending in ("xlsx", "csv", "zip"):
        content = file_of(town, collections[0], ending)
        if ending == "zip":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                content = b"".join(archive.read(name) for name in archive.namelist())
        elif ending == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content))
            content = "\n".join(
                str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
            ).encode()
        text = content.decode("utf-8-sig", errors="replace")
        assert "Школа №" not in text
        assert "02.09.2022" not in text


def test_nameless_answers_are_shown_once_the_collection_is_closed(town: Town) -> None:
    collection = gather(town, is_anonymous=True, is_accepted_by_hand=False)
    for place, school in enumerate(town.schools):
        hand_in(collection, school, {"teachers": place}, on=date(2022, 9, 2 + place))
    door = browser_of(town.coordinator)
    assert "когда сбор закроют" in door.get(f"/collections/{collection.pk}/results/").content.decode()
    assert door.get(f"/collections/{collection.pk}/results.csv").status_code == 422

    close_collection(collection=collection, on=date(2022, 9, 10), by=town.coordinator, at=AT)

    collection.refresh_from_db()
    assert [len(answered_by(collection, date(2022, 9, day))) for day in (8, 9, 10, 15)] == [0, 0, 6, 6]
    with pytest.raises(Refused, match="уже открыты"):
        reopen_collection(collection=collection, on=date(2022, 9, 11), by=town.coordinator, at=AT)
