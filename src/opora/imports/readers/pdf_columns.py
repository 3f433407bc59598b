"""Tables without borders in a PDF: columns are told by the white gaps that go down through many lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from opora.imports.readers.pdf_page import Letter
from opora.imports.readers.pdf_words import Loose, TextLine, lines_of

_GAP: Final = 0.7
_LEAST_GAP: Final = 6.0
_GUTTER: Final = 4.0
_CROSSED: Final = 0.05
_LEAST_LINES: Final = 3
_APART: Final = 1.15


@dataclass(slots=True)
class SpacedRow:
    """One row: its page and (column, span, lines) of its cells."""

    page: int
    cells: list[tuple[int, int, list[TextLine]]] = field(default_factory=list)


@dataclass(slots=True)
class Spaced:
    """A table without borders; `widths` of its columns in points."""

    widths: list[float]
    rows: list[SpacedRow]


@dataclass(slots=True)
class _Cut:
    """A line cut at its wide gaps."""

    loose: Loose
    pieces: list[TextLine]


def spaced_tables(lines: list[Loose]) -> list[Spaced | Loose]:
    """The lines with the stretch that shows columns made into a table; unchanged when there is none."""
    cuts = [_Cut(line, _pieces(line.line)) for line in lines]
    wide = [at for at, cut in enumerate(cuts) if len(cut.pieces) >= 3]
    if len(wide) < _LEAST_LINES:
        return list(lines)
    start, end = wide[0], wide[-1] + 1
    columns = _columns([cut for cut in cuts[start:end] if len(cut.pieces) >= 2])
    if len(columns) < 3:
        return list(lines)
    while end < len(cuts) and _is_inside(cuts[end], cuts[end - 1], columns):
        end += 1
    body = [cut for at, cut in enumerate(cuts[start:end], start) if not _is_page_number(at, cuts)]
    rows = _rows(body, columns)
    return [*lines[:start], Spaced([right - left for left, right in columns], rows), *lines[end:]]


def _pieces(line: TextLine) -> list[TextLine]:
    groups: list[list[Letter]] = []
    before: Letter | None = None
    for letter in line.letters:
        gap = letter.left - before.right if before else 0.0
        if not groups or (not letter.text.isspace() and gap > max(_LEAST_GAP, _GAP * letter.size)):
            groups.append([])
        groups[-1].append(letter)
        before = before if letter.text.isspace() else letter
    return [piece for group in groups for piece in lines_of(group)]


def _columns(cuts: list[_Cut]) -> list[tuple[float, float]]:
    """Left and right edges of columns: what lies between the gaps that (almost) no line crosses."""
    edges = sorted(
        edge for cut in cuts for piece in cut.pieces for edge in ((piece.left, 1), (piece.right, -1))
    )
    allowed = _CROSSED * len(cuts)
    columns: list[tuple[float, float]] = []
    covering, left = 0, 0.0
    for place, step in edges:
        before, covering = covering, covering + step
        if before <= allowed < covering:
            left = place
        elif covering <= allowed < before:
            if columns and left - columns[-1][1] < _GUTTER:
                columns[-1] = (columns[-1][0], place)
            else:
                columns.append((left, place))
    return columns


def _rows(cuts: list[_Cut], columns: list[tuple[float, float]]) -> list[SpacedRow]:
    height = median(cut.loose.line.bottom - cut.loose.line.top for cut in cuts)
    steps = [
        other.loose.line.middle - one.loose.line.middle
        for one, other in pairwise(cuts)
        if other.loose.page == one.loose.page
    ]
    # Lines of one cell stand close; a row begins where they do not.
    near = sorted(step for step in steps if step > 0.8 * height)
    close = min(near[len(near) // 20], 1.6 * height) if near else height
    has_gaps = sum(step > _APART * close for step in steps) >= len(steps) / 12
    rows: list[SpacedRow] = []
    before: _Cut | None = None
    for cut in cuts:
        cells = _placed(cut, columns)
        if before is None or before.loose.page != cut.loose.page:
            is_new = True
        elif has_gaps:
            is_new = cut.loose.line.middle - before.loose.line.middle > _APART * close
        else:
            is_new = cells[0][0] == 0 or cells[0][1] > 1
        before = cut
        if is_new:
            rows.append(SpacedRow(cut.loose.page))
        _add(rows[-1], cells)
    return rows


def _placed(cut: _Cut, columns: list[tuple[float, float]]) -> list[tuple[int, int, list[TextLine]]]:
    cells: list[tuple[int, int, list[TextLine]]] = []
    for piece in cut.pieces:
        touched = [
            at
            for at, (left, right) in enumerate(columns)
            if min(piece.right, right) - max(piece.left, left) > _GUTTER
        ]
        middle = (piece.left + piece.right) / 2
        nearest = min(range(len(columns)), key=lambda at: abs(sum(columns[at]) / 2 - middle))
        first = touched[0] if touched else nearest
        cells.append((first, len(touched) or 1, [piece]))
    return cells


def _add(row: SpacedRow, cells: list[tuple[int, int, list[TextLine]]]) -> None:
    for column, span, lines in cells:
        for at, (known, reach, before) in enumerate(row.cells):
            if known == column:
                row.cells[at] = (known, max(reach, span), [*before, *lines])
                break
        else:
            row.cells.append((column, span, lines))
    row.cells.sort(key=lambda cell: cell[0])


def _is_inside(cut: _Cut, before: _Cut, columns: list[tuple[float, float]]) -> bool:
    """Whether a line after the last full one still belongs to its cells."""
    line, last = cut.loose.line, before.loose.line
    if cut.loose.page != before.loose.page or line.top - last.bottom > line.bottom - line.top:
        return False
    return bool(cut.pieces) and all(span == 1 and column > 0 for column, span, _ in _placed(cut, columns))


def _is_page_number(at: int, cuts: list[_Cut]) -> bool:
    """A short number alone at the edge of a page, away from the other lines of it."""
    cut = cuts[at]
    text = cut.pieces[0].text.strip("- –—") if len(cut.pieces) == 1 else ""
    if not text.isdigit() or len(text) > 3:
        return False
    line = cut.loose.line
    beside = [
        abs(other.loose.line.middle - line.middle)
        for other in (*cuts[max(0, at - 1) : at], *cuts[at + 1 : at + 2])
        if other.loose.page == cut.loose.page
    ]
    return len(beside) == 1 and beside[0] > 2 * (line.bottom - line.top)
