"""A list of appointments in a file: read in the child, shown like a pasted one, agreed to like a pasted one."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment
from tests.appointments.town import Town

Browser = Callable[[User | None], Client]
PATH = "/appointments/many/"


def sheet(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("список.xlsx", file.getvalue())


def send(browser: Client, **more: Any) -> Any:
    return browser.post(PATH, {"text": "", "since": "2022-09-01", "deed": "check", **more})


def text_of(response: Any) -> str:
    return unescape(response.content.decode()).replace("\u00a0", " ")


def pasted(page: str) -> str:
    """What stands in the field of the list."""
    return page.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>")[0].strip()


def test_a_row_a_person_is_shown_and_then_written(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    file = sheet(
        ("Назначения на 2022 год",),
        ("№ п/п", "Школа", "ФИО", "Обязанность", "Эл. почта"),
        ("1", "Школа № 102", "Сваева Анна Петровна", "Куратор", ""),
        ("2", "103", "Ростверкова Ольга", "школьный координатор", "olga@example.test"),
    )
    page = text_of(send(browser, file=file, deed="agree"))
    assert "Все строки поняты" in page
    assert Appointment.objects.filter(school__in=town.schools[1:]).count() == 0
    assert send(browser, text=pasted(page), deed="agree").status_code == 302
    assert Appointment.objects.get(school=town.schools[1], duty="curator").person == town.curator
    assert Appointment.objects.get(school=town.schools[2]).person.email == "olga@example.test"


def test_a_row_a_school_with_a_column_for_each_duty_is_understood(town: Town, browser_of: Browser) -> None:
    file = sheet(
        ("Образовательная организация", "Куратор (ФИО)", "ФИО школьного координатора"),
        ("Школа № 102", "Сваева Анна Петровна", "Новая Вера Ильинична"),
        ("Школа № 103", "", "Иная Ольга"),
    )
    page = text_of(send(browser_of(town.coordinator), file=file))
    assert pasted(page).splitlines() == [
        "Сваева Анна Петровна\tкуратор\tШкола № 102",
        "Новая Вера Ильинична\tшкольный координатор\tШкола № 102",
        "Иная Ольга\tшкольный координатор\tШкола № 103",
    ]


def test_names_in_three_columns_of_a_csv_are_put_together(town: Town, browser_of: Browser) -> None:
    told = "Фамилия;Имя;Отчество;Роль;ОО\nСваева;Анна;Петровна;куратор;Школа № 102\n".encode("cp1251")
    page = text_of(send(browser_of(town.coordinator), file=SimpleUploadedFile("список.csv", told)))
    assert pasted(page) == "Сваева Анна Петровна\tкуратор\tШкола № 102"
    assert "есть в списке" in page


def test_unknown_schools_and_the_own_school_of_a_file_are_remarked(town: Town, browser_of: Browser) -> None:
    User.objects.filter(pk=town.expert.pk).update(workplace="Школа № 103")
    file = sheet(
        ("ФИО", "Обязанность", "Школа"),
        ("Сваева Анна Петровна", "куратор", "Школа № 999"),
        ("Отвесова Анна Петровна", "куратор", "Школа № 103"),
    )
    page = text_of(
        send(browser_of(town.coordinator), file=file, order_number="14-к", order_date="2022-08-30")
    )
    assert "Школы «Школа № 999» нет в списке школ" in page
    assert "работает в этой школе" in page
    assert 'value="14-к"' in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "пуст"),
        ("Наименование;Сумма\nБумага;5\n".encode(), "Не найден список назначений"),
        (b"PK\x03\x04 not a book", ""),
    ],
)
def test_a_file_that_is_no_list_is_refused_and_nothing_typed_is_lost(
    town: Town, browser_of: Browser, content: bytes, words: str
) -> None:
    file = SimpleUploadedFile("список.csv", content)
    response = send(browser_of(town.coordinator), file=file, text="Сваева; куратор", order_number="14-к")
    page = text_of(response)
    assert response.status_code >= 400
    assert words in page
    assert "Сваева; куратор" in page
    assert 'value="14-к"' in page


def test_the_same_newcomer_spelled_otherwise_below_is_offered_as_one(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    text = "Ростверкова Ольга Ильинична; куратор; 102\nРостверкова О. И.; куратор; 103"
    page = text_of(send(browser, text=text))
    assert "это Ростверкова Ольга Ильинична, строка 1" in page
    send(browser, text=text, deed="agree", **{"who-2": "row-1"})
    assert User.objects.filter(last_name="Ростверкова").count() == 1
    assert Appointment.objects.filter(person__last_name="Ростверкова").count() == 2


def test_newcomers_alike_may_be_two_people(town: Town, browser_of: Browser) -> None:
    text = "Ростверкова Ольга Ильинична; куратор; 102\nРостверкова Ольга Игоревна; куратор; 103\n"
    text += "Ростверкова О.; куратор; 101"
    page = text_of(send(browser_of(town.coordinator), text=text))
    assert page.count("Похоже, это уже есть:") == 1
    send(browser_of(town.coordinator), text=text, deed="agree", **{"who-3": "row-999"})
    assert User.objects.filter(last_name="Ростверкова").count() == 3


def test_the_number_and_day_of_an_order_come_with_the_file(town: Town, browser_of: Browser) -> None:
    file = sheet(
        ("ФИО", "Обязанность", "Школа", "Приказ №", "от"),
        ("Сваева Анна Петровна", "куратор", "Школа № 102", "14-к", "30.08.2022"),
        ("Сваева Анна Петровна", "куратор", "Школа № 103", "", ""),
    )
    page = text_of(send(browser_of(town.coordinator), file=file))
    assert pasted(page).splitlines() == [
        "Сваева Анна Петровна\tкуратор\tШкола № 102\t\t14-к\t30.08.2022",
        "Сваева Анна Петровна\tкуратор\tШкола № 103",
    ]
    assert "приказ № 14-к от 30.08.2022" in page
