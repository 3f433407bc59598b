"""What people write into the cell of a risk table, and which column of a table is which."""

from __future__ import annotations

import pytest

from opora.core.refusal import Refused
from opora.imports.subjects.risks import MOST_CELLS, cells_of, factor_number, understand_text
from opora.schools.risk_rules import cell_words, lacks
from opora.schools.risk_table import _After
from opora.schools.risk_words import CellWords, read_cell, tells_only_choice
from tests.schools.risk_town import NAMES

FACTORS = {str(number): name for number, name in enumerate(NAMES, 1)}


@pytest.mark.parametrize("text", ["В", "в", "B", "высокая", "Высокий", "3", "high", "высокая значимость"])
def test_a_high_level_is_written_in_many_ways(text: str) -> None:
    assert read_cell(text) == CellWords("high")


@pytest.mark.parametrize("text", ["С", "C", "средняя", "средний", "2", "medium"])
def test_a_middle_level_is_written_in_many_ways(text: str) -> None:
    assert read_cell(text) == CellWords("middle")


@pytest.mark.parametrize("text", ["+", "х", "x", "да", "ДА", "✓", "в работе", "взят"])
def test_a_choice_is_written_in_many_ways(text: str) -> None:
    assert read_cell(text) == CellWords(None, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("В+", CellWords("high", True)),
        ("Н х", CellWords("low", True)),
        ("высокая, в работе", CellWords("high", True)),
        ("В (в работе)", CellWords("high", True)),
        ("В-", CellWords("high", False)),
        ("В не взят: решено раньше", CellWords("high", False, "решено раньше")),
        ("не взят: нет  средств", CellWords(None, False, "нет средств")),
    ],
)
def test_level_and_choice_stand_in_one_cell(text: str, told: CellWords) -> None:
    assert read_cell(text) == told


@pytest.mark.parametrize("text", ["абв", "4", "В/С", "+, не взят", "=1+1", "31.02.2022", "В" * 500])
def test_what_means_nothing_is_not_guessed(text: str) -> None:
    assert read_cell(text) is None


def test_a_bare_no_is_a_choice_only_where_no_cell_names_a_level() -> None:
    assert read_cell("нет") == CellWords("none")
    assert read_cell("нет", only_choice=True) == CellWords(None, False)
    assert tells_only_choice(["+", "нет", "-"])
    assert not tells_only_choice(["+", "нет", "В"])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2), ("№ 2", 2), ("2. Дефицит педагогических кадров", 2), ("Дефицит пед. кадров", 2),
        ("Низкая учебная мотивация", 4), ("12", None), ("Куратор", None), ("2. Танцы", None), ("", None),
    ],
)  # fmt: skip
def test_a_head_names_a_factor_by_words_or_number(text: str, number: int | None) -> None:
    assert factor_number(text, {int(key): name for key, name in FACTORS.items()}) == number


def test_a_table_with_other_columns_and_sums_is_read() -> None:
    sheet = understand_text(
        "№ п/п\tШкола\tДефицит пед. кадров\t4\tКуратор\n1\tШкола № 101\tВ+\tс\tМостов\n\tИтого\t1\t2\t",
        factors=FACTORS,
    )
    assert sheet is not None
    assert [(row.place, row.school, row.cells) for row in sheet.rows] == [
        ("строка 2", "Школа № 101", ((2, "В+"), (4, "с")))
    ]
    assert sheet.remarks == ("Столбец «Куратор» не похож ни на школу, ни на фактор: он пропущен.",)


def test_a_head_of_two_rows_and_a_table_turned_round_are_read() -> None:
    two = understand_text("Школа\tРисковый профиль\n\t1\t2\nШкола № 101\tВ\tс", factors=FACTORS)
    turned = understand_text("Фактор\tШкола № 101\tШкола № 102\n1\tВ\tН\n2\tс\t+", factors=FACTORS)
    assert two is not None
    assert two.rows[0].cells == ((1, "В"), (2, "с"))
    assert turned is not None
    assert [(row.school, row.cells) for row in turned.rows] == [
        ("Школа № 101", ((1, "В"), (2, "с"))),
        ("Школа № 102", ((1, "Н"), (2, "+"))),
    ]


def test_a_row_for_each_factor_is_read_and_an_unknown_factor_is_told() -> None:
    sheet = understand_text(
        "Школа\tФактор\tЗначимость\tВ работе\tПричина\nШкола № 101\t1\tВ\tда\t\n"
        "Школа № 101\tДефицит педагогических кадров\tВ\tнет\tкадры есть\nШкола № 102\tТанцы\tВ\t\t",
        factors=FACTORS,
    )
    assert sheet is not None
    assert [row.cells for row in sheet.rows] == [((1, "В; да"), (2, "В; не взят: кадры есть"))]
    assert sheet.remarks == ("строка 4: фактора «Танцы» нет в программе, строка пропущена.",)


def test_words_without_a_table_are_no_table() -> None:
    assert understand_text("Просто письмо\nо школе", factors=FACTORS) is None


def test_a_quoted_cell_of_the_clipboard_keeps_its_lines_together() -> None:
    quoted = '"Школа\n№ 101"\tВ\r\n"МОУ ""Мост"" № 2"\tС\n\n'
    assert cells_of(quoted) == [["Школа № 101", "В"], ['МОУ "Мост" № 2', "С"]]
    assert cells_of('МОУ "Мост"\tВ\n"не закрыто\tС') == [['МОУ "Мост"', "В"], ['"не закрыто', "С"]]


def test_fifty_thousand_cells_are_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match=r"50 000 ячеек.*20 000.*разделите") as caught:
        cells_of("\n".join("\t".join(["В"] * 50) for _ in range(1000)))
    assert (caught.value.code, caught.value.status) == ("F-ROWS", 413)
    assert MOST_CELLS >= 1000 * 13


def test_the_lacks_of_a_choice_are_named() -> None:
    told = [_After(1, "high", None, ""), _After(2, "high", False, ""), _After(3, "low", True, "")]
    assert lacks(told, least=2, most=5) == (
        "выбрано 1, нужно не меньше 2",
        "№ 1: высокая значимость, решения нет",
        "№ 2: не взят, причина не указана",
    )
    assert lacks([_After(number, "low", True, "") for number in range(6)], least=2, most=5) == (
        "выбрано 6, можно не больше 5",
    )
    assert cell_words("none", None, "") == "значимость не указана"
