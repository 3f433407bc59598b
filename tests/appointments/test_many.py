"""Appointing by a pasted list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from opora.accounts.models import User
from opora.appointments.forms.many import cells_of, lines_of
from opora.appointments.models import Appointment
from tests.appointments.town import Town, make_school, person

Browser = Callable[[User | None], Client]
GOOD = "Сваева Анна Петровна; куратор; Школа № 102\nРостверкова Ольга; школьный координатор; 103; olga@example.test"


def send(browser: Client, text: str, deed: str = "check", **more: object) -> object:
    return browser.post("/appointments/many/", {"text": text, "since": "2022-09-01", "deed": deed, **more})


def remarks(town: Town, browser_of: Browser, text: str) -> str:
    return send(browser_of(town.coordinator), text).content.decode().replace("\u00a0", " ")


def test_a_list_is_shown_before_it_is_written(town: Town, browser_of: Browser) -> None:
    before = Appointment.objects.count()
    page = remarks(town, browser_of, GOOD)
    assert "Все строки поняты" in page
    assert "новый человек" in page
    assert Appointment.objects.count() == before
    assert "Сваева Анна Петровна; куратор; Школа № 102" in page


def test_an_agreed_list_is_written_whole(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    response = send(browser, GOOD, "agree", order_number="12", order_date="2022-08-30")
    assert response.url == "/appointments/"
    assert Appointment.objects.get(school=town.schools[1]).person == town.curator
    made = Appointment.objects.get(school=town.schools[2])
    assert (made.person.full_name, made.person.email, made.duty, made.order_number) == (
        "Ростверкова Ольга",
        "olga@example.test",
        "school_coordinator",
        "12",
    )


def test_columns_of_a_spreadsheet_and_a_heading_are_understood(town: Town, browser_of: Browser) -> None:
    text = "ФИО\tОбязанность\tШкола\tПочта\r\nСваева Анна Петровна\tКуратор\tМОУ «Школа № 102» (вымышленная)\t\r\n\r\n"
    send(browser_of(town.coordinator), text, "agree")
    assert Appointment.objects.filter(school=town.schools[1], person=town.curator).exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Сваева Анна Петровна; куратор; Школа № 999", "нет в списке школ"),
        ("Сваева Анна Петровна; смотритель; Школа № 102", "Обязанность «смотритель» не понята"),
        ("Сваева Анна Петровна; ; Школа № 102", "Нет обязанности"),
        ("Сваева; куратор; Школа № 102", "Нужны фамилия и имя"),
        ("Сваева Анна Петровна; куратор; ", "Нет школы"),
        ("Сваева Анна Петровна; куратор; Школа № 101", "уже куратор: Школа № 101"),
        ("Камнева Анна Петровна; куратор; Школа № 101", "координатор этой же школы"),
        ("Новая Вера; школьный координатор; Школа № 101", "уже есть — Камнева"),
        ("Новая Вера; куратор; 102; ; 12; 31.02.2022", "такого дня нет"),
        ("Новая Вера; куратор; 102; ; 12; вчера", "не похоже на дату"),
        ("Новая Вера; куратор; 102; ; ; 01.09.2022", "есть дата и нет номера"),
        ("Новая Вера; куратор; 102; ; 12", "есть номер и нет даты"),
        ("Новая Вера; куратор; 102; ; 12; 01.10.2099", "датирован будущим днём"),
        ("Новая Вера; куратор; Школа № 102; вера@", "с опечаткой"),
        ("Новая Вера; куратор; 102; 2@example.test", "у другого человека: Сваева Анна Петровна"),
        ("Новая Вера; куратор; 102\nНовая Вера; куратор; 102", "уже есть выше"),
        ("Новая Вера; школьный координатор; 102\nИная Ольга; школьный координатор; 102", "уже назван выше"),
        ("Новая Вера; школьный координатор; 102\nНовая Вера; куратор; 102", "и куратором, и координатором"),
    ],
)
def test_a_row_is_told_what_is_wrong_in_it_and_nothing_is_written(
    town: Town, browser_of: Browser, line: str, words: str
) -> None:
    if "2@example.test" in line:
        assert town.curator.email == "2@example.test"
    before = Appointment.objects.count()
    text = f"{line}\nРостверкова Ольга; куратор; Школа № 103"
    page = send(browser_of(town.coordinator), text, "agree").content.decode().replace("\u00a0", " ")
    assert words in page
    assert "Ростверкова Ольга; куратор; Школа № 103" in page
    assert Appointment.objects.count() == before
    assert not User.objects.filter(last_name__in=["Ростверкова", "Новая"]).exists()


def test_somebody_written_otherwise_is_offered_and_may_be_chosen(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    text = "Сваева А. П.; куратор; Школа № 102"
    page = send(browser, text).content.decode()
    assert "Похоже, это уже есть:" in page
    send(browser, text, "agree", **{"who-1": str(town.curator.pk)})
    assert Appointment.objects.get(school=town.schools[1]).person == town.curator


def test_a_stranger_cannot_be_chosen_for_a_row(town: Town, browser_of: Browser) -> None:
    send(
        browser_of(town.coordinator),
        "Сваева А. П.; куратор; Школа № 102",
        "agree",
        **{"who-1": str(town.head.pk)},
    )
    assert Appointment.objects.get(school=town.schools[1]).person.full_name == "Сваева А. П."


def test_a_list_over_the_limit_is_refused_and_kept(town: Town, browser_of: Browser) -> None:
    text = "\n".join(f"Новая Вера {number}; куратор; 102" for number in range(5001))
    page = send(browser_of(town.coordinator), text).content.decode()
    assert "Строк больше 5\u00a0000" in page
    assert "Новая Вера 4321; куратор" in page


@pytest.mark.parametrize("count", [3, 300])
def test_a_preview_costs_the_same_for_any_number_of_rows(
    town: Town, browser_of: Browser, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(104, 101 + count):
        make_school(town.municipality, town.programme, number)
    text = "\n".join(f"Новая Вера; куратор; {101 + number}" for number in range(count))
    browser = browser_of(town.coordinator)
    with django_assert_num_queries(8):
        send(browser, text)


def test_whoever_left_the_own_school_lately_is_told_in_the_list(town: Town, browser_of: Browser) -> None:
    Appointment.objects.filter(person=town.keeper).update(until=date(2022, 5, 31))

    page = remarks(town, browser_of, "Камнева Анна Петровна; куратор; Школа № 101")

    assert "координатор этой школы по 31 мая 2022 года: года ещё не прошло" in page


def test_a_row_may_have_its_own_order(town: Town, browser_of: Browser) -> None:
    text = "Новая Вера; куратор; 102; ; № 77; от 30.08.2022\nДругая Зоя; куратор; 103"
    browser = browser_of(town.coordinator)
    assert "приказ № 77 от 30.08.2022" in remarks(town, browser_of, text)

    send(browser, text, "agree", order_number="12", order_date="2022-08-29")

    told = Appointment.objects.filter(duty="curator", school__number__in=(102, 103)).order_by(
        "school__number"
    )
    assert list(told.values_list("order_number", "order_date")) == [
        ("77", date(2022, 8, 30)), ("12", date(2022, 8, 29))
    ]  # fmt: skip


def test_cells_and_lines_survive_anything() -> None:
    assert cells_of("") == ("",) * 6
    assert cells_of("a;b;c;d;№ 5;от 01.09.2022;f") == ("a", "b", "c", "d", "5", "01.09.2022")
    assert lines_of(" ; ;\n\n") == []
    assert lines_of("x\n\ny") == [(1, "x"), (3, "y")]


def test_a_letter_that_may_not_be_stored_is_named(town: Town, browser_of: Browser) -> None:
    page = remarks(town, browser_of, "Сваева\x00 Анна; куратор; 102")
    assert "недопустимые символы" in page


def test_a_second_person_of_the_same_name_is_not_guessed(town: Town, browser_of: Browser) -> None:
    twin = person("Сваева")
    Appointment.objects.create(
        person=twin,
        duty="expert",
        programme=town.programme,
        municipality=town.municipality,
        since=date(2022, 1, 10),
    )
    assert "Похоже, это уже есть:" in remarks(town, browser_of, "Сваева Анна Петровна; куратор; Школа № 102")
