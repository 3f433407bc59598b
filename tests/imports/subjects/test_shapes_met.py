"""Shapes met in real papers: Roman months, titles of tables, counts that run through sections, torn signatures."""

# ruff: noqa: E501, ISC004 - a row of a drawn table is read best on one line

from __future__ import annotations

import pytest

from opora.imports.draft import RoadmapDraft
from opora.imports.subjects.roadmap import understand
from opora.imports.table import Table
from tests.imports.subjects.sketch import source, table
from tests.imports.subjects.spoken_draft import spoken

TITLE = "Дорожная карта на 2022 год"

SHAPES: dict[str, tuple[tuple[str | Table, ...], list[str], list[str]]] = {
    "Roman months": (
        (
            "№ | Мероприятие | Месяцы | < | < | < | < | Отв.\n^ | ^ | I | II | III | IV | V | ^\n"
            "1 | Семинар |  | v |  | v |  | ИМЦ\n2 | Вебинар |  |  |  |  | v | ИМЦ",
        ),
        [],
        [
            "0 1 Семинар [2022-02-01..2022-04-30] @ИМЦ",
            "0 2 Вебинар [2022-05-01..2022-05-31] @ИМЦ",
        ],
    ),
    "tables with their own titles": (
        (
            "=Управление\n№ | Мероприятие | Срок\n1 | Приказ о кураторах | март",
            "=Методика\n№ | Мероприятие | Срок\n1 | Семинар | май",
        ),
        ["Управление", "Методика"],
        [
            "1 1 Приказ о кураторах [2022-03-01..2022-03-31]",
            "2 1 Семинар [2022-05-01..2022-05-31]",
        ],
    ),
    "one sheet with titles over repeated headers": (
        (
            "=Управление\n№ | Мероприятие | Срок\n1 | Приказ о кураторах | март\n"
            "=Методика\n№ | Мероприятие | Срок\n1 | Семинар | май\n=2\n№ | Мероприятие | Срок\n2 | Вебинар | июнь",
        ),
        ["Управление", "Методика"],
        [
            "1 1 Приказ о кураторах [2022-03-01..2022-03-31]",
            "2 1 Семинар [2022-05-01..2022-05-31]",
            "2 2 Вебинар [2022-06-01..2022-06-30]",
        ],
    ),
    "lines counted through sections that have numbers too": (
        (
            "№ | Мероприятие | Срок\n1. | Управление | \n1. | Приказ о кураторах | март\n2. | Совещание кураторов | апрель\n"
            "2. | Методика | \n3. | Семинар | май",
        ),
        ["Управление", "Методика"],
        [
            "1 1 Приказ о кураторах [2022-03-01..2022-03-31]",
            "1 2 Совещание кураторов [2022-04-01..2022-04-30]",
            "2 3 Семинар [2022-05-01..2022-05-31]",
        ],
    ),
    "a merged task named as a column might be": (
        (
            "Задачи | Мероприятия | Индикаторы | Срок\nОсновные мероприятия | Совещание по итогам | Протокол | март\n"
            "^ | Беседа по итогам четверти | Карта беседы | Апрель",
        ),
        ["Основные мероприятия"],
        [
            "1 - Совещание по итогам [2022-03-01..2022-03-31] =Протокол",
            "1 - Беседа по итогам четверти [2022-04-01..2022-04-30] =Карта беседы",
        ],
    ),
    "plain words over the columns": (
        (
            "№ | Меры поддержки | Когда | Кто отвечает | Что получим\n1 | Семинар | март | ИМЦ | Программа",
            "Период | Меры по реализации | Исполнители | Критерии эффективности\nмай | Вебинар | ИМЦ | Запись",
        ),
        [],
        [
            "0 1 Семинар [2022-03-01..2022-03-31] =Программа @ИМЦ",
            "0 - Вебинар [2022-05-01..2022-05-31] =Запись @ИМЦ",
        ],
    ),
    "a passport right over the header": (
        (
            "Цель |  Поддержка школ | | \nИсполнители | Управление образования | | \n№ п/п | Наименование мероприятия | Срок | Ответственный\n"
            "1. | Семинар | март | ИМЦ",
        ),
        [],
        ["0 1 Семинар [2022-03-01..2022-03-31] @ИМЦ"],
    ),
    "a line torn by a page before the signature": (
        (
            table("№ | Мероприятие | I кв. | II кв. | Отв.\n1 | Посещение школ с целью | x | | ИМЦ", 1, 1),
            table(
                " | методической помощи | | | \n2 | Семинар | | x | Директор ИМЦ\n | Директор | | | И.И. Лесная",
                2,
                2,
            ),
        ),
        [],
        [
            "0 1 Посещение школ с целью методической помощи [2022-01-01..2022-03-31] @ИМЦ",
            "0 2 Семинар [2022-04-01..2022-06-30] @Директор ИМЦ",
        ],
    ),
    "a year beside the months": (
        ("№ | Мероприятие | Год | Месяц\n1 | Семинар | 2022 | март\n2 | Вебинар | 2023 | январь",),
        [],
        ["0 1 Семинар [2022-03-01..2022-03-31]", "0 2 Вебинар [2023-01-01..2023-01-31]"],
    ),
    "indicators after the lines": (
        (
            "№ | Мероприятие | Срок\n1 | Семинар | март",
            "Целевые показатели",
            "№ | Показатель | 2022\n1 | Доля школ | 20",
        ),
        [],
        ["0 1 Семинар [2022-03-01..2022-03-31]"],
    ),
    "a torn row of a matrix that begins like an approval": (
        (
            table(
                "№ | Что необходимо сделать | I кв. | II кв. | Отв.\n1 | Разработка и | x | | Муниципальный",
                1,
                1,
            ),
            table(" | утверждение карты | | | координатор", 2, 2),
        ),
        [],
        ["0 1 Разработка и утверждение карты [2022-01-01..2022-03-31] @Муниципальный координатор"],
    ),
    "a torn row of a column two columns wide": (
        (
            table("№ | Мероприятие | < | Срок\n1 | Посещение школ с целью | < | март", 1, 1),
            table(" | оказания помощи | < | ", 2, 2),
        ),
        [],
        ["0 1 Посещение школ с целью оказания помощи [2022-03-01..2022-03-31]"],
    ),
    "the last letter of a word torn by a page": (
        (
            table("№ | Мероприятие | Срок | Отв.\n1 | Семинар | март | Муниципальный координато", 1, 1),
            table(" |  |  | р\n2 | Вебинар | май | ИМЦ", 2, 2),
        ),
        [],
        [
            "0 1 Семинар [2022-03-01..2022-03-31] @Муниципальный координатор",
            "0 2 Вебинар [2022-05-01..2022-05-31] @ИМЦ",
        ],
    ),
}


