"""The reader of Excel workbooks (.xlsx): every visible sheet as one table of what a person sees in its cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from opora.core.refusal import Refused
from opora.imports.readers.archive import Archive
from opora.imports.readers.markup import local, parse, stream
from opora.imports.readers.office import look_through
from opora.imports.readers.refusals import LAST_COLUMN, MOST_SHEETS, too_many
from opora.imports.readers.sheet_rows import Merged, Sheet, address
from opora.imports.readers.xlsx_formats import shown
from opora.imports.table import Source, Table

S: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_YES: Final = frozenset({"1", "true"})
_TRUTH: Final = {"1": "ИСТИНА", "0": "ЛОЖЬ"}


@dataclass(slots=True)
class _Book:
    """What all sheets share."""

    strings: list[str] = field(default_factory=list)
    formats: list[tuple[int, str, bool]] = field(default_factory=list)
    is_1904: bool = False


def read_xlsx(archive: Archive) -> Source:
    """The visible sheets of a workbook as tables.

    Refused: F-MACRO, F-ACTIVE, F-BROKEN, F-FORM, F-ROWS.
    """
    remarks = [*look_through(archive)]
    workbook = parse(archive.read("xl/workbook.xml"))
    links = _links(archive)
    properties = workbook.find(f"{S}workbookPr")
    book = _Book(
        strings=_strings(archive.find(links.get("sharedStrings", "xl/sharedStrings.xml"))),
        formats=_formats(archive.find(links.get("styles", "xl/styles.xml"))),
        is_1904=properties is not None and properties.get("date1904") in _YES,
    )
    sheets = workbook.findall(f"{S}sheets/{S}sheet")
    if len(sheets) > MOST_SHEETS:
        raise too_many(f"Листов больше {MOST_SHEETS}.")
    tables: list[Table] = []
    for number, node in enumerate(sheets, start=1):
        name, part = node.get("name", ""), links.get(node.get(_LINK, ""), "")
        if node.get("state") in {"hidden", "veryHidden"}:
            remarks.append(("hidden_sheet", f"Скрытый лист «{name}» не прочитан."))
        elif part in archive and "/chartsheets/" not in part:
            sheet = _SheetReading(Sheet(name, number), book).read(archive.read(part))
            table = sheet.table()
            remarks += sheet.remarks()
            tables += [table] if table else []
    return Source("xlsx", tuple(tables), tuple(remarks))


def _links(archive: Archive) -> dict[str, str]:
    """Parts of the workbook by the identifier of their link, and by the last word of its type."""
    parts: dict[str, str] = {}
    content = archive.find("xl/_rels/workbook.xml.rels")
    for link in parse(content) if content else ():
        target = link.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"
        parts[link.get("Id", "")] = part
        parts.setdefault(link.get("Type", "").rpartition("/")[2], part)
    return parts


def _strings(content: bytes | None) -> list[str]:
    return [_words(item) for item in stream(content, "si")] if content else []


def _words(item: Any) -> str:
    """The text of a string, formatted or plain, without the hints for reading aloud."""
    pieces: list[str] = []
    for child in item:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [inner.text or "" for inner in child if local(inner) == "t"]
    return _ESCAPED.sub(lambda found: _unescaped(found.group(1)), "".join(pieces))


def _unescaped(code: str) -> str:
    letter = chr(int(code, 16))
    return "\n" if letter in "\r\n" else letter if letter.isprintable() else ""


def _formats(content: bytes | None) -> list[tuple[int, str, bool]]:
    """For every cell style: the number of its format, the format's letters, bold or not."""
    if content is None:
        return []
    root = parse(content)
    codes = {_int(node.get("numFmtId")): node.get("formatCode", "") for node in root.iter(f"{S}numFmt")}
    fonts = [_is_bold(font) for font in root.findall(f"{S}fonts/{S}font")]
    styles = []
    for node in root.findall(f"{S}cellXfs/{S}xf"):
        number, font = _int(node.get("numFmtId")), _int(node.get("fontId"))
        styles.append((number, codes.get(number, ""), font < len(fonts) and fonts[font]))
    return styles


def _is_bold(font: Any) -> bool:
    bold = font.find(f"{S}b")
    return bold is not None and bold.get("val") not in {"0", "false"}


class _SheetReading:
    """Reads the XML of one sheet row by row; what is far away or empty costs nothing."""

    def __init__(self, sheet: Sheet, book: _Book) -> None:
        self._sheet = sheet
        self._book = book
        self._row = -1
        self._bare: list[tuple[int, int]] = []

    def read(self, content: bytes) -> Sheet:
        for node in stream(content, "col", "row", "mergeCell"):
            name = local(node)
            if name == "row":
                self._read_row(node)
            elif name == "mergeCell":
                self._read_merged(node.get("ref", ""))
            elif node.get("hidden") in _YES:
                first, last = _int(node.get("min")), _int(node.get("max"))
                self._sheet.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))
        self._refuse_bare()
        return self._sheet

    def _read_merged(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        if 0 <= top <= bottom and 0 <= left <= right:
            self._sheet.merged.append(Merged(top, left, bottom, right))

    def _read_row(self, node: Any) -> None:
        number = node.get("r")
        self._row = _int(number) - 1 if number else self._row + 1
        if node.get("hidden") in _YES:
            self._sheet.hidden_rows.add(self._row)
        column = -1
        for cell in node:
            place = cell.get("r")
            column = _place(place)[1] if place else column + 1
            if column < 0:
                continue
            text, is_bold = self._text(cell, column)
            self._sheet.put(self._row, column, text, is_bold)

    def _text(self, cell: Any, column: int) -> tuple[str, bool]:
        style = _int(cell.get("s"))
        number, code, is_bold = (
            self._book.formats[style] if style < len(self._book.formats) else (0, "", False)
        )
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inside = cell.find(f"{S}is")
            return (_words(inside) if inside is not None else ""), is_bold
        value = cell.findtext(f"{S}v")
        if value is None or (value == "" and kind != "str"):
            if cell.find(f"{S}f") is not None:
                self._bare.append((self._row, column))
            return "", is_bold
        if kind == "s":
            at = _int(value, -1)
            return (self._book.strings[at] if 0 <= at < len(self._book.strings) else ""), is_bold
        if kind == "b":
            return _TRUTH.get(value, value), is_bold
        if kind != "n":
            return _ESCAPED.sub(lambda found: _unescaped(found.group(1)), value), is_bold
        try:
            return shown(float(value), number, code, is_1904=self._book.is_1904), is_bold
        except (ValueError, OverflowError):
            return value, is_bold

    def _refuse_bare(self) -> None:
        """A formula without a value hides words only where the row says something else."""
        for row, column in self._bare:
            if self._sheet.cells.get(row) and row not in self._sheet.hidden_rows:
                raise Refused(
                    f"Ячейка {address(row, column)} содержит формулу без сохранённого значения "
                    f"(лист «{self._sheet.name}»). Откройте книгу, пересчитайте и сохраните.",
                    code="F-FORM",
                )


def _place(text: str) -> tuple[int, int]:
    """Row and column, counted from 0, of an address like «B2»; −1, −1 for none."""
    found = _ADDRESS.fullmatch(text)
    if not found:
        return -1, -1
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, column - 1


def _int(text: str | None, otherwise: int = 0) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise
