"""What Word does to a table and to words, and how it is read."""

# ruff: noqa: E501, ISC004 -- raw markup is read best as it stands

from __future__ import annotations

import pytest

from opora.core.refusal import Refused
from opora.imports.table import Table
from tests.imports.readers.papers import W, p, read, table_of, tbl, tc, texts, tr, word, words


def numbering(*levels: tuple[str, str], more: str = "", nums: str = "") -> str:
    """A numbering part of one list: (format, text) of each level."""
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (shape, text) in enumerate(levels)
    )
    nums = nums or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{inside}{more}</w:abstractNum>{nums}</w:numbering>'


def numbered(level: int, text: str = "", number: int = 1) -> str:
    """A paragraph of a numbered list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_of_a_many_levelled_list_are_printed() -> None:
    body = tbl(
        tr(tc(numbered(0, "Организация"))),
        tr(tc(numbered(1)), tc("а")),
        tr(tc(numbered(1)), tc("б")),
        tr(tc(numbered(0, "Методика"))),
        tr(tc(numbered(1)), tc("в")),
    )
    source = read(word(body, word__numbering_xml=numbering(("decimal", "%1."), ("decimal", "%1.%2"))))

    first = [row.cells[0].text for row in table_of(source).rows]
    assert first == ["1.\tОрганизация", "1.1", "1.2", "2.\tМетодика", "2.1"]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("upperRoman", ["I)", "II)", "III)", "IV)"]),
        ("lowerLetter", ["a)", "b)", "c)", "d)"]),
        ("russianLower", ["а)", "б)", "в)", "г)"]),
        ("decimalZero", ["01)", "02)", "03)", "04)"]),
        ("bullet", ["•", "•", "•", "•"]),
    ],
)
def test_shapes_of_numbers(shape: str, expected: list[str]) -> None:
    body = "".join(numbered(0) for _ in range(4))
    part = numbering((shape, "\uf0b7" if shape == "bullet" else "%1)"))
    assert words(read(word(body, word__numbering_xml=part))) == expected


def test_a_list_begun_anew_starts_where_it_says() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = numbered(0) + numbered(0) + numbered(0, number=2) + numbered(0, number=2)
    source = read(word(body, word__numbering_xml=numbering(("decimal", "%1"), nums=nums)))
    assert words(source) == ["1", "2", "5", "6"]


def test_a_number_given_by_a_style_is_printed() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style></w:styles>"
    )
    body = p("первый", '<w:pStyle w:val="Item"/>') + p("второй", '<w:pStyle w:val="Item"/>')
    part = numbering(("decimal", "%1."))
    assert words(read(word(body, word__numbering_xml=part, word__styles_xml=styles))) == [
        "1.\tпервый",
        "2.\tвторой",
    ]


def test_merged_cells_keep_their_columns_and_repeat_their_words() -> None:
    body = tbl(
        tr(tc("1"), tc("Работа", '<w:gridSpan w:val="2"/>'), tc("май", '<w:vMerge w:val="restart"/>')),
        tr(tc("2"), tc("Отчёт"), tc("лист"), tc("", "<w:vMerge/>")),
        tr(tc("3"), tc("Итог", '<w:gridSpan w:val="2"/>'), tc("июнь")),
    )
    table = table_of(read(word(body)))

    assert [(cell.text, cell.column, cell.span) for cell in table.rows[0].cells] == [
        ("1", 0, 1),
        ("Работа", 1, 2),
        ("май", 3, 1),
    ]
    assert [row.text_at(3) for row in table.rows] == ["май", "май", "июнь"]
    assert [row.cells[-1].is_merged_above for row in table.rows] == [False, True, False]
    assert table.width == 4


def test_a_row_that_begins_late_keeps_its_columns() -> None:
    body = tbl(tr(tc("1"), tc("2"), tc("3")), tr(tc("б"), tc("в"), properties='<w:gridBefore w:val="1"/>'))
    assert [cell.column for cell in table_of(read(word(body))).rows[1].cells] == [1, 2]


def test_hidden_and_deleted_rows() -> None:
    body = tbl(
        tr(tc("видна")),
        tr(tc("скрыта"), properties="<w:hidden/>"),
        tr(tc("удалена"), properties='<w:del w:id="1"/>'),
    )
    rows = table_of(read(word(body))).rows
    assert [(row.cells[0].text, row.is_hidden) for row in rows] == [("видна", False), ("скрыта", True)]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (
            "<w:ins><w:r><w:t>добавлено</w:t></w:r></w:ins><w:del><w:r><w:delText>убрано</w:delText></w:r></w:del>",
            "добавлено",
        ),
        ("<w:r><w:t>до</w:t><w:br/><w:t>после</w:t></w:r>", "до\nпосле"),
        ("<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t></w:r>", "а\tб"),
        ("<w:r><w:t>май</w:t><w:noBreakHyphen/><w:t>июнь</w:t></w:r>", "май-июнь"),
        ("<w:r><w:t>раз</w:t><w:softHyphen/><w:t>дел</w:t></w:r>", "раз\u00adдел"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайно</w:t></w:r><w:r><w:t>явно</w:t></w:r>", "явно"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>явно</w:t></w:r>", "явно"),
        ("<w:r><w:t>Карта</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>", "Карта"),
        (
            "<w:r><w:t>показатель</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>",
            "показатель²",
        ),
        ("<w:hyperlink><w:r><w:t>ссылка</w:t></w:r></w:hyperlink>", "ссылка"),
        ("<w:smartTag><w:r><w:t>2022 г</w:t></w:r></w:smartTag>", "2022 г"),
        (
            "<w:sdt><w:sdtPr><w:alias w:val='Имя'/></w:sdtPr><w:sdtContent><w:r><w:t>поле</w:t></w:r></w:sdtContent></w:sdt>",
            "поле",
        ),
        ("<w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple>", "7"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r><w:t>код</w:t></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>итог</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "итог",
        ),
        (
            "<w:r><mc:AlternateContent><mc:Choice Requires='x'><w:t>раз</w:t></mc:Choice><mc:Fallback><w:t>раз</w:t></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
            "раз",
        ),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>", "✓"),
    ],
)
def test_what_is_seen_of_a_paragraph(inside: str, expected: str) -> None:
    assert words(read(word(f"<w:p>{inside}</w:p>"))) == [expected]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('в рамке')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>вокруг</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert words(read(word(body))) == ["вокруг", "в рамке"]


def test_paragraphs_and_tables_inside_content_controls_are_found_in_order() -> None:
    body = (
        p("до") + f"<w:sdt><w:sdtContent>{p('внутри')}{tbl(tr(tc('а')))}</w:sdtContent></w:sdt>" + p("после")
    )
    source = read(word(body))
    assert words(source) == ["до", "внутри", "после"]
    assert [isinstance(block, Table) for block in source.blocks] == [False, False, True, False]


def test_a_small_table_in_a_cell_is_words_of_the_cell() -> None:
    inner = tbl(tr(tc("а"), tc("б")), tr(tc("в"), tc("г")))
    table = table_of(read(word(tbl(tr(tc("1"), tc(f"{p('Список')}{inner}{p('')}"))))))
    assert texts(table) == [["1", "Список\nа б\nв г"]]


def test_a_plan_inside_a_frame_table_is_a_table_of_its_own() -> None:
    plan = tbl(*(tr(tc(f"{at}"), tc("Работа"), tc("май")) for at in range(1, 4)))
    tables = read(word(tbl(tr(tc(f"{p('Рамка')}{plan}"))))).tables
    assert texts(tables[1]) == [["1", "Работа", "май"], ["2", "Работа", "май"], ["3", "Работа", "май"]]


def test_headings_are_told_by_style_or_by_bold_in_the_middle() -> None:
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>'
    bold = "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Раздел</w:t></w:r></w:p>"
    body = p("Глава", '<w:pStyle w:val="1"/>') + bold + p("текст", "<w:jc w:val='center'/>")
    blocks = read(word(body, word__styles_xml=styles)).blocks
    assert [block.is_heading for block in blocks if not isinstance(block, Table)] == [True, True, False]


def test_a_break_of_pages_inside_a_row_is_counted_once() -> None:
    cut = "<w:p><w:r><w:t>начало </w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>конец</w:t></w:r></w:p>"
    body = tbl(tr(tc(cut), tc(cut)), tr(tc("ниже")))
    assert [row.place.page for row in table_of(read(word(body))).rows] == [1, 2]


def test_a_document_of_the_strict_kind_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body>{p("строгий")}</w:body></w:document>'
    content = word("", word__document_xml=body)
    assert words(read(content)) == ["строгий"]


def test_a_field_that_starts_a_program_is_refused() -> None:
    body = "<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r></w:p>"
    with pytest.raises(Refused) as caught:
        read(word(body))
    assert caught.value.code == "F-ACTIVE"
