"""Plain text: tabs, bars, boxes, spaces, encodings."""

# ruff: noqa: E501 -- raw markup is read best as it stands

from __future__ import annotations

import pytest

from opora.core.refusal import Refused
from tests.imports.readers.papers import read, table_of, texts, words

PLAN = "Дорожная карта школы на 2022 год\n\n№\tМероприятие\tСрок\n1\tСеминар для учителей\tмай 2022\n2\tОтчёт о работе\tиюнь 2022\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"]
)
def test_encodings_are_told_apart(encoding: str) -> None:
    source = read(PLAN.encode("utf-8" if encoding == "utf-8" else encoding, errors="replace"), "plan.txt")
    assert texts(table_of(source))[1] == ["1", "Семинар для учителей", "май 2022"]
    assert words(source) == ["Дорожная карта школы на 2022 год"]


def test_bytes_that_are_no_russian_text_are_refused() -> None:
    with pytest.raises(Refused) as caught:
        read(bytes(range(128, 256)) * 20, "plan.txt")
    assert caught.value.code == "F-ENC"
    assert "кодировку" in caught.value.words


def test_an_empty_line_does_not_end_a_table_that_goes_on() -> None:
    source = read("№\tДело\n1\tпервое\n\n\tпродолжение\n2\tвторое\n\nПодпись".encode(), "plan.txt")
    assert texts(table_of(source)) == [["№", "Дело"], ["1", "первое"], ["", "продолжение"], ["2", "второе"]]
    assert words(source) == ["Подпись"]


def test_a_table_of_markdown() -> None:
    text = "# План\n\n| № | Дело | Срок |\n|---|:---|---:|\n| 1 | Семинар | май |\n| 2 | Отчёт | июнь |\n"
    source = read(text.encode(), "plan.md")
    assert texts(table_of(source)) == [["№", "Дело", "Срок"], ["1", "Семинар", "май"], ["2", "Отчёт", "июнь"]]


def test_a_box_with_words_over_several_lines_and_a_heading_over_all_columns() -> None:
    text = """
┌─────┬──────────────┬─────────┐
│ №   │ Мероприятие  │ Срок    │
├─────┴──────────────┴─────────┤
│ 1. Организация               │
├─────┬──────────────┬─────────┤
│ 1.1 │ Назначение   │ январь- │
│     │ кураторов    │ февраль │
├─────┼──────────────┼─────────┤
│ 1.2 │ Отчёт        │ май     │
└─────┴──────────────┴─────────┘
"""
    table = table_of(read(text.encode(), "plan.txt"))
    assert texts(table) == [
        ["№", "Мероприятие", "Срок"],
        ["1. Организация"],
        ["1.1", "Назначение\nкураторов", "январь-\nфевраль"],
        ["1.2", "Отчёт", "май"],
    ]
    assert [(cell.column, cell.span) for cell in table.rows[1].cells] == [(0, 3)]


def test_a_table_of_pluses_and_minuses() -> None:
    text = "+---+---------+------+\n| № | Дело    | Срок |\n+---+---------+------+\n| 1 | Семинар | май  |\n|   | учителей|      |\n+---+---------+------+\n| 2 | Отчёт   | июнь |\n+---+---------+------+\n"
    assert texts(table_of(read(text.encode(), "plan.txt"))) == [
        ["№", "Дело", "Срок"],
        ["1", "Семинар\nучителей", "май"],
        ["2", "Отчёт", "июнь"],
    ]


def test_columns_kept_apart_by_spaces() -> None:
    text = """План работы

№    Мероприятие              Срок
1    Семинар для учителей     май 2022
2    Отчёт о работе школ      июнь 2022
     за полугодие
3    Итоги                    декабрь 2022
"""
    source = read(text.encode(), "plan.txt")
    assert texts(table_of(source)) == [
        ["№", "Мероприятие", "Срок"],
        ["1", "Семинар для учителей", "май 2022"],
        ["2", "Отчёт о работе школ\nза полугодие", "июнь 2022"],
        ["3", "Итоги", "декабрь 2022"],
    ]
    assert words(source) == ["План работы"]


def test_a_line_with_one_tab_is_a_paragraph() -> None:
    assert words(read("Директор\tИ. И. Примеров".encode(), "a.txt")) == ["Директор\tИ. И. Примеров"]


def test_pages_are_told_by_form_feeds() -> None:
    source = read("№\tДело\n1\tпервое\n\f2\tвторое\n".encode(), "plan.txt")
    assert [row.place.page for row in table_of(source).rows] == [1, 1, 2]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_finds_its_delimiter_and_keeps_line_breaks_in_quotes(delimiter: str) -> None:
    rows = [["№", "Дело", "Срок"], ["1", '"Семинар; круглый\nстол, встреча"', "май"], ["2", "=1+1", "июнь"]]
    content = "\n".join(delimiter.join(row) for row in rows).encode("cp1251")
    assert texts(table_of(read(content, "plan.csv"))) == [
        ["№", "Дело", "Срок"],
        ["1", "Семинар; круглый\nстол, встреча", "май"],
        ["2", "=1+1", "июнь"],
    ]


def test_a_letter_spoilt_on_the_way_does_not_hide_the_rest() -> None:
    content = PLAN.encode().replace("Отчёт".encode(), "Отч".encode() + b"\xd1" + "т".encode())

    rows = texts(table_of(read(content, "plan.txt")))

    assert rows[1] == ["1", "Семинар для учителей", "май 2022"]
    assert rows[2][1] == "Отч\ufffdт о работе"
