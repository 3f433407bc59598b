"""A source as segments of rows under one header, so that a table cut by pages is read as the one table it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from opora.imports.subjects.columns import Header, header_at, is_foreign_header
from opora.imports.subjects.grid import GridRow, rows_of
from opora.imports.subjects.numbering import is_number, parts, plain
from opora.imports.subjects.terms import is_month_heading, looks_like_term
from opora.imports.subjects.wording import clean, fold, goes_on
from opora.imports.table import Paragraph, Source, Table

_PAGE_MARK = re.compile(
    r"[-–— ]*(?:стр\w*\.?|лист)?\s*\d{1,3}(?:\s*(?:из|/)\s*\d{1,3})?[-–— ]*|\(?(?:продолжение"
    r"|окончание)(?: таблицы| приложения)?.{0,30}|1(?:\s+[2-9])+",
    re.IGNORECASE,
)
_SIGNING = re.compile(
    r"^(?:согласован|утвержд|подпис|ознакомлен|директор|начальник|руководител|исполнител|заместител"
    r"|лист (?:согл|озн)|с приказом)"
)
_APART = re.compile(
    r"приложение|список|перечень (?:школ|оо)|.*ознакомлен|согласован|лист (?:согл|озн)|состав "
)


@dataclass(slots=True)
class Heading:
    """Words that stand outside any table."""

    text: str
    page: int | None
    is_heading: bool = False


@dataclass(slots=True)
class Segment:
    """What is read under one header; `lead` is what stands between the table before and the header."""

    header: Header | None
    lead: list[GridRow | Heading] = field(default_factory=list)
    items: list[GridRow | Heading] = field(default_factory=list)

    @property
    def rows(self) -> list[GridRow]:
        return [item for item in self.items if isinstance(item, GridRow)]


@dataclass(slots=True)
class Stream:
    """The segments with headers, the tables without any, the words before the first of them, the number of hidden rows."""

    segments: list[Segment]
    headless: list[Segment]
    before: list[str]
    hidden: int = 0


def stream_of(source: Source) -> Stream:
    """The source cut into segments by the headers found in it."""
    items, hidden = _items(source)
    segments = _segments(items)
    headless = [] if segments else _headless(items)
    first = (segments or headless or [Segment(None)])[0]
    marker = first.lead if segments else [item for item in first.lead if isinstance(item, Heading)]
    return Stream(segments, headless, _words(marker), hidden)


def _items(source: Source) -> tuple[list[GridRow | Heading], int]:
    items: list[GridRow | Heading] = []
    hidden = 0
    for index, block in enumerate(source.blocks):
        if isinstance(block, Table):
            for row in rows_of(block, index):
                if row.is_hidden:
                    hidden += bool(row.filled)
                elif row.filled:
                    items.append(row)
        elif isinstance(block, Paragraph) and (text := clean(block.text)):
            items.append(Heading(text, block.page, block.is_heading or "**" in block.text))
    return items, hidden


def _headers(rows: Sequence[GridRow]) -> tuple[dict[int, Header], set[int]]:
    """Headers by the identity of their first row, and the identities of their lower rows."""
    found: dict[int, Header] = {}
    inner: set[int] = set()
    at = 0
    while at < len(rows):
        header = header_at(rows, at)
        if header:
            found[id(rows[at])] = header
            inner |= {id(row) for row in rows[at + 1 : at + header.length]}
        at += header.length if header else 1
    return found, inner


def _segments(items: Sequence[GridRow | Heading]) -> list[Segment]:
    rows = [item for item in items if isinstance(item, GridRow)]
    headers: dict[int, Header] = {}
    inner: set[int] = set()
    for run in _runs(items):
        found, lower = _headers(run)
        headers |= found
        inner |= lower
    segments: list[Segment] = []
    pending: list[GridRow | Heading] = []
    closed, last_table, at = -1, -1, -1
    for item in items:
        if isinstance(item, Heading):
            pending.append(item)
            continue
        at += 1
        if id(item) in inner:
            continue
        if header := headers.get(id(item)):
            _open(segments, header, item, pending)
            pending, closed, last_table = [], -1, item.table
        elif not segments or item.table == closed:
            pending.append(item)
        elif is_foreign_header(item):
            closed = item.table
            pending.append(item)
        else:
            if item.table != last_table:
                pending = _enter(segments, rows[at:], pending)
            segments[-1].items += [*_spoken(pending), item]
            pending, last_table = [], item.table
    return segments


def _enter(
    segments: list[Segment], rows: Sequence[GridRow], pending: list[GridRow | Heading]
) -> list[GridRow | Heading]:
    """Decide where a table without a header belongs; what stands before it is returned if it is still to be placed."""
    if _goes_on(segments[-1], rows, pending):
        return pending
    headed = next(segment for segment in reversed(segments) if segment.header)
    header = headed.header if headed is not segments[-1] and _goes_on(headed, rows, pending) else None
    segments.append(Segment(header, lead=list(pending)))  # without a header the contents will tell
    return []


def _runs(items: Sequence[GridRow | Heading]) -> list[list[GridRow]]:
    """Rows between which no words stand: a header of two levels lies within one run."""
    runs: list[list[GridRow]] = [[]]
    for item in items:
        if isinstance(item, GridRow):
            runs[-1].append(item)
        elif not _PAGE_MARK.fullmatch(item.text):
            runs.append([])
    return runs


def _open(segments: list[Segment], header: Header, row: GridRow, pending: list[GridRow | Heading]) -> None:
    """A new header opens a segment; the same header again goes on with the last one."""
    if segments and segments[-1].header and segments[-1].header.words == header.words:
        items = segments[-1].items
        items += _spoken(pending)
        last = pending[-1] if pending else items.pop() if items else None
        if isinstance(last, GridRow) and last.only_text and last.table == row.table:
            if not _PAGE_MARK.fullmatch(last.only_text):  # the table's own title, a section perhaps
                items.append(Heading(last.only_text, last.place.page, is_heading=True))
        elif last is not None and not pending:
            items.append(last)
    else:
        segments.append(Segment(header, lead=list(pending)))


def _spoken(pending: Sequence[GridRow | Heading]) -> list[GridRow | Heading]:
    return [item for item in pending if isinstance(item, Heading) and not _PAGE_MARK.fullmatch(item.text)]


def _goes_on(current: Segment, rows: Sequence[GridRow], pending: Sequence[GridRow | Heading]) -> bool:
    """Is a table without a header the rest of the one before it."""
    body = [row for row in rows if row.table == rows[0].table]
    widths = {len(row.texts) for row in current.rows}
    if current.header:
        widths.add(max(current.header.words, default=0) + 1)
    if len(body[0].texts) not in widths:
        return False
    words = _spoken(pending)
    if any(isinstance(item, Heading) and _APART.match(fold(item.text)) for item in words):
        return False
    first = next((at for at, row in enumerate(body) if not row.only_text or goes_on(row.only_text)), 0)
    if header_at(body, first):
        return True
    dated = any(looks_like_term(text) for row in body for text in row.texts)
    if is_foreign_header(body[first]):
        return False
    if not dated and (_is_signing(body[first]) or not _counts_on(current.rows, body[first])):
        return False
    return (
        not words or dated or any(isinstance(item, Heading) and is_month_heading(item.text) for item in words)
    )


def _is_signing(row: GridRow) -> bool:
    return not any(map(is_number, row.texts)) and any(
        _SIGNING.search(fold(text)) and not goes_on(text) for text in row.texts
    )


def _counts_on(above: Sequence[GridRow], row: GridRow) -> bool:
    """A numbered row without any term goes on with a table only if its number does."""
    number = next((text for text in row.texts if is_number(text)), "")
    before = next((text for other in reversed(above) for text in other.texts if is_number(text)), "")
    return not number or not before or parts(plain(number)) > parts(plain(before))


def _headless(items: Sequence[GridRow | Heading]) -> list[Segment]:
    """Tables no header was found for, neighbours of one width together."""
    segments: list[Segment] = []
    pending: list[GridRow | Heading] = []
    width = table = -1
    for item in items:
        if isinstance(item, Heading):
            pending.append(item)
            continue
        if item.table != table and len(item.texts) != width:
            segments.append(Segment(None, lead=list(pending)))
            pending = []
        segments[-1].items += [*_spoken(pending), item]
        pending, width, table = [], len(item.texts), item.table
    return segments


def _words(items: Sequence[GridRow | Heading]) -> list[str]:
    words: list[str] = []
    for item in items:
        if isinstance(item, Heading):
            words.append(item.text)
        else:
            words += dict.fromkeys(item.texts[column] for column in item.own)
    return words
