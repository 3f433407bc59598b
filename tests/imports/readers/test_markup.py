"""Web pages, RTF and OpenDocument texts."""

# ruff: noqa: E501 -- raw markup is read best as it stands

from __future__ import annotations

import pytest

from opora.core.refusal import Refused
from opora.imports.table import Paragraph
from tests.imports.readers.papers import ROWS, make_rtf, odf, read, table_of, texts, words


def page(body: str, encoding: str = "utf-8") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset={encoding}></head><body>{body}</body></html>".encode(
        encoding
    )


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r"])
def test_a_page_is_in_the_encoding_it_names(encoding: str) -> None:
    assert words(read(page("<p>План работы", encoding))) == ["План работы"]


def test_a_page_mistaken_about_its_encoding_is_read_by_its_letters() -> None:
    content = page("<p>План работы школы на год").replace(b"charset=utf-8", b"charset=ascii")
    assert words(read(content)) == ["План работы школы на год"]


def test_cells_of_a_page_that_cover_columns_and_rows() -> None:
    body = (
        "<table><thead><tr><th rowspan=2>№<th colspan=2>Срок</tr><tr><th>начало<th>конец</tr></thead>"
        "<tbody><tr><td>1<td>май<td>июнь</tr></tbody></table>"
    )
    table = table_of(read(page(body)))
    assert texts(table) == [["№", "Срок"], ["№", "начало", "конец"], ["1", "май", "июнь"]]
    assert table.rows[1].cells[0].is_merged_above
    assert table.rows[0].cells[1].span == 2
    assert all(cell.is_bold for cell in table.rows[0].cells)


def test_what_a_page_hides_is_not_read() -> None:
    body = (
        "<script>alert(1)</script><p style='display: none'>тайно</p><p hidden>и это</p><table><tr><td>а</td></tr>"
        "<tr style='display:none'><td>скрыта</td></tr></table>"
    )
    source = read(page(body))
    assert words(source) == []
    assert [(row.cells[0].text, row.is_hidden) for row in table_of(source).rows] == [
        ("а", False),
        ("скрыта", True),
    ]


def test_breaks_lists_and_small_tables_in_a_cell_of_a_page() -> None:
    body = "<table><tr><td>один<br>два<ol start=3><li>три<li>четыре</ol><table><tr><td>а<td>б</table><td>показатель<sup>2</sup></table>"
    assert texts(table_of(read(page(body)))) == [["один\nдва\n3. три\n4. четыре\nа б", "показатель²"]]


def test_a_table_that_only_places_another_one_is_looked_through() -> None:
    rows = "".join(f"<tr><td>{at}<td>Дело<td>май</tr>" for at in range(1, 4))
    source = read(page(f"<table><tr><td><h2>План</h2><table>{rows}</table></table>"))
    assert [len(table.rows) for table in source.tables] == [3]
    assert [block.text for block in source.blocks if isinstance(block, Paragraph) and block.is_heading] == [
        "План"
    ]


def rtf(body: str) -> bytes:
    coded = "".join(letter if letter < "\x7f" else f"\\'{letter.encode('cp1251')[0]:02x}" for letter in body)
    return b"{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset204 Times;}}" + coded.encode() + b"}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("План\\par", "План"),
        ("\\u1055?\\u1083?ан\\par", "План"),
        ("\\uc0\\u1055\\u1083 ан\\par", "План"),
        ("{\\*\\bkmkstart а}План{\\v скрыто}\\par", "План"),
        ("{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt План}}\\par", "План"),
        ("{\\listtext 1.\\tab }План\\par", "1.\tПлан"),
        ("{\\pict\\bin4 abcd}План\\par", "План"),
        ("март\\endash апрель\\line май\\~2022\\par", "март–апрель\nмай\u00a02022"),
        ("показатель{\\super 2}\\par", "показатель²"),
        ("{\\header Шапка\\par}План\\par", "План"),
    ],
)
def test_what_is_seen_of_an_rtf(body: str, expected: str) -> None:
    assert words(read(rtf(body))) == [expected]


