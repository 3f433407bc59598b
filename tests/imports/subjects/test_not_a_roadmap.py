"""What is no roadmap is refused by one code; what is one in a poor dress is not."""

# ruff: noqa: E501 - a row of a drawn table is read best on one line

from __future__ import annotations

import pytest

from opora.core.refusal import Refused
from opora.imports.subjects.roadmap import understand
from opora.imports.table import Source, Table
from tests.imports.subjects.sketch import source

REFUSED: dict[str, tuple[str | Table, ...]] = {
    "nothing": (),
    "a letter": (
        "Уважаемые руководители!",
        "Просим до 15 марта 2022 года направить планы мероприятий.",
        "Директор",
    ),
    "a list of schools": (
        "Список школ – участниц проекта на 2022 год",
        "№ п/п | Наименование ОО | Адрес | Директор\n1 | Школа № 101 | ул. Первая, 1 | Директор А\n2 | Школа № 102 | ул. Вторая, 2 | Директор Б",
    ),
    "a list of schools without a header": (
        "1 | Школа № 101 | ул. Первая, 1\n2 | Школа № 102 | ул. Вторая, 2",
    ),
    "a staff list": (
        "Штатное расписание",
        "№ | Должность | Количество ставок | Оклад\n1 | Директор | 1 | 30000\n2 | Методист | 4 | 20000",
    ),
    "people with dates": (
        "№ | ФИО | Должность | Дата приёма\n1 | Сотрудник А | методист | 01.09.2019\n2 | Сотрудник Б | учитель | 15.08.2020",
    ),
    "a timetable of lessons": (
        "Расписание уроков",
        "Урок | Понедельник | Вторник | Среда\n1 | Математика | Русский язык | Физика\n2 | Химия | Биология | Музыка",
    ),
    "a timetable of lessons with hours": (
        "№ урока | Время | Предмет | Кабинет\n1 | 8.30–9.15 | Математика | 12\n2 | 9.25–10.10 | Химия | 14",
    ),
    "a timetable of exams": (
        "Расписание ОГЭ",
        "Дата | Предмет | Время\n24.05.2022 | Математика | 10.00\n27.05.2022 | Русский язык | 10.00",
    ),
    "a price list": (
        "Прейскурант",
        "№ | Наименование услуги | Цена, руб. | Срок оказания\n1 | Изготовление копии | 10 | 1 день\n2 | Сканирование | 20 | 1 день",
    ),
    "a budget": (
        "Смета расходов на 2022 год",
        "№ | Наименование статьи расходов | Сумма, тыс. руб. | Источник\n1 | Оплата труда | 100 | Бюджет\n2 | Ремонт | 200 | Бюджет",
    ),
    "a budget by quarters": (
        "Наименование расходов | I квартал | II квартал | III квартал | IV квартал\nОплата труда | 100,0 | 100,0 | 100,0 | 100,0\nРемонт | 50 | 0 | 10 | 0",
    ),
    "targets by years": (
        "Целевые показатели",
        "№ | Наименование показателя | Единица измерения | 2022 | 2023 | 2024\n1 | Доля школ | % | 10 | 20 | 30",
    ),
    "signatures": ("Согласовано | Утверждаю\nНачальник | Директор\n01.03.2022 | 01.03.2022",),
    "certificates": (
        "№ | ФИО | Название курса | Дата выдачи\n1 | Учитель А | Функциональная грамотность | 01.03.2022",
    ),
    "a header without lines": ("План мероприятий", "№ | Мероприятие | Срок | Результат"),
    "an empty form": ("План мероприятий", "№ | Мероприятие | Срок | Результат\n1 |  |  |\n2 |  |  |"),
    "results of a test": (
        "Результаты ВПР",
        "Класс | Предмет | Дата | Количество участников | Средний балл\n4 | Математика | 15.03.2022 | 100 | 4,1",
    ),
    "a working group": (
        "Состав рабочей группы",
        "№ | ФИО | Должность | Обязанности\n1 | Член А | методист | Координация работы\n2 | Член Б | директор | Контроль сроков",
    ),
    "marks of pupils": ("Ученик | 1 четверть | 2 четверть | 3 четверть\nА | 4 | 5 | 4\nБ | 3 | 3 | 4",),
    "a schedule of holidays": (
        "График отпусков",
        "№ | ФИО | Должность | Дата начала | Дата окончания\n1 | Сотрудник А | методист | 01.07.2022 | 28.07.2022",
    ),
    "a list of equipment": (
        "№ | Наименование оборудования | Количество | Срок поставки\n1 | Ноутбук | 10 | август 2022\n2 | Принтер | 2 | август 2022",
    ),
    "one cell": ("Слово |",),
}


@pytest.mark.parametrize("name", REFUSED)
def test_another_paper_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        understand(source(*REFUSED[name]))

    assert refusal.value.code == "F-NOTABLE"
    assert "найдена таблица" in refusal.value.words
    assert "мероприятиями" in refusal.value.words


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Refused):
        understand(Source("docx", ()))


@pytest.mark.parametrize(
    "drawn",
    [
        "№ | Мероприятие | Срок\n1 | Семинар | март",
        "№ | Содержание | Дата\n1 | Подготовка приказа о кураторах | 01.03.2022\n2 | Проведение семинара | 02.03.2022",
        "Что делаем | Когда\nПроводим семинар для кураторов | март 2022",
        "№ | Наименование | Сроки | Ответственные\n1 | Проведение семинара | март | ИМЦ",
        "Задачи | Сроки | Результат\nОпределить состав кураторов | март | Приказ",
        "Тема | Дата | Ответственный\nСеминар «Работа с рисками» | март | ИМЦ",
        "№ | Поручение | Срок | Ответственный\n1 | Представить отчёт | до 1 марта 2022 | Директора школ",
    ],
)
def test_a_plan_in_a_poor_dress_is_accepted(drawn: str) -> None:
    draft = understand(source("План работы на 2022 год", drawn))

    assert draft.lines
    assert all(line.period.end for line in draft.lines)


def test_a_plan_without_terms_is_accepted_when_it_calls_itself_one() -> None:
    drawn = "№ | Мероприятие | Ответственный\n1 | Проведение семинара | ИМЦ\n2 | Подготовка отчёта | ИМЦ"

    draft = understand(source("Дорожная карта проекта на 2022 год", drawn))

    assert [line.text for line in draft.lines] == ["Проведение семинара", "Подготовка отчёта"]
    assert [problem.code for problem in draft.problems] == ["column_of_terms_missing"]
