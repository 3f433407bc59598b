"""The fields of one row under settled columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from opora.imports.subjects.columns import Columns
from opora.imports.subjects.found import RawTerm
from opora.imports.subjects.grid import GridRow
from opora.imports.subjects.numbering import is_number, is_roman
from opora.imports.subjects.terms import has_day_or_month
from opora.imports.subjects.wording import clean

_RUNS_ON = re.compile(r"[-–—,;и]$|^(?:[-–—,]|(?:по|до|и)\b)")
_NO_MARK = re.compile(r"[-–—_.\s0]*|нет", re.IGNORECASE)


@dataclass(slots=True)
class Fields:
    """What one row says, and which of it merely repeats a vertically merged cell above."""

    number: str
    text: str
    term: RawTerm
    promise: str
    responsible: str
    own_text: bool
    is_number_merged: bool
    is_text_merged: bool
    is_term_merged: bool
    is_promise_merged: bool


def fields_of(row: GridRow, columns: Columns) -> Fields:
    """Read a row by its columns; a cell that spans several of them speaks for the first only."""
    number = row.at(columns.number) if columns.number is not None else ""
    text = _text(row, columns)
    if number and not (is_number(number) or is_roman(number)):
        text, number = (text or number), ""
    term = _term(row, columns)
    is_text_merged = columns.text in row.merged and bool(text)
    return Fields(
        number=number,
        text=text,
        term=term,
        promise=_first(row, columns.promises),
        responsible=_all(row, columns.responsibles),
        own_text=bool(text) and columns.text not in row.merged,
        is_number_merged=columns.number is not None and columns.number in row.merged and bool(number),
        is_text_merged=is_text_merged,
        is_term_merged=bool(columns.timed)
        and all(column in row.merged for column in columns.timed if row.at(column)),
        is_promise_merged=any(row.at(column) and column in row.merged for column in columns.promises[:1]),
    )


def _text(row: GridRow, columns: Columns) -> str:
    """The activity; where its cell reaches from a column to the left that holds nothing else, that cell."""
    text = row.at(columns.text)
    if text or columns.text == 0:
        return text
    left = columns.text - 1
    if (
        left >= 0
        and row.reaches(left) > 1
        and left not in (columns.number, *columns.timed, *columns.promises)
    ):
        return row.at(left)
    return text


def _first(row: GridRow, found: tuple[int, ...]) -> str:
    return next((row.at(column) for column in found if row.at(column)), "")


def _all(row: GridRow, found: tuple[int, ...]) -> str:
    texts = [row.at(column).strip(" ;") for column in found if row.at(column)]
    return "; ".join(dict.fromkeys(texts))


def _term(row: GridRow, columns: Columns) -> RawTerm:
    return RawTerm(
        text=_with_year(_lines(row, columns.term), row, columns) if columns.term is not None else "",
        start=_value(row, columns.start),
        end=_value(row, columns.end),
        waves=[(label, row.at(column)) for column, label in columns.waves if _is_marked(row.at(column))],
        marks=[mark for column, label in columns.marks for mark in _marks(row, column, label, columns)],
    )


def _with_year(term: str, row: GridRow, columns: Columns) -> str:
    """A term with the year of the column of years, where it has none itself."""
    year = row.at(columns.year) if columns.year is not None else ""
    return f"{term} {year}" if term and year and not re.search(r"20\d\d", term) else term


def _lines(row: GridRow, column: int) -> str:
    """The words of a term; separate lines of one cell are separate dates when each could stand alone."""
    raw = row.raw.get(column)
    if not raw:
        return row.at(column)
    pieces = [clean(piece) for piece in raw.split("\n") if clean(piece)]
    if len(pieces) > 1 and all(has_day_or_month(piece) and re.search(r"\d", piece) for piece in pieces):
        is_one = any(_RUNS_ON.search(piece) for piece in pieces)
        return row.at(column) if is_one else ", ".join(pieces)
    return row.at(column)


def _value(row: GridRow, column: int | None) -> str | None:
    return (row.at(column) or None) if column is not None else None


def _is_marked(text: str) -> bool:
    return bool(text) and not _NO_MARK.fullmatch(text)


def _marks(row: GridRow, column: int, label: str, columns: Columns) -> list[tuple[str, str]]:
    """The marks of one cell of a matrix; a cell that spans several columns marks them all."""
    text = row.at(column)
    if not _is_marked(text):
        return []
    reached = range(column, column + row.reaches(column))
    return [(name, text) for other, name in columns.marks if other in reached]