def test_merged_cells_of_an_rtf() -> None:
    body = (
        "\\trowd\\cellx1000\\cellx3000\\clvmgf\\cellx5000\\pard\\intbl 1\\cell Дело\\cell май\\cell\\row"
        "\\trowd\\cellx1000\\cellx3000\\clvmrg\\cellx5000\\pard\\intbl 2\\cell Отчёт\\par второй\\cell\\cell\\row"
        "\\trowd\\cellx5000\\pard\\intbl\\b Раздел\\cell\\row\\pard\\par После\\par"
    )
    source = read(rtf(body))
    table = table_of(source)
    assert texts(table) == [["1", "Дело", "май"], ["2", "Отчёт\nвторой", "май"], ["Раздел"]]
    assert table.rows[1].cells[2].is_merged_above
    assert [(cell.span, cell.is_bold) for cell in table.rows[2].cells] == [(3, True)]
    assert words(source) == ["После"]


def test_an_object_in_an_rtf_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        read(rtf("{\\object\\objemb{\\*\\objdata 0105}}"))
    assert caught.value.code == "F-ACTIVE"


STYLES = (
    "<style:style style:name='B' style:family='paragraph'><style:paragraph-properties fo:text-align='center'/>"
    "<style:text-properties fo:font-weight='bold'/></style:style>"
    "<style:style style:name='P' style:family='paragraph'><style:paragraph-properties fo:break-before='page'/></style:style>"
    "<text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format='1' style:num-suffix='.'/>"
    "<text:list-level-style-number text:level='2' style:num-format='1' text:display-levels='2'/></text:list-style>"
)


def test_words_of_an_open_document_text() -> None:
    body = (
        "<text:tracked-changes><text:p>убрано</text:p></text:tracked-changes>"
        "<text:p text:style-name='B'>Карта<text:note><text:note-body><text:p>сноска</text:p></text:note-body></text:note></text:p>"
        "<text:p text:style-name='P'>март<text:s text:c='2'/>–<text:tab/>май<text:line-break/>2022</text:p>"
    )
    blocks = read(odf("text", body, STYLES)).blocks
    assert [
        (block.text, block.page, block.is_heading) for block in blocks if isinstance(block, Paragraph)
    ] == [
        ("Карта", 1, True),
        ("март  –\tмай\n2022", 2, False),
    ]


def test_numbers_of_open_document_lists_are_printed() -> None:
    inner = "<text:list><text:list-item><text:p>а</text:p></text:list-item><text:list-item><text:p>б</text:p></text:list-item></text:list>"
    body = (
        f"<text:list text:style-name='L'><text:list-item><text:p>Один</text:p>{inner}</text:list-item></text:list>"
        "<text:list text:style-name='L' text:continue-numbering='true'><text:list-item><text:p>Два</text:p></text:list-item></text:list>"
    )
    assert words(read(odf("text", body, STYLES))) == ["1. Один", "1.1 а", "1.2 б", "2. Два"]


def test_cells_of_an_open_document_text() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("№", "table:number-rows-spanned='2'")
        + cell("Срок", "table:number-columns-spanned='2'")
        + "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row><table:covered-table-cell/>"
        + cell("с")
        + cell("по")
        + "</table:table-row></table:table>"
    )
    assert texts(table_of(read(odf("text", body)))) == [["№", "Срок"], ["№", "с", "по"]]


@pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
def test_half_a_paper_does_not_pass_for_the_whole(share: float) -> None:
    rows = "".join(f"<tr><td>{at}<td>Семинар<td>март</tr>" for at in range(50))
    for content in (make_rtf(ROWS), page(f"<p>Дорожная карта<table>{rows}</table>")):
        with pytest.raises(Refused) as refusal:
            read(content[: int(len(content) * share)])

        assert refusal.value.code == "F-BROKEN"


def test_a_page_without_its_last_words_is_whole_when_its_table_is() -> None:
    content = page("<p>План<table><tr><td>1<td>Семинар</tr></table>").removesuffix(b"</body></html>")

    assert texts(table_of(read(content))) == [["1", "Семинар"]]
