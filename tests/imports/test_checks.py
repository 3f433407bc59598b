"""Remarks are made where a person must look, and nowhere else."""

# ruff: noqa: E501, ISC004 - a row of a drawn table is read best on one line

from __future__ import annotations

import pytest

from opora.imports.draft import RoadmapDraft
from opora.imports.subjects.roadmap import understand
from tests.imports.subjects.sketch import source

CLEAN = """
№ п/п | Мероприятие | Срок | Ответственный | Ожидаемый результат
=1. Организационная работа
1.1 | Назначение муниципального координатора проекта | март 2022 | Управление образования | Приказ
1.2 | Закрепление кураторов за школами | март 2022 | ИМЦ | Приказ
1.3 | Подготовка отчёта о реализации дорожной карты (1 этап) | июнь 2022 | ИМЦ | Отчёт о реализации дорожной карты подготовлен
1.4 | Подготовка отчёта о реализации дорожной карты (2 этап) | декабрь 2022 | ИМЦ | Отчёт о реализации дорожной карты подготовлен
=2. Методическая работа
2.1 | Проведение семинара для заместителей директоров «Работа с рисками» | 15 апреля 2022 | ИМЦ | Программа семинара, список участников
2.2 | Консультации кураторов (индивидуальные и групповые) | в течение года | Кураторы | Журнал консультаций
2.3 | Постоянная работа горячей линии | постоянно | ИМЦ | Журнал обращений
2.4 | Посещение школ кураторами | сентябрь–ноябрь 2022 | Кураторы | Листы посещений
2.5 | Обновление раздела на сайте | ежеквартально | ИМЦ | Раздел обновлён
2.6 | Участие в региональных вебинарах | по отдельному графику | Школы | Участие не менее 90 % школ
2.7 | Обобщение опыта работы школ в сложных условиях | до 20 декабря 2022 | ИМЦ | Сборник лучших практик
"""


def draft_of(rows: str, head: str = "Дорожная карта на 2022 год") -> RoadmapDraft:
    return understand(source(head, "№ | Мероприятие | Срок | Результат\n" + rows))


def codes(draft: RoadmapDraft) -> list[tuple[str, str | int]]:
    return [(problem.code, problem.line) for problem in draft.problems]


def test_a_clean_roadmap_gets_no_remark() -> None:
    draft = understand(source("ПРИКАЗ\nот 01.03.2022 № 7\nДорожная карта на 2022 год", CLEAN))

    assert len(draft.lines) == 11
    assert draft.problems == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("1 | Семинар | март | Программа\n1 | Вебинар | май | Запись", [("number_duplicate", "1")]),
        (
            "1.1 | Семинар | март | Программа\n | Вебинар | май | Запись\n1.3 | Итоги | июнь | Отчёт",
            [("number_missing", 2)],
        ),
        ("1 | Семинар | май – март 2022 г. | Программа", [("period_reversed", "1")]),
        ("1 | Семинар | 15.05.2022 – 10.03.2022 | Программа", [("period_reversed", "1")]),
        ("1 | Семинар | 31.02.2022 | Программа", [("period_unreadable", "1")]),
        ("1 | Семинар | ыва олд | Программа", [("period_unreadable", "1")]),
        ("1 | Семинар |  | Программа\n2 | Вебинар | май | Запись", [("period_missing", "1")]),
        (
            "1 | Семинар | март |\n2 | Вебинар | май | Запись\n3 | Отчёт | июнь | Отчёт",
            [("promise_missing", "1")],
        ),
        ("1 | Семинар по вопросам и | март | Программа", [("text_cut", "1")]),
        ("1 | Семинар | март | Размещены материалы на сайте муниципальной", [("text_cut", "1")]),
        ("1 | Семинар | март | Программа (для кураторов", [("text_cut", "1")]),
        ("1 | Постоянная работа группы | март | Группа работает", [("term_is_permanent", "1")]),
        (
            "1 | Отчёт о муниципальной дорожной карте | май | Отчёт о региональной дорожной карте подготовлен",
            [("indicator_mismatch", "1")],
        ),
        ("1 | Мониторинг (1 этап) | май | Справка по итогам (2 этап)", [("indicator_mismatch", "1")]),
        (
            "1 | Разработка памятки для учителя | май | Методические материалы в помощь школам\n"
            "2 | Сбор вопросов родителей района | июнь | Методические материалы в помощь школам",
            [("promise_repeated", "1")],
        ),
        (
            "1 | Мониторинг (1 этап) | май | Справка о мониторинге школ района\n2 | Мониторинг (2 этап) | июнь | Справка о мониторинге школ района",
            [],
        ),
        ("1 | Совещание | май | Приказ\n2 | Отбор школ | июнь | Приказ", []),
    ],
)
def test_a_slip_gets_its_remark_and_no_other(rows: str, expected: list[tuple[str, str | int]]) -> None:
    assert codes(draft_of(rows)) == expected


def test_a_repeated_number_of_a_spreadsheet_gets_the_one_that_was_meant() -> None:
    rows = "\n".join(f"1.{number} | Дело {number} | март | Итог {number}" for number in range(1, 10))

    draft = draft_of(rows + "\n1.1 | Дело десятое | май | Итог 10\n1.11 | Дело одиннадцатое | май | Итог 11")

    assert draft.lines[9].suggested_number == "1.10"
    assert codes(draft) == [("number_duplicate", "1.1")]
    assert "повторяется" in draft.problems[0].message
    assert "1.10" in draft.problems[0].message


def test_numbers_may_begin_anew_in_each_section() -> None:
    draft = draft_of("=I. Первый\n1 | Семинар | март | Программа\n=II. Второй\n1 | Вебинар | май | Запись")

    assert draft.problems == []


def test_lines_before_the_order_are_noted() -> None:
    draft = draft_of(
        "1 | Отбор школ | январь | Список\n2 | Семинар | март | Программа\n3 | Вебинар | апрель | Запись",
        "ПРИКАЗ\nот 15.03.2022 № 1\nДорожная карта на 2022 год",
    )

    assert codes(draft) == [("period_before_order", "1")]
    assert draft.problems[0].level == "info"


def test_repealed_and_hidden_rows_are_told() -> None:
    draft = draft_of(
        "1 | Семинар | март | Программа\n2 | Утратил силу |  |\n!3 | Скрытое | май | Отчёт\n4 | Вебинар | май | Запись"
    )

    assert codes(draft) == [("line_repealed", 0), ("hidden_rows", 0)]


def test_words_of_remarks_name_the_place() -> None:
    draft = draft_of("1 | Семинар | ыва олд | Программа")

    assert draft.problems[0].message.startswith("Пункт 1 (строка 2): срок «ыва олд» не удалось прочитать")


def test_a_day_that_no_calendar_has_is_called_so() -> None:
    draft = draft_of("1 | Семинар | 31.02.2022 | Программа")

    assert (
        draft.problems[0].message
        == "Пункт 1 (строка 2): срок «31.02.2022» не существует. Укажите дату или период."
    )


def test_a_remark_about_the_file_comes_first() -> None:
    drawn = source("Дорожная карта на 2022 год", "№ | Мероприятие | Срок\n1 | Семинар | март")

    draft = understand(
        type(drawn)(drawn.kind, drawn.blocks, (("F-EXT", "Файл ссылается на внешние данные."),))
    )

    assert [(problem.code, problem.level, problem.line) for problem in draft.problems] == [
        ("F-EXT", "info", 0)
    ]
