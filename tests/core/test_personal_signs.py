"""What looks like СНИЛС, passports and lists of pupils is told with its place; honest tables are left alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.core.personal_signs import (
    BIRTH,
    CERTIFICATE,
    PASSPORT,
    PUPILS,
    SNILS,
    is_snils,
    signs_in,
    signs_in_text,
)

PERSONAL = {
    "snils": ("Иванова, 112-233-445 95", SNILS),
    "snils with spaces": ("номер 112 233 445 95", SNILS),
    "bare snils under its heading": ("ФИО;СНИЛС\nИванова;11223344595", SNILS),
    "passport": ("паспорт серия 45 04 № 123456 выдан", PASSPORT),
    "passport by a heading": ("ФИО | Паспорт\nИванова | 4504 123456", PASSPORT),
    "certificate": ("свидетельство II-МЮ № 123456", CERTIFICATE),
    "birthday": ("ФИО; дата рождения\nСваева Анна Петровна; 12.03.2010", BIRTH),
    "pupils": ("Сваев Иван 7А\nПролётова Мария; 7 «Б»\nОпорный Пётр Ильич, 8В класс", PUPILS),
    "pupils under a heading": (
        "Ученик | Класс\nСваев Иван | 10 А\nПролётова Мария | 10 А\nОпорный Пётр | 9 класс", PUPILS,
    ),
}  # fmt: skip
HONEST = {
    "taxes": "ИНН 5044012345, КПП 504401001, ОГРН 1025005678901, ОКТМО 46634101001",
    "phones": "тел. 8 (495) 112-23-34, +7 916 123-45-67, 89161234567, 8-916-123-45-67",
    "accounts": "р/с 40703810900000000001, БИК 044525225, к/с 30101810400000000225",
    "money": "1 122 334 455,95 руб.; 112 233 445 руб. 90 коп.",
    "wrong check number": "112-233-445 96",
    "tax number by a passport of a school": "Паспорт школы | ИНН\nШкола № 1 | 5044012345",
    "teachers": "Учитель | Класс\nСваева Анна Петровна | 7А\nПролётова Мария Ивановна | 7Б\nОпорная Ольга Ильинична | 8В",
    "class teachers": "Сваева Анна, классный руководитель 7А\n" * 5,
    "events": "12.03.2022 выступает Сваева Анна Петровна\n" * 5,
    "order": "Приказ от 28.02.2022 № 04-06/06-2, п. 1.10, приложение 2А, 7 класс, 9А",
    "schools": "\n".join(
        f"{number} | Школа № {number} | {number}А, 5Б | 120 учеников" for number in range(1, 12)
    ),
}


@pytest.mark.parametrize("case", PERSONAL)
def test_personal_data_are_told_with_their_place(case: str) -> None:
    text, what = PERSONAL[case]

    signs = signs_in_text(text)

    assert [sign.what for sign in signs] == [what]
    assert "строка" in signs[0].words


@pytest.mark.parametrize("case", HONEST)
def test_honest_words_are_left_alone(case: str) -> None:
    assert signs_in_text(HONEST[case]) == ()


def test_places_are_named_and_the_rest_is_counted() -> None:
    signs = signs_in((f"строка {number}", "112-233-445 95") for number in range(1, 9))

    assert signs[0].words == "похоже на СНИЛС: строка 1, строка 2, строка 3, строка 4, строка 5 и ещё 3"


def test_the_check_number_is_that_of_the_law() -> None:
    assert is_snils("11223344595")
    assert is_snils("08765430300")
    assert not is_snils("11223344594")
    assert not is_snils("00000000000")
    assert not is_snils("1122334459")


def test_a_column_of_other_numbers_is_no_column_of_snils() -> None:
    numbers = random.Random(7)
    codes = "\n".join(str(numbers.randrange(10**10, 6 * 10**10)) for _ in range(2000))
    assert signs_in_text(codes) == ()


@given(st.text(max_size=300))
def test_any_text_is_looked_through(text: str) -> None:
    assert isinstance(signs_in_text(text), tuple)


@pytest.mark.parametrize(
    "piece", ["А" * 50, "Ааа ", "7А ", "12 34 ", "Иванова А. ", "1-", "паспорт ", "\u00a0"]
)
def test_long_lines_cost_little(piece: str) -> None:
    assert len(signs_in_text("\n".join([piece * 1000] * 50))) <= 5
