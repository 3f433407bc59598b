"""The cleaner at every door and the folded text of search and order."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.core.russian import clean, find_forbidden, fold

ANY_TEXT = st.text(st.characters(codec=None, categories=None))


@pytest.mark.parametrize(
    ("dirty", "sound"),
    [
        ("Шко\x00ла", "Школа"),
        ("Шко\u00adла", "Школа"),
        ("Шко\u200bла", "Школа"),
        ("строка\x0bстрока", "строка\nстрока"),
        ("а\r\nб\rв\x85г\u2028д", "а\nб\nв\nг\nд"),
        ("\ufeffначало", "начало"),
        ("отчёт\u202efdp.exe", "отчётfdp.exe"),
        ("по\ud800ловина", "половина"),
        ("нет\uffff\ufdd0\U0001ffff", "нет"),
        ("и\u0306од", "йод"),
        ("№\u00a0105\t«а»", "№\u00a0105\t«а»"),
        ("👨\u200d🏫", "👨\u200d🏫"),
    ],
)
def test_clean(dirty: str, sound: str) -> None:
    assert clean(dirty) == sound


@given(ANY_TEXT)
def test_clean_text_can_be_stored_anywhere(text: str) -> None:
    cleaned = clean(text)

    assert find_forbidden(cleaned) is None
    assert not re.search("[\x00\x0b\x0c\r]", cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode("utf-8")


@given(ANY_TEXT)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_nothing_that_a_person_sees_is_lost(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "place"),
    [("Школа № 105\nи\tещё", None), ("Шко\x00ла", 4), ("\u202eа", 1), ("соф\u00adт", None), ("аб\ud800", 3)],
)
def test_place_of_a_forbidden_letter_is_counted_from_one(text: str, place: int | None) -> None:
    assert find_forbidden(text) == place


def test_fold_finds_and_sorts_as_people_do() -> None:
    assert fold("  ШКОЛА\u00a0№ 1 –  Ёлка ") == "школа № 1 - елка"
    assert fold("е\u0308ж") == "еж"
    assert sorted(["Ёлкин", "Жуков", "Егоров", "Елисеев"], key=fold) == [
        "Егоров",
        "Елисеев",
        "Ёлкин",
        "Жуков",
    ]


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
