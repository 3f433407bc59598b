"""The reader of web pages (.html): tables with their merged cells, words around them; what is hidden is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from opora.imports.readers.decoding import decode
from opora.imports.readers.placing import Placing
from opora.imports.readers.refusals import (
    MOST_CELL_LETTERS,
    MOST_DOCUMENT_ROWS,
    broken,
    grouped,
    too_many,
    too_many_rows,
)
from opora.imports.table import Paragraph, Source, Table

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CENTRED: Final = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_DROPPED: Final = frozenset(
    {
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "del",
        "iframe",
        "object",
        "select",
        "button",
        "svg",
        "title",
    }
)
_BLOCKS: Final = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section",
    "article", "header", "footer", "main", "blockquote", "pre", "center", "form", "address", "figure",
})  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_html(content: bytes) -> Source:
    """The paragraphs and tables of a web page. Refused: F-BROKEN, F-ENC, F-TYPE, F-ROWS."""
    if _is_cut(content):
        raise broken("страница обрывается")
    page = LexborHTMLParser(_decoded(content))
    reading = _Page()
    if page.body is not None:
        reading.read(page.body, _Style())
        reading.end_paragraph()
    return Source("html", tuple(reading.blocks))


def _is_cut(content: bytes) -> bool:
    """A page that opens a table and itself and ends neither: half a plan must not pass for the whole of it."""
    low = content.lower()
    is_open = b"<html" in low and b"</html" not in low
    return is_open and low.count(b"<table") > low.count(b"</table")


def _decoded(content: bytes) -> str:
    found = _CHARSET.search(content[:4096])
    if found and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return content.decode(found.group(1).decode().lower())
        except (LookupError, UnicodeDecodeError):
            # The page is mistaken about itself; its letters know better.
            return decode(content)
    return decode(content)


@dataclass(frozen=True, slots=True)
class _Style:
    is_bold: bool = False
    is_centred: bool = False
    is_heading: bool = False

    def under(self, node: Any, tag: str) -> _Style:
        """The style inside an element."""
        attributes = node.attributes
        style = attributes.get("style") or ""
        return _Style(
            self.is_bold or tag in {"b", "strong", "th"} or tag in _HEADINGS or bool(_BOLD.search(style)),
            self.is_centred
            or tag == "center"
            or (attributes.get("align") or "").lower() == "center"
            or bool(_CENTRED.search(style)),
            self.is_heading or tag in _HEADINGS,
        )


@dataclass(slots=True)
class _Words:
    """Words gathered up to the end of a paragraph or of a cell."""

    pieces: list[str] = field(default_factory=list)
    has_plain: bool = False
    is_heading: bool = False
    is_centred: bool = False

    def say(self, text: str, style: _Style) -> None:
        if text.strip():
            self.has_plain |= not style.is_bold
            self.is_heading |= style.is_heading
            self.is_centred |= style.is_centred
        self.pieces.append(_SPACES.sub(" ", text))

    def end_line(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\n")

    @property
    def text(self) -> str:
        lines = (re.sub(" {2,}", " ", line).strip(" ") for line in "".join(self.pieces).split("\n"))
        return "\n".join(line for line in lines if line)


class _Page:
    def __init__(self) -> None:
        self.blocks: list[Paragraph | Table] = []
        self._words = _Words()
        self._tables = 0
        self._rows = 0

    def read(self, node: Any, style: _Style) -> None:
        """Read what stands outside of tables."""
        for child, tag in _children(node):
            if tag == "-text":
                self._words.say(child.text_content or "", style)
            elif tag == "br":
                self._words.pieces.append("\n")
            elif tag == "table":
                self.end_paragraph()
                self._table(child, style)
            elif tag in _BLOCKS:
                self.end_paragraph()
                self._words.pieces.append(_label(child, tag))
                self.read(child, style.under(child, tag))
                self.end_paragraph()
            else:
                self.read(child, style.under(child, tag))

    def end_paragraph(self) -> None:
        """What was gathered becomes a paragraph."""
        words, self._words = self._words, _Words()
        if words.text:
            is_heading = words.is_heading or (words.is_centred and not words.has_plain)
            self.blocks.append(Paragraph(words.text, None, is_heading))

    def _table(self, node: Any, style: _Style) -> None:
        if _is_frame(node):
            for _, _, cells in _rows(node):
                for cell in cells:
                    self.read(cell, style.under(cell, cell.tag or ""))
                    self.end_paragraph()
            return
        self._tables += 1
        placing = Placing(self._tables)
        for _, is_hidden, cells in _rows(node):
            self._rows += 1
            if self._rows > MOST_DOCUMENT_ROWS:
                raise too_many_rows(MOST_DOCUMENT_ROWS)
            placing.begin(None, is_hidden=is_hidden)
            for cell in cells:
                self._cell(cell, style, placing)
        table = placing.table()
        if table:
            self.blocks.append(table)

    def _cell(self, cell: Any, style: _Style, placing: Placing) -> None:
        words = _Words()
        _gather(cell, style.under(cell, cell.tag or ""), words)
        text = words.text
        if len(text) > MOST_CELL_LETTERS:
            raise too_many(f"Ячейка (таблица {self._tables}) длиннее {grouped(MOST_CELL_LETTERS)} букв.")
        placing.add(
            text,
            down=_span(cell, "rowspan"),
            right=_span(cell, "colspan"),
            is_bold=bool(text) and not words.has_plain,
        )


def _gather(node: Any, style: _Style, words: _Words) -> None:
    """The words of a cell: a block is a line, a small table inside is lines too."""
    for child, tag in _children(node):
        if tag == "-text":
            words.say(child.text_content or "", style)
        elif tag == "br":
            words.pieces.append("\n")
        elif tag == "sup":
            raised = _Words()
            _gather(child, style, raised)
            words.say(raised.text.translate(_RAISED), style)
        elif tag in _BLOCKS or tag == "tr":
            words.end_line()
            words.pieces.append(_label(child, tag))
            _gather(child, style.under(child, tag), words)
            words.end_line()
        else:
            _gather(child, style.under(child, tag), words)
            if tag in {"td", "th"}:
                words.pieces.append(" ")


def _children(node: Any) -> list[tuple[Any, str]]:
    """The children that are shown, with their tags."""
    found: list[tuple[Any, str]] = []
    child = node.child
    while child is not None:
        tag = child.tag or ""
        if tag == "-text" or (
            tag and not tag.startswith(("-", "!")) and tag not in _DROPPED and not _is_hidden(child)
        ):
            found.append((child, tag))
        child = child.next
    return found


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _rows(table: Any) -> list[tuple[Any, bool, list[Any]]]:
    """The rows of a table (not of tables in it): element, hidden or not, cells."""
    rows: list[tuple[Any, bool, list[Any]]] = []
    waiting = [table]
    while waiting:
        node = waiting.pop(0)
        child = node.child
        while child is not None:
            if child.tag in {"thead", "tbody", "tfoot"}:
                waiting.append(child)
            elif child.tag == "tr":
                cells = [cell for cell, tag in _children(child) if tag in {"td", "th"}]
                rows.append((child, _is_hidden(child), cells))
            child = child.next
    return rows


def _is_frame(table: Any) -> bool:
    """A table that only places another, larger one on the page."""
    if not table.css_first("table"):
        return False
    own = _rows(table)
    inner = max((len(_rows(found)) for found in table.css("table table")), default=0)
    return inner >= 3 and len(own) <= inner and max((len(cells) for _, _, cells in own), default=0) <= 2


def _span(cell: Any, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _label(node: Any, tag: str) -> str:
    """The number that a browser draws before an item of a numbered list."""
    if tag != "li" or node.parent is None or node.parent.tag != "ol":
        return ""
    number = _span(node.parent, "start") if node.parent.attributes.get("start") else 1
    before = node.prev
    while before is not None:
        number += before.tag == "li"
        before = before.prev
    return f"{number}. "
