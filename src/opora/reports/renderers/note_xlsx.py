"""A note as a workbook: the words on the first sheet, each table on a sheet of its own; text is written as text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from opora.reports import phrases
from opora.reports.note import (
    Appendix,
    Block,
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
    shown,
)
from opora.reports.printable import printable
from opora.reports.renderers import xlsx

FIRST_SHEET: Final = "Справка"
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LETTERS_A_SHARE: Final = 9


def render(note: Note) -> bytes:
    """The bytes of an .xlsx file."""
    note = printable(note)
    made = xlsx.Book()
    made.book.set_properties({"title": note.head.title, "company": note.head.centre_short_name})
    _write_words(made, note)
    names = {FIRST_SHEET.lower()}
    for number, table in enumerate(_gathered(note.tables), 1):
        _write_table(made, table, _sheet_name(table.title, number, names))
    made.book.close()
    return made.buffer.getvalue()


def _write_words(made: xlsx.Book, note: Note) -> None:
    sheet = made.book.add_worksheet(FIRST_SHEET)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, note.head.title[: xlsx.CELL_LIMIT], made.title)
    about = f"{phrases.basis(note.head)} {note.about}".strip()
    sheet.write_string(1, 0, about[: xlsx.CELL_LIMIT], made.plain)
    sheet.write_string(2, 0, note.head.centre_name[: xlsx.CELL_LIMIT], made.plain)
    for place, (words, is_title) in enumerate(_lines(note.blocks), 4):
        for column, text in enumerate(words):
            sheet.write_string(place, column, text[: xlsx.CELL_LIMIT], made.title if is_title else made.plain)


def _lines(blocks: Sequence[Block]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The words of a note line by line; a table is named, its rows stand on its own sheet."""
    for block in blocks:
        match block:
            case Heading():
                yield (block.text,), True
            case Appendix():
                yield (block.title,), True
            case Paragraph() | Missing():
                yield (block.text,), False
            case Items():
                yield from (((f"• {row}",), False) for row in block.rows)
            case Facts():
                yield from ((row, False) for row in block.rows)
            case Table():
                yield (f"Таблица: {block.title}",), False


def _gathered(tables: Sequence[Table]) -> list[Table]:
    """The tables with those of one sheet put together; the heads are those of the first of them."""
    found: list[Table] = []
    places: dict[str, int] = {}
    for table in tables:
        if not table.sheet:
            found.append(table)
            continue
        rows = tuple((table.title, *row) for row in table.rows)
        if table.sheet in places:
            kept = found[places[table.sheet]]
            found[places[table.sheet]] = replace(kept, rows=kept.rows + rows)
        else:
            places[table.sheet] = len(found)
            found.append(
                replace(table, title=table.sheet, columns=(Column("О чём", 6), *table.columns), rows=rows)
            )
    return found


def _write_table(made: xlsx.Book, table: Table, name: str) -> None:
    widths = [min(max(column.width * _LETTERS_A_SHARE, 8), 90) for column in table.columns]
    sheet = made.sheet(name, widths, [column.title for column in table.columns])
    made.rows(sheet, 1, [[_value(cell) for cell in row] for row in table.rows])


def _value(cell: Cell) -> xlsx.Cell:
    if isinstance(cell, Step):
        return cell.value
    return shown(cell) if isinstance(cell, Link) else cell


def _sheet_name(title: str, number: int, taken: set[str]) -> str:
    """A name that Excel takes: short, without its signs, not used before."""
    wanted = _short(_NOT_IN_NAMES.sub(" ", title).strip(), _LONGEST_NAME) or f"Таблица {number}"
    name = wanted
    while name.lower() in taken or name.lower() == "history":
        name, number = f"{_short(wanted, _LONGEST_NAME - 6)} {number}", number + 1
    taken.add(name.lower())
    return name


def _short(words: str, most: int) -> str:
    """The beginning of words in at most so many units of UTF-16, which is how Excel counts letters."""
    return words.encode("utf-16-le")[: 2 * most].decode("utf-16-le", errors="ignore").strip()
