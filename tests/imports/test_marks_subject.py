"""Reading a table of marks: with a head, without one, from every kind of table."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from opora.core.refusal import Refused
from opora.imports.reading import read_in_child
from opora.imports.subjects.marks import understand_cells

HEAD = ["Школа", "Документ", "Риск", "Состояние", "Дата", "Ссылка", "Пояснение"]
ROWS = [
    ["Школа № 101", "Концепция развития", "", "Загружено", "05.05.2022", "https://medk.example/1", ""],
    ["Школа № 102", "Антирисковая программа", "2", "Возвращено", "06.05.2022", "", "Нет показателей"],
]


def book(rows: list[list[str]]) -> bytes:
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = made.add_worksheet("Отметки")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    made.close()
    return buffer.getvalue()


def test_a_workbook_is_read_in_a_child_with_the_places_of_its_rows() -> None:
    told = read_in_child(book([["ИС МЭДК"], HEAD, *ROWS]), "отметки.xlsx", subject="marks")

    assert [(row["school"], row["factor"], row["state"], row["on"]) for row in told["rows"]] == [
        ("Школа № 101", "", "Загружено", "05.05.2022"),
        ("Школа № 102", "2", "Возвращено", "06.05.2022"),
    ]
    assert told["rows"][0]["place"] == "лист «Отметки», строка 3"
    assert told["rows"][1]["words"] == "Нет показателей"


def test_a_csv_is_read_too() -> None:
    lines = "\n".join(";".join(row) for row in [HEAD, *ROWS])

    told = read_in_child(lines.encode("cp1251"), "отметки.csv", subject="marks")

    assert [row["document"] for row in told["rows"]] == ["Концепция развития", "Антирисковая программа"]


def test_a_rectangle_without_a_head_is_read_in_the_usual_order() -> None:
    sheet = understand_cells(
        [
            ["Школа № 101", "Концепция развития", "загружено", "05.05.2022", "https://medk.example/1"],
            ["Школа № 102", "Концепция развития", "нет"],
        ]
    )

    assert [(row.school, row.state, row.on, row.address) for row in sheet.rows] == [
        ("Школа № 101", "загружено", "05.05.2022", "https://medk.example/1"),
        ("Школа № 102", "нет", "", ""),
    ]


@pytest.mark.parametrize("rows", [[["Школа", "Город"], ["Школа № 101", "Примерск"]], [["1"]]])
def test_another_table_is_refused_with_what_is_looked_for(rows: list[list[str]]) -> None:
    with pytest.raises(Refused, match="Состояние") as refusal:
        read_in_child(book(rows), "другое.xlsx", subject="marks")
    assert refusal.value.code == "F-NOTABLE"
