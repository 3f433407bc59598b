"""Sheets: merged ranges, what is hidden, numbers and dates as a person sees them, cells far away."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from opora.core.refusal import Refused
from opora.imports.readers.xlsx_formats import shown
from tests.imports.readers.papers import odf, read, sheet, table_of, texts

DECEMBER = (date(2021, 12, 1) - date(1899, 12, 30)).days


@pytest.mark.parametrize(
    ("value", "number", "code", "expected"),
    [
        (DECEMBER, 14, "", "01.12.2021"),
        (DECEMBER, 17, "", "декабрь 2021"),
        (DECEMBER, 164, "mmmm yyyy", "декабрь 2021"),
        (DECEMBER, 164, "mmm.yy", "декабрь 2021"),
        (DECEMBER, 164, "[$-419]mmmm\\ yyyy;@", "декабрь 2021"),
        (DECEMBER, 164, "[$-FC19]ММММ ГГГГ", "декабрь 2021"),
        (DECEMBER, 164, "mmmm", "декабрь"),
        (DECEMBER, 164, "yyyy", "2021"),
        (DECEMBER, 164, 'dd\\.mm\\.yyyy"г."', "01.12.2021"),
        (DECEMBER + 0.5, 22, "", "01.12.2021"),
        (0.5, 20, "", "12:00"),
        (1.1, 0, "", "1.1"),
        (1.1, 2, "", "1.10"),
        (1.1, 164, "0.00", "1.10"),
        (3.0, 0, "", "3"),
        (0.25, 9, "", "25%"),
        (2022.0, 164, '0" год"', "2022"),
        (1e300, 14, "", "1e+300"),
    ],
)
def test_a_number_is_shown_as_its_format_shows_it(
    value: float, number: int, code: str, expected: str
) -> None:
    assert shown(value, number, code) == expected


def test_days_of_the_other_epoch() -> None:
    rows = f'<row r="1"><c r="A1" s="0"><v>{DECEMBER - 1462}</v></c></row>'
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    content = sheet(rows, styles=styles, book='<workbookPr date1904="1"/>')
    assert texts(table_of(read(content))) == [["01.12.2021"]]


def test_merged_ranges_spread_to_the_right_and_down() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Раздел</t></is></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>май</t></is></c></row>'
        '<row r="3"><c r="A3"><v>2</v></c><c r="B3"/></row>'
    )
    after = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B2:B3"/></mergeCells>'
    table = table_of(read(sheet(rows, after=after)))
    assert [(cell.column, cell.span) for cell in table.rows[0].cells] == [(0, 2)]
    assert [row.text_at(1) for row in table.rows] == ["Раздел", "май", "май"]
    assert table.rows[2].cells[1].is_merged_above


def test_words_numbers_truth_and_mistakes() -> None:
    rows = (
        '<row r="5"><c r="A5" t="s"><v>0</v></c><c r="B5" t="b"><v>1</v></c><c r="C5" t="e"><v>#REF!</v></c>'
        '<c r="D5" t="str"><f>A1</f><v>итог</v></c></row>'
    )
    strings = "<si><r><t>Глава</t></r><r><t xml:space='preserve'> 1</t></r><rPh><t>чтение</t></rPh></si>"
    row = table_of(read(sheet(rows, strings=strings))).rows[0]
    assert [cell.text for cell in row.cells] == ["Глава 1", "ИСТИНА", "#REF!", "итог"]
    assert (row.place.row, row.place.sheet) == (5, "План")


def test_hidden_rows_columns_and_sheets() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["1", "тайный столбец", "май"])
    page.append(["2", "тоже", "июнь"])
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    book.create_sheet("Черновик").append(["скрыто"])
    book["Черновик"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)

    source = read(out.getvalue())

    assert texts(table_of(source)) == [["1", "май"], ["2", "июнь"]]
    assert [row.is_hidden for row in table_of(source).rows] == [False, True]
    assert {code for code, _ in source.remarks} == {"hidden_columns", "hidden_sheet"}


def test_a_cell_at_the_far_corner_costs_nothing_and_is_told_of() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>План</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>далеко</t></is></c></row>'
    )
    source = read(sheet(rows))
    assert texts(table_of(source)) == [["План"]]
    assert "XFD1048576" in dict(source.remarks)["far_cells"]


def test_a_formula_without_a_value_is_refused_where_the_row_is_used() -> None:
    rows = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2+1</f><v></v></c></row>'
    with pytest.raises(Refused) as caught:
        read(sheet(rows))
    assert caught.value.code == "F-FORM"
    assert "B2" in caught.value.words


def test_a_formula_without_a_value_on_an_empty_row_is_nothing() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="B9"><f>A9+1</f></c></row>'
    assert texts(table_of(read(sheet(rows)))) == [["1"]]


def test_too_many_rows_are_refused_with_the_name_of_the_sheet() -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(1, 5002))
    with pytest.raises(Refused) as caught:
        read(sheet(rows))
    assert caught.value.code == "F-ROWS"
    assert "лист «План»" in caught.value.words
    assert "5 000" in caught.value.words


def test_dates_of_an_open_document_sheet() -> None:
    def cell(shown_as: str) -> str:
        return (
            '<table:table-cell office:value-type="date" office:date-value="2021-12-01">'
            f"<text:p>{shown_as}</text:p></table:table-cell>"
        )

    body = (
        f"<table:table table:name='План'><table:table-row>{cell('01.12.21')}{cell('дек.21')}{cell('декабрь 2021')}"
        "</table:table-row><table:table-row table:number-rows-repeated='1048575'>"
        "<table:table-cell table:number-columns-repeated='16384'/></table:table-row></table:table>"
    )
    assert texts(table_of(read(odf("spreadsheet", body)))) == [["01.12.2021", "декабрь 2021", "декабрь 2021"]]


def test_repeated_hidden_and_merged_cells_of_an_open_document_sheet() -> None:
    body = (
        "<table:table table:name='П'><table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>май</text:p>"
        "</table:table-cell><table:table-cell table:number-columns-repeated='2'><text:p>х</text:p></table:table-cell>"
        "</table:table-row><table:table-row table:visibility='collapse'><table:covered-table-cell/><table:table-cell>"
        "<text:p>б</text:p></table:table-cell></table:table-row></table:table>"
    )
    table = table_of(read(odf("spreadsheet", body)))
    assert texts(table) == [["май", "х", "х"], ["май", "б"]]
    assert [row.is_hidden for row in table.rows] == [False, True]
