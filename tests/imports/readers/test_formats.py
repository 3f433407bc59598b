"""One paper in nine formats is read as the same cells."""

from __future__ import annotations

import pytest

from opora.imports.reading import read_source
from opora.imports.table import Table
from tests.imports.readers.papers import MAKERS, ROWS, TITLE, filled, squeezed, words

SHEETS = {"xlsx", "ods", "csv"}


@pytest.mark.parametrize("kind", MAKERS)
def test_every_format_gives_the_same_cells(kind: str) -> None:
    source = read_source(MAKERS[kind](ROWS), f"plan.{kind}")

    expected = [[squeezed(text) for text in row if text] for row in ROWS]
    assert source.kind == kind
    assert filled(source) == ([[squeezed(TITLE)], *expected] if kind in SHEETS else expected)
    assert words(source) == ([] if kind in SHEETS else [TITLE])


@pytest.mark.parametrize("kind", sorted(set(MAKERS) - {"csv", "txt"}))
def test_a_merged_row_covers_all_columns(kind: str) -> None:
    source = read_source(MAKERS[kind](ROWS), f"plan.{kind}")

    (table,) = source.tables
    section = next(row for row in table.rows if row.cells[0].text.startswith("1. "))
    assert [(cell.column, cell.span) for cell in section.cells] == [(0, 4)]
    assert table.width == 4


@pytest.mark.parametrize("kind", MAKERS)
def test_columns_do_not_depend_on_filled_cells(kind: str) -> None:
    source = read_source(MAKERS[kind](ROWS), f"plan.{kind}")

    (table,) = source.tables
    assert table.rows[-1].text_at(0) == ""
    assert table.rows[-1].text_at(2) == "до 15 апреля 2022"


@pytest.mark.parametrize("kind", MAKERS)
def test_the_name_does_not_decide_what_a_file_is(kind: str) -> None:
    content = MAKERS[kind](ROWS)
    if kind == "csv":
        # Only its name tells a csv from another plain text.
        return
    assert read_source(content, "").kind == kind
    assert read_source(content, "план.bin").kind == kind


@pytest.mark.parametrize("kind", MAKERS)
def test_places_count_rows_from_one(kind: str) -> None:
    source = read_source(MAKERS[kind](ROWS), f"plan.{kind}")

    rows = [row.place for block in source.blocks if isinstance(block, Table) for row in block.rows]
    assert [place.row for place in rows] == list(range(1, len(rows) + 1))
    assert {place.table for place in rows} == {1}
