"""A note of blocks: it comes back whole from its text, and any words in it make files that open."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx as word
import openpyxl
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from opora.reports import content, note
from opora.reports.examples import example_head, example_note
from opora.reports.note import (
    Appendix,
    Cell,
    Column,
    Facts,
    Heading,
    Items,
    Link,
    Missing,
    Note,
    Paragraph,
    Step,
    Table,
)
from opora.reports.register import NOTE, REPORTS
from opora.reports.word.filling import fill
from tests.reports.test_renderers import MARKUP, text_of

WORDS = st.text(max_size=40)


def docx_of(made: Note) -> bytes:
    return fill(NOTE.template.read_bytes(), NOTE.filling(made))


def note_saying(words: str) -> Note:
    """A note in which the words stand wherever somebody may have typed them."""
    columns = (Column(words), Column("Число", 1, is_figure=True), Column("День", 2), Column("Где", 2))
    rows: tuple[tuple[Cell, ...], ...] = (
        (words, 5, date(2022, 5, 1), Link(words, "https://example.org/1")),
        (words, 2.5, None, Link(words, "/documents/1/")),
    )
    blocks = (
        Heading(words),
        Heading(words, 3),
        Paragraph(words),
        Facts(((words, words),)),
        Items((words, words)),
        Missing(words),
        Table(words, columns, rows, has_total=True),
        Table(words, columns, ()),
        Appendix(words),
    )
    return Note(replace(example_head("Справка"), centre_name=words, programme=words), words, blocks)


cells = st.one_of(
    WORDS,
    st.integers(),
    st.dates(),
    st.none(),
    st.floats(-1e9, 1e9),
    st.builds(Link, WORDS, WORDS),
    st.builds(Step, st.integers(-999, 999)),
)
tables = st.integers(1, 4).flatmap(
    lambda width: st.builds(
        Table,
        WORDS,
        st.lists(
            st.builds(Column, WORDS, st.integers(1, 9), st.booleans()), min_size=width, max_size=width
        ).map(tuple),
        st.lists(st.lists(cells, min_size=width, max_size=width).map(tuple), max_size=4).map(tuple),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "Лист"]),
    )
)
blocks_of_any_kind = st.one_of(
    st.builds(Heading, WORDS, st.sampled_from([2, 3])),
    st.builds(Paragraph, WORDS),
    st.builds(Facts, st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple)),
    st.builds(Items, st.lists(WORDS, max_size=3).map(tuple)),
    st.builds(Missing, WORDS),
    st.builds(Appendix, WORDS),
    tables,
)


@given(blocks=st.lists(blocks_of_any_kind, max_size=6).map(tuple), about=WORDS)
def test_a_note_comes_back_from_its_text_and_bears_one_hash(
    blocks: tuple[note.Block, ...], about: str
) -> None:
    made = Note(example_head("Справка"), about, blocks)
    text = note.as_text(made)

    assert note.from_text(text) == made
    assert content.hash_of(text) == content.hash_of(note.as_text(note.from_text(text)))


@settings(max_examples=10, deadline=None)
@given(words=st.text(max_size=60))
@example(words="\x00\x0b\x1f\ud800\ufffe")
@example(words="=1+1 {{ 7*7 }} {% raw %} <w:p/> #set page() ]]> \u202e")
@example(words="[лист]:*?/\\' history")
@example(words="ы" * 3000)
@example(words="0" * 22 + "\U00010000" * 9)
def test_text_of_any_kind_breaks_no_file(words: str) -> None:
    made = note_saying(words)

    assert text_of(docx_of(made))
    assert openpyxl.load_workbook(io.BytesIO(NOTE.xlsx(made))).sheetnames[0] == "Справка"
    assert NOTE.pdf(made).startswith(b"%PDF")


@pytest.mark.parametrize("words", MARKUP)
def test_markup_stays_what_was_typed(words: str) -> None:
    made = note_saying(words)
    assert words in text_of(docx_of(made))
    book = openpyxl.load_workbook(io.BytesIO(NOTE.xlsx(made)))
    cell = book.worksheets[1].cell(2, 1)
    assert (cell.value, cell.data_type) == (words, "s")


def test_cells_keep_their_types_in_a_workbook() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(NOTE.xlsx(note_saying("Слова")))).worksheets[1]
    assert [sheet.cell(2, place).value for place in (2, 4)] == [5, "Слова (https://example.org/1)"]
    assert sheet.cell(2, 3).is_date
    assert sheet.cell(3, 3).value is None


def test_tables_with_one_title_get_sheets_of_their_own() -> None:
    names = openpyxl.load_workbook(io.BytesIO(NOTE.xlsx(note_saying("Школы")))).sheetnames
    assert names == ["Справка", "Школы", "Школы 2"]


def test_columns_of_a_word_table_stand_as_wide_as_told_and_figures_at_the_edge() -> None:
    table = word.Document(io.BytesIO(docx_of(note_saying("Слова")))).tables[1]
    widths = [cell.width for cell in table.rows[0].cells]
    assert widths[0] > 2 * widths[1]
    assert table.rows[1].cells[1].paragraphs[0].alignment is not None
    assert table.rows[1].cells[0].paragraphs[0].alignment is None


def test_a_heading_of_a_word_file_never_stands_alone_at_the_foot_of_a_page() -> None:
    paper = word.Document(io.BytesIO(docx_of(example_note())))
    assert all(
        paper.styles[f"Heading {level}"].paragraph_format.keep_with_next is True for level in (1, 2, 3)
    )
    heads = paper.tables[1].rows[0].cells
    assert [cell.paragraphs[0].paragraph_format.keep_with_next for cell in heads] == [True, True, True]


def test_a_pdf_is_tagged_russian_and_says_everything() -> None:
    made = NOTE.pdf(example_note())
    assert all(mark in made for mark in (b"/StructTreeRoot", b"/Lang", b"/MarkInfo"))
    pages = pypdfium2.PdfDocument(io.BytesIO(made))
    told = "".join(page.get_textpage().get_text_range() for page in pages)
    for words in ("Что сделано", "Нет данных: Школа № 102.", "Приложение. Выводы", "01.03.2022", "Итого"):
        assert words in told


def test_every_kind_of_report_is_named_once_and_has_its_template() -> None:
    codes = [kind.code for kind in REPORTS]
    assert len(codes) == len(set(codes))
    for kind in REPORTS:
        assert fill(kind.shape.template.read_bytes(), kind.example_filling()).startswith(b"PK")
        example_of_it = kind.shape.example()
        assert kind.shape.from_text(kind.shape.as_text(example_of_it)) == example_of_it
