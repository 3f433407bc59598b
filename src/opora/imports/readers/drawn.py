"""Tables drawn with letters: bars and lines («│ ├ ┼», «+---+», markdown) and columns kept apart by spaces."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from opora.imports.table import Cell

BARS: Final = "|│║┃¦"
_BAR: Final = re.compile(f"[{BARS}]")
_RULE: Final = re.compile(r"[\s+\-=:_.|¦\u2500-\u257f–—]*[+\-=_\u2500-\u257f–—][\s+\-=:_.|¦\u2500-\u257f–—]*")
_JOINTS: Final = re.compile(r"[+|¦\u2502\u2503\u250c-\u254b\u2551-\u256c]")
_GAP: Final = re.compile(r" {2,}|\t+")
_SHARE: Final = 0.3


@dataclass(slots=True)
class Drawn:
    """Cells of the rows of one drawn table, and how many columns it has."""

    rows: list[tuple[Cell, ...]]
    width: int


def is_rule(line: str) -> bool:
    """A line that is only drawn: «├───┼───┤», «+---+», «|:---|---|», «-----»."""
    return len(line.strip()) >= 3 and bool(_RULE.fullmatch(line))


def has_bars(line: str) -> bool:
    """A line of cells between bars."""
    return bool(_BAR.search(line)) and not is_rule(line)


def read_bars(lines: list[str]) -> Drawn:
    """A table whose lines are bars and rules; words that go over several lines of a cell become one cell."""
    edges = _edges(lines)
    groups: list[list[str]] = [[]]
    for line in lines:
        if is_rule(line):
            groups.append([])
        elif line.strip():
            groups[-1].append(line)
    groups = [group for group in groups if group]
    if _is_grid(groups):
        rows = [_joined([_cut(line, edges) for line in group]) for group in groups]
    else:
        rows = _unwrapped([_cut(line, edges) for group in groups for line in group])
    width = max((cell.column + cell.span for row in rows for cell in row), default=0)
    return Drawn([row for row in rows if row], width)


def read_spaced(lines: list[str]) -> Drawn | None:
    """A table whose columns are kept apart by two spaces and more; None where no columns are seen."""
    starts = _columns(lines)
    if len(starts) < 2:
        return None
    rows: list[list[Cell]] = []
    for line in lines:
        cells = _placed(line, starts)
        if rows and cells and cells[0].column > 0 and _goes_on(rows[-1], cells):
            rows[-1] = _merged(rows[-1], cells)
        elif cells:
            rows.append(cells)
    return Drawn([tuple(row) for row in rows], len(starts))


def _is_grid(groups: list[list[str]]) -> bool:
    """Whether rules stand between rows; a rule under the header alone says nothing of the rows."""
    if len(groups) > 2:
        return True
    return len(groups) == 2 and len(groups[1]) == 1


def _edges(lines: list[str]) -> list[int]:
    """Where the bars stand, when they stand under each other; empty when they do not (markdown)."""
    drawn = [
        [found.start() for found in (_JOINTS if is_rule(line) else _BAR).finditer(line.rstrip())]
        for line in lines
    ]
    most = max((len(places) for places in drawn), default=0)
    full = [tuple(places) for places in drawn if len(places) == most]
    edges, count = Counter(full).most_common(1)[0] if full else ((), 0)
    if most < 2 or count < 2:
        return []
    known = set(edges)
    if sum(set(places) <= known for places in drawn) < 0.8 * len(drawn):
        return []
    left = min(len(line) - len(line.lstrip()) for line in lines)
    right = max(len(line.rstrip()) for line in lines)
    outer = [-1] if edges[0] > left else []
    return [*outer, *edges, *([right] if edges[-1] < right - 1 else [])]


def _cut(line: str, edges: list[int]) -> list[Cell]:
    """The cells of one physical line: by the places of its bars where they are known, else one after another."""
    line = line.rstrip()
    bars = [found.start() for found in _BAR.finditer(line)]
    if not edges or not set(bars) <= set(edges):
        inside = re.sub(f"^[{BARS}]|[{BARS}]$", "", line.strip())
        return [
            Cell(text.strip().replace("<br>", "\n"), column) for column, text in enumerate(_BAR.split(inside))
        ]
    bounds = sorted({*bars, edges[0], edges[-1]})
    return [
        Cell(line[left + 1 : right].strip(), edges.index(left), edges.index(right) - edges.index(left))
        for left, right in pairwise(bounds)
    ]


def _joined(lines: list[list[Cell]]) -> tuple[Cell, ...]:
    """Physical lines of one row made into the row."""
    row: list[Cell] = []
    for cells in lines:
        row = _merged(row, cells)
    return tuple(row)


def _merged(row: list[Cell], cells: list[Cell]) -> list[Cell]:
    texts = {cell.column: cell for cell in row}
    for cell in cells:
        before = texts.get(cell.column)
        if before is None:
            texts[cell.column] = cell
        else:
            words = "\n".join(text for text in (before.text, cell.text) if text)
            texts[cell.column] = Cell(words, before.column, before.span)
    return [texts[column] for column in sorted(texts)]


def _unwrapped(lines: list[list[Cell]]) -> list[tuple[Cell, ...]]:
    """Rows without rules between them: lines with nothing in the first column go on with the row above."""
    blank = [cells for cells in lines if cells and not cells[0].text]
    is_wrapped = len(blank) >= _SHARE * max(len(lines), 1)
    rows: list[list[Cell]] = []
    for cells in lines:
        if is_wrapped and rows and cells and not cells[0].text:
            rows[-1] = _merged(rows[-1], cells)
        else:
            rows.append(cells)
    return [tuple(row) for row in rows]


def _columns(lines: list[str]) -> list[int]:
    """Where the columns begin: places at which a stretch of words starts in enough of the lines."""
    places: Counter[int] = Counter()
    split = 0
    for line in lines:
        starts = _starts(line)
        if len(starts) > 1:
            split += 1
            places.update(starts)
    kept: list[int] = []
    for place in sorted(places):
        near = sum(places[other] for other in (place - 1, place, place + 1))
        if near >= max(2, 0.4 * split) and (not kept or place - kept[-1] > 2):
            kept.append(place)
    return kept if split >= 3 else []


def _starts(line: str) -> list[int]:
    words = line.rstrip()
    first = len(words) - len(words.lstrip())
    return (
        [first, *(found.end() for found in _GAP.finditer(words) if found.start() > first)]
        if words.strip()
        else []
    )


def _placed(line: str, starts: list[int]) -> list[Cell]:
    pieces: dict[int, str] = {}
    places = _starts(line)
    for at, start in enumerate(places):
        end = places[at + 1] if at + 1 < len(places) else len(line)
        column = max(0, bisect_right(starts, start + 1) - 1)
        pieces[column] = (pieces.get(column, "") + " " + line[start:end].strip()).strip()
    if len(pieces) == 1 and 0 in pieces and len(line.strip()) > starts[1]:
        return [Cell(pieces[0], 0, len(starts))]
    return [Cell(text, column) for column, text in sorted(pieces.items())]


def _goes_on(row: list[Cell], cells: list[Cell]) -> bool:
    """A line without its first cell goes on with the row above, unless that one is a heading over all columns."""
    return row[0].span == 1 and len(row) >= len(cells)
