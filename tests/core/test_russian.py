"""Numbers with words, initials, days: what people read on pages and in documents."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.core.russian import (
    NBSP,
    counted,
    day_month,
    day_short,
    day_words,
    initials,
    month_words,
    period_words,
    plural,
    stems,
)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "школ"),
        (1, "школа"),
        (2, "школы"),
        (4, "школы"),
        (5, "школ"),
        (11, "школ"),
        (12, "школ"),
        (14, "школ"),
        (21, "школа"),
        (22, "школы"),
        (25, "школ"),
        (101, "школа"),
        (111, "школ"),
        (112, "школ"),
        (1003, "школы"),
        (-1, "школа"),
    ],
)
def test_word_agrees_with_its_number(number: int, word: str) -> None:
    assert plural(number, "школа", "школы", "школ") == word


def test_number_and_word_are_not_parted_at_the_end_of_a_line() -> None:
    assert counted(11, "школа", "школы", "школ") == "11\u00a0школ"
    assert counted(45045, "строка", "строки", "строк") == "45\u00a0045\u00a0строк"


@given(st.integers())
def test_plural_knows_every_number(number: int) -> None:
    assert plural(number, "а", "б", "в") == plural(abs(number) % 100, "а", "б", "в")


@pytest.mark.parametrize(
    ("full_name", "surname_first", "surname_last"),
    [
        ("Иванова Анна Петровна", "Иванова А. П.", "А. П. Иванова"),
        ("Иванова Анна", "Иванова А.", "А. Иванова"),
        ("Иванова", "Иванова", "Иванова"),
        ("Иванова А.П.", "Иванова А. П.", "А. П. Иванова"),
        ("А. П. Иванова", "Иванова А. П.", "А. П. Иванова"),
        ("Петрова Анна-Мария", "Петрова А.-М.", "А.-М. Петрова"),
        ("Алиев Расул Гасан оглы", "Алиев Р. Г.", "Р. Г. Алиев"),
        ("  ", "", ""),
    ],
)
def test_initials(full_name: str, surname_first: str, surname_last: str) -> None:
    assert initials(full_name) == surname_first.replace(" ", NBSP)
    assert initials(full_name, is_surname_first=False) == surname_last.replace(" ", NBSP)


def test_days_in_words() -> None:
    day = date(2022, 9, 15)

    assert day_words(day) == "15\u00a0сентября\u00a02022\u00a0года"
    assert day_month(day) == "15\u00a0сентября"
    assert month_words(day) == "сентябрь\u00a02022\u00a0года"
    assert day_short(day) == "15.09.2022"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2022, 3, 1), date(2022, 3, 31), "март 2022 года"),
        (date(2022, 3, 1), date(2022, 4, 30), "март – апрель 2022 года"),
        (date(2021, 12, 1), date(2022, 2, 28), "декабрь 2021 года – февраль 2022 года"),
        (date(2022, 4, 15), date(2022, 4, 15), "15 апреля 2022 года"),
        (date(2022, 4, 15), date(2022, 4, 20), "15–20 апреля 2022 года"),
        (date(2022, 4, 15), date(2022, 5, 20), "15 апреля – 20 мая 2022 года"),
        (date(2021, 12, 15), date(2022, 1, 20), "15 декабря 2021 года – 20 января 2022 года"),
        (date(2020, 9, 1), None, "с 1 сентября 2020 года"),
        (None, date(2022, 4, 15), "до 15 апреля 2022 года"),
        (None, None, ""),
    ],
)
def test_stretch_of_days_in_words(start: date | None, end: date | None, words: str) -> None:
    assert period_words(start, end).replace(NBSP, " ") == words


def test_forms_of_one_word_have_one_stem() -> None:
    assert stems("куратор") == stems("Кураторов") == stems("КУРАТОРАМИ")
    assert stems("Отчёты") == stems("отчет")
    assert stems("школ-участниц") == f"{stems('школа')} {stems('участница')}"


def test_stems_of_nothing_are_nothing() -> None:
    assert stems("") == stems(" — «»") == ""