def draft_of(*blocks: str | Table) -> RoadmapDraft:
    return understand(source(TITLE, *blocks), year=2022)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_met_in_papers_is_understood(shape: str) -> None:
    blocks, sections, lines = SHAPES[shape]

    draft = draft_of(*blocks)

    assert draft.title == TITLE
    assert [section.title for section in draft.sections] == sections
    assert spoken(draft) == lines


@pytest.mark.parametrize(
    ("head", "number", "issuer", "signed_by"),
    [
        (["Приказ управления образования от 09.01.2023 № 3"], "3", None, None),
        (["Главная", "Отдел образования", "ПРИКАЗ", "от 09.01.2023 № 3"], "3", "Отдел образования", None),
        (["ПРИКАЗ", "от 09.01.2023 № 3", "Министр А.Б. Лесной"], "3", None, "А.Б. Лесной"),
    ],
    ids=["в одну строку", "меню сайта перед приказом", "должность перед инициалами"],
)
def test_heads_met_in_papers_are_read(
    head: list[str], number: str, issuer: str | None, signed_by: str | None
) -> None:
    draft = understand(source(*head, TITLE, "№ | Мероприятие | Срок\n1 | Семинар | март"))

    assert (draft.order.number, draft.order.issuer, draft.order.signed_by) == (number, issuer, signed_by)


def test_a_general_heading_over_the_table_is_no_title() -> None:
    draft = understand(
        source(TITLE, "Цель: поддержка школ.", "План действий", "№ | Мероприятие | Срок\n1 | Семинар | март")
    )

    assert draft.title == TITLE
