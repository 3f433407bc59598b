"""PDF: ruled tables, tables without lines, turned pages, words broken by narrow cells, what may not be read."""

# ruff: noqa: E501 -- raw markup is read best as it stands

from __future__ import annotations

import zlib

import pytest
import typst

from opora.core.refusal import Refused
from opora.imports.readers.pdf_words import Speller, TextLine, mended, text_of
from tests.imports.readers.papers import ROWS, filled, make_pdf, read, squeezed, table_of, texts, words

SPELLER = Speller()


def line(text: str, width: float = 100.0, first: float = 30.0) -> TextLine:
    """A line as it stands in a cell; a space at its end is a space of the paper."""
    return TextLine(text.strip(), 0.0, width, 0.0, 10.0, text.endswith(" "), first, is_bold=False, letters=[])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line("школьных "), line("координаторов")], "школьных координаторов"),
        ([line("школ-"), line("участниц")], "школ-участниц"),
        ([line("координа-"), line("торов")], "координаторов"),
        ([line("координа\u00ad"), line("торов")], "координаторов"),
        ([line("март-"), line("апрель 2022")], "март-апрель 2022"),
        ([line("консультационно"), line("й поддержки")], "консультационной поддержки"),
        ([line("декабрь"), line("2021")], "декабрь 2021"),
        ([line("1.1"), line("0")], "1.10"),
        ([line("разработка"), line("плана")], "разработка плана"),
        ([line("управления/"), line("школы")], "управления/школы"),
        ([line("февраль –"), line("май 2022")], "февраль – май 2022"),
    ],
)
def test_lines_of_a_cell_become_words(lines: list[TextLine], expected: str) -> None:
    assert text_of(lines, 100.0, False, SPELLER) == expected


def test_a_line_that_ended_early_was_ended_by_the_writer() -> None:
    lines = [line("Отчёт", width=40.0), line("Справка")]
    assert text_of(lines, 100.0, True, SPELLER) == "Отчёт\nСправка"


def test_letters_of_a_wrong_code_page_are_mended() -> None:
    assert mended("Ïðèêàç") == "Приказ"
    assert mended("Приказ № 5") == "Приказ № 5"
    assert mended("Café") == "Café"


def test_a_table_without_lines_is_read_by_its_columns() -> None:
    content = make_pdf(ROWS * 3, more="#set table(stroke: none)")
    got = filled(read(content))
    assert got == [[squeezed(text) for text in row if text] for row in ROWS * 3]


def test_a_turned_page_is_read_upright() -> None:
    inner = "#table(columns: 3, [№], [Дело], [Срок], [1], [Семинар], [май 2022], [2], [Отчёт], [июнь 2022])"
    content = typst.compile(f"#rotate(90deg, reflow: true)[{inner}]".encode(), ignore_system_fonts=True)
    assert texts(table_of(read(content))) == [
        ["№", "Дело", "Срок"],
        ["1", "Семинар", "май 2022"],
        ["2", "Отчёт", "июнь 2022"],
    ]


def test_cells_merged_down_repeat_their_words() -> None:
    source = "#table(columns: 3, [1], [а], table.cell(rowspan: 2)[май], [2], [б])"
    table = table_of(read(typst.compile(source.encode(), ignore_system_fonts=True)))
    assert texts(table) == [["1", "а", "май"], ["2", "б", "май"]]
    assert table.rows[1].cells[2].is_merged_above


def test_words_stand_before_and_after_the_table_and_pages_are_counted() -> None:
    source = "До\n\n#table(columns: 2, [1], [а], [2], [б])\n\nПосле\n#pagebreak()\nСледующая страница"
    read_source = read(typst.compile(source.encode(), ignore_system_fonts=True))
    kinds = [type(block).__name__ for block in read_source.blocks]
    assert kinds == ["Paragraph", "Table", "Paragraph", "Paragraph"]
    assert [block.page for block in read_source.blocks if hasattr(block, "page")] == [1, 1, 2]
    assert words(read_source) == ["До", "После", "Следующая страница"]


def pdf(*objects: str, trailer: str = "") -> bytes:
    """A small PDF written by hand: the first object is the catalogue."""
    body = "%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer <</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\n"
    return (body + end + f"startxref\n{len(body)}\n%%EOF").encode("latin-1")


PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]>>"


def refusal_of(content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        read(content, "plan.pdf")
    return caught.value


def test_a_page_without_letters_is_a_scan() -> None:
    refusal = refusal_of(pdf("<</Type/Catalog/Pages 2 0 R>>", PAGES, PAGE))
    assert refusal.code == "F-SCAN"
    assert "текстового" in refusal.words
    assert "скан" in refusal.words


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", "сценарий"),
        ("/OpenAction<</S/Java#53cript/JS(1)>>", "сценарий"),
        ("/OpenAction<</S/Launch/F(cmd.exe)>>", "запуск"),
        ("/Names<</EmbeddedFiles<</Names[]>>>>", "вложенный файл"),
    ],
)
def test_what_acts_is_refused(entry: str, word: str) -> None:
    refusal = refusal_of(pdf(f"<</Type/Catalog/Pages 2 0 R{entry}>>", PAGES, PAGE))
    assert refusal.code == "F-ACTIVE"
    assert word in refusal.words


def test_what_acts_is_found_in_packed_objects() -> None:
    packed = zlib.compress(b"1 0 <</S/JavaScript/JS(1)>>").decode("latin-1")
    stream = (
        f"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {len(packed)}>>\nstream\n{packed}\nendstream"
    )
    assert refusal_of(pdf("<</Type/Catalog/Pages 2 0 R>>", PAGES, PAGE, stream)).code == "F-ACTIVE"


def test_too_many_pages_are_refused_by_their_number() -> None:
    kids = "3 0 R " * 301
    refusal = refusal_of(
        pdf("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count 301>>", PAGE)
    )
    assert refusal.code == "F-PAGES"
    assert "301" in refusal.words


def test_a_password_is_asked_to_be_taken_off() -> None:
    keys = "<</Filter/Standard/V 1/R 2/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">/P -4>>"
    content = pdf("<</Type/Catalog/Pages 2 0 R>>", PAGES, PAGE, keys, trailer="/Encrypt 4 0 R/ID[<00><00>]")
    assert refusal_of(content).code == "F-PASS"


def test_half_a_pdf_is_broken() -> None:
    assert refusal_of(b"%PDF-1.7\n1 0 obj\n<<").code == "F-BROKEN"
