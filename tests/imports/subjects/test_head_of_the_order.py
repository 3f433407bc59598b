"""The order's requisites, the roadmap's title and the plan's year, as other municipalities print them."""

from __future__ import annotations

from datetime import date

import pytest

from opora.imports.subjects.order import order_of, title_of
from opora.imports.subjects.roadmap import understand
from tests.imports.subjects.sketch import source
from tests.imports.subjects.spoken_draft import spoken

TABLE = "№ | Мероприятие | Срок | Результат\n1 | Семинар | март | Программа\n2 | Отчёт | октябрь | Отчёт"

HEADS: dict[str, tuple[str, tuple[str | None, date | None, str | None, str | None]]] = {
    "an order of a department": (
        """
        АДМИНИСТРАЦИЯ ГОРОДСКОГО ОКРУГА
        УПРАВЛЕНИЕ ОБРАЗОВАНИЯ
        П Р И К А З
        28 февраля 2022 года № 51-од
        О реализации проекта «500+»
        В соответствии с приказом Министерства от 01.02.2022 № 100
        ПРИКАЗЫВАЮ:
        1. Утвердить план мероприятий.
        Начальник управления В.В. Первый
        План мероприятий («дорожная карта»)
        """,
        ("51-од", date(2022, 2, 28), "АДМИНИСТРАЦИЯ ГОРОДСКОГО ОКРУГА УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "В.В. Первый"),
    ),
    "the number before the date": (
        """
        РАСПОРЯЖЕНИЕ
        № 12/3 от «15» марта 2022 г.
        Об утверждении дорожной карты
        """,
        ("12/3", date(2022, 3, 15), None, None),
    ),
    "a block of approval": (
        """
        УТВЕРЖДЕНО
        приказом Управления образования
        от 01.09.2022 № 123
        Дорожная карта
        """,
        ("123", date(2022, 9, 1), "Управления образования", None),
    ),
    "an annex": (
        """
        Приложение № 1
        к приказу МКУ «Центр» от 05.04.2022 г. № 77-П
        План мероприятий
        """,
        ("77-П", date(2022, 4, 5), "МКУ «Центр»", None),
    ),
    "an approval by a director": (
        """
        УТВЕРЖДАЮ
        Директор МБУ «ИМЦ»
        __________ И.И. Вторая
        «10» января 2022 г.
        ПЛАН РАБОТЫ
        """,
        (None, date(2022, 1, 10), None, "И.И. Вторая"),
    ),
    "a school's number is no order's number": (
        """
        Муниципальное бюджетное учреждение Школа № 101
        ПРИКАЗ
        от 11.01.2022 № 5
        """,
        ("5", date(2022, 1, 11), "Муниципальное бюджетное учреждение Школа № 101", None),
    ),
    "blanks for the requisites": (
        "ПРИКАЗ\nот «___» ________ 2022 г. № ____\nО дорожной карте",
        (None, None, None, None),
    ),
    "nothing": ("Дорожная карта", (None, None, None, None)),
    "all in one line": ("ПРИКАЗ от 28.02.2022г. № 04-06/06-2", ("04-06/06-2", date(2022, 2, 28), None, None)),
}


@pytest.mark.parametrize("name", HEADS)
def test_requisites_are_read(name: str) -> None:
    words, expected = HEADS[name]

    order = order_of([line.strip() for line in words.splitlines() if line.strip()])

    assert (order.number, order.date, order.issuer, order.signed_by) == expected


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (
            [
                "ПРИКАЗ",
                "от 01.02.2022 № 1",
                "Об утверждении плана",
                "Дорожная карта",
                "проекта «500+»",
                "на 2022 год",
            ],
            "Дорожная карта проекта «500+» на 2022 год",
        ),
        (
            [
                "УТВЕРЖДЕНО",
                "приказом от 01.02.2022 № 1",
                "План мероприятий («дорожная карта»)",
                "I. Организация",
            ],
            "План мероприятий («дорожная карта»)",
        ),
        (["Дорожная карта 500+1 (на 2022 год)"], "Дорожная карта 500+ (на 2022 год)"),
        (
            ["Муниципальный план", "мероприятий по поддержке школ"],
            "Муниципальный план мероприятий по поддержке школ",
        ),
        (["Об утверждении дорожной карты"], "Об утверждении дорожной карты"),
    ],
)
def test_the_title_is_the_roadmaps_own(words: list[str], title: str) -> None:
    assert title_of(words, []) == title


@pytest.mark.parametrize(
    ("head", "told", "year", "first"),
    [
        ("Дорожная карта на 2021 год", None, 2021, "2021-03-01"),
        ("Дорожная карта на 2021 год", 2024, 2024, "2024-03-01"),
        ("План работы на 2022/2023 учебный год", None, 2022, "2023-03-01"),
        ("План работы на 2022-2023 уч. год", None, 2022, "2023-03-01"),
        ("ПРИКАЗ\nот 28.02.2020 № 1\nДорожная карта", None, 2020, "2020-03-01"),
        ("Дорожная карта", None, None, "None"),
    ],
)
def test_the_plans_year_is_found(head: str, told: int | None, year: int | None, first: str) -> None:
    draft = understand(source(head, TABLE), year=told)

    assert draft.year == year
    assert str(draft.lines[0].period.start) == first


def test_the_year_of_most_terms_is_the_plans() -> None:
    drawn = "№ | Мероприятие | Срок\n1 | Семинар | март 2023\n2 | Отчёт | май 2023\n3 | Итоги | декабрь"

    draft = understand(source("Дорожная карта", drawn))

    assert draft.year == 2023
    assert spoken(draft)[2] == "0 3 Итоги [2023-12-01..2023-12-31]"


def test_a_missing_year_is_said_once_for_the_whole_document() -> None:
    draft = understand(source("Дорожная карта", TABLE))

    assert [(problem.code, problem.line) for problem in draft.problems] == [("year_missing", 0)]


def test_the_head_may_stand_in_the_cells_of_a_sheet() -> None:
    drawn = "ПРИКАЗ |  |  |\nот 28.02.2022 № 51-од |  |  |\nДорожная карта на 2022 год |  |  |\n" + TABLE

    draft = understand(source(drawn, kind="xlsx"))

    assert (draft.order.number, draft.order.date, draft.title) == (
        "51-од",
        date(2022, 2, 28),
        "Дорожная карта на 2022 год",
    )
    assert draft.sections == []
