"""The source order, from the Word file that the demonstration imports and from the same rows in other formats."""

from __future__ import annotations

import pytest

from opora.demo.paper import PAPER, TEXT, make_paper
from opora.imports.reading import read_in_child, read_source
from opora.imports.table import Table
from tests.imports.readers.papers import MAKERS, filled, read, squeezed, words

SECTION_6 = "6. Проведение образовательных мероприятий/вовлечение системы ДПО"


def order_rows() -> list[list[str]]:
    """Rows of the order's table, the heading that slipped out put back as a row."""
    rows: list[list[str]] = []
    for line in TEXT.read_text(encoding="utf-8").split("\n"):
        cells = line.split("\t")
        if len(cells) == 4:
            rows.append(cells if any(cells[1:]) else cells[:1])
        elif line == SECTION_6:
            rows.append([line])
    return rows


def test_the_paper_is_made_the_same_every_time() -> None:
    assert make_paper() == PAPER.read_bytes()


def test_the_paper_says_what_the_text_says() -> None:
    source = read(PAPER.read_bytes(), PAPER.name)

    expected = [[squeezed(cell) for cell in row if cell] for row in order_rows() if row != [SECTION_6]]
    assert filled(source) == expected
    assert SECTION_6 in words(source)
    assert [len(table.rows) for table in source.tables] == [54, 3]


def test_the_pages_of_the_paper_are_counted() -> None:
    source = read(PAPER.read_bytes(), PAPER.name)

    first, last = source.tables
    pages = [row.place.page for row in (*first.rows, *last.rows)]
    assert pages[0] == 2
    assert pages[-1] == 10
    assert pages == sorted(pages)


def test_the_text_and_the_paper_agree() -> None:
    text, paper = read(TEXT.read_bytes(), TEXT.name), read(PAPER.read_bytes(), PAPER.name)

    assert filled(text) == filled(paper)
    assert SECTION_6 in words(text)


@pytest.mark.parametrize("kind", MAKERS)
def test_all_formats_give_the_cells_of_the_order(kind: str) -> None:
    rows = order_rows()
    source = read_source(MAKERS[kind](rows), f"order.{kind}")

    got = filled(source)
    expected = [[squeezed(cell) for cell in row if cell] for row in rows]
    if kind in {"xlsx", "ods", "csv"}:
        got = got[1:]
    if kind == "pdf":
        # A page cuts rows in two; what is read is the same words in the same columns.
        assert "".join(map("".join, sorted_columns(source.blocks))) == "".join(map("".join, columns_of(rows)))
    else:
        assert got == expected


def columns_of(rows: list[list[str]]) -> list[list[str]]:
    """Words of each column from the top down, without white space."""
    return [[squeezed(row[column]) for row in rows if column < len(row)] for column in range(4)]


def sorted_columns(blocks: tuple[object, ...]) -> list[list[str]]:
    """Words of each column of all tables."""
    tables = [block for block in blocks if isinstance(block, Table)]
    return [
        [
            squeezed(cell.text)
            for table in tables
            for row in table.rows
            for cell in row.cells
            if cell.column == column
        ]
        for column in range(4)
    ]


@pytest.mark.parametrize("kind", ["docx", "pdf", "txt", "csv"])
def test_the_order_is_understood_whole_from(kind: str) -> None:
    content = PAPER.read_bytes() if kind == "docx" else MAKERS[kind](order_rows())

    draft = read_in_child(content, f"order.{kind}")

    assert len(draft["lines"]) == 45
    assert len(draft["sections"]) == 6
    assert [line["suggested_number"] for line in draft["lines"] if line["number"] is None] == ["6.1"]
    assert all(line["period"]["start"] for line in draft["lines"])
