"""Tables found by the lines drawn around their cells: lines that touch make one grid, missing lines merge its cells."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from opora.imports.readers.pdf_page import Letter, Line, Page

_NEAR: Final = 3.0
_MOST_SIDE: Final = 600


@dataclass(slots=True)
class Box:
    """One cell of a grid: rows and columns it covers, and the letters in it."""

    row: int
    column: int
    rows: int
    columns: int
    letters: list[Letter] = field(default_factory=list)
    bold: int = 0


@dataclass(slots=True)
class Grid:
    """One ruled table of a page: where its columns and rows part, and its cells."""

    xs: list[float]
    ys: list[float]
    boxes: list[Box]
    cells: list[list[Box]]

    @property
    def top(self) -> float:
        return self.ys[0]

    def box_at(self, x: float, y: float) -> Box | None:
        """The cell a point falls into."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.cells[row][column]
        return None


def grids_of(page: Page) -> list[Grid]:
    """The ruled tables of a page from the top down; what has one cell only is a frame, not a table."""
    level, upright = _joined(page.level), _joined(page.upright)
    grids: list[Grid] = []
    for rows, columns in _touching(level, upright):
        xs = _places([line.at for line in columns], [end for line in rows for end in (line.start, line.end)])
        ys = _places([line.at for line in rows], [end for line in columns for end in (line.start, line.end)])
        if len(xs) + len(ys) >= 5 and len(xs) > 1 and len(ys) > 1 and max(len(xs), len(ys)) <= _MOST_SIDE:
            grids.append(_grid(xs, ys, rows, columns))
    return sorted((grid for grid in grids if len(grid.boxes) > 1), key=lambda grid: grid.top)


def _joined(lines: list[Line]) -> list[Line]:
    """Lines on one place made into one: borders are drawn cell by cell, often twice."""
    joined: list[Line] = []
    for line in sorted(_aligned(lines), key=lambda line: (line.at, line.start)):
        last = joined[-1] if joined else None
        if last and last.at == line.at and line.start <= last.end + _NEAR:
            joined[-1] = Line(last.at, last.start, max(last.end, line.end))
        else:
            joined.append(line)
    return joined


def _aligned(lines: list[Line]) -> list[Line]:
    """Lines whose places differ by a hair put on one place."""
    aligned: list[Line] = []
    place = before = float("-inf")
    for line in sorted(lines):
        if line.at - before > _NEAR or line.at - place > 2 * _NEAR:
            place = line.at
        before = line.at
        aligned.append(Line(place, line.start, line.end))
    return aligned


def _touching(level: list[Line], upright: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Groups of level and upright lines that touch each other, directly or through others."""
    parent = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    places = [line.at for line in level]
    for other, wall in enumerate(upright, start=len(level)):
        first = bisect_right(places, wall.start - _NEAR)
        for at in range(first, bisect_right(places, wall.end + _NEAR)):
            if level[at].start - _NEAR <= wall.at <= level[at].end + _NEAR:
                parent[root(at)] = root(other)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for at, line in enumerate(level):
        groups.setdefault(root(at), ([], []))[0].append(line)
    for at, line in enumerate(upright, start=len(level)):
        groups.setdefault(root(at), ([], []))[1].append(line)
    return [group for group in groups.values() if group[0] and group[1]]


def _places(lines: list[float], ends: list[float]) -> list[float]:
    """Where a grid is parted: its lines, and the outer ends of the crossing ones where a border is not drawn."""
    places = sorted(set(lines))
    if min(ends) < places[0] - 2 * _NEAR:
        places.insert(0, min(ends))
    if max(ends) > places[-1] + 2 * _NEAR:
        places.append(max(ends))
    kept = places[:1]
    for place in places[1:]:
        if place - kept[-1] > _NEAR:
            kept.append(place)
    return kept


def _grid(xs: list[float], ys: list[float], rows: list[Line], columns: list[Line]) -> Grid:
    height, width = len(ys) - 1, len(xs) - 1
    below = _walls(rows, ys, xs)
    beside = _walls(columns, xs, ys)
    cells: list[list[Box | None]] = [[None] * width for _ in range(height)]
    boxes: list[Box] = []
    for row, line in enumerate(cells):
        for column in range(width):
            if line[column] is None:
                boxes.append(_spread(row, column, cells, below, beside))  # noqa: PERF401 -- the cells fill up on the way
    whole = [[cell for cell in line if cell is not None] for line in cells]
    return Grid(xs, ys, boxes, whole)


def _spread(
    row: int,
    column: int,
    cells: list[list[Box | None]],
    below: set[tuple[int, int]],
    beside: set[tuple[int, int]],
) -> Box:
    """The rectangle of one cell: it goes on to the right and down until a line stops it."""
    height, width = len(cells), len(cells[0])
    columns, rows = 1, 1
    while (
        column + columns < width
        and cells[row][column + columns] is None
        and (column + columns, row) not in beside
    ):
        columns += 1
    while (
        row + rows < height
        and all(
            (row + rows, at) not in below and cells[row + rows][at] is None
            for at in range(column, column + columns)
        )
        and not any((at, row + rows) in beside for at in range(column + 1, column + columns))
    ):
        rows += 1
    box = Box(row, column, rows, columns)
    for y in range(row, row + rows):
        for x in range(column, column + columns):
            cells[y][x] = box
    return box


def _walls(lines: list[Line], places: list[float], across: list[float]) -> set[tuple[int, int]]:
    """Which elementary cells have a line on their near side: (index of the line's place, index across)."""
    walls: set[tuple[int, int]] = set()
    for line in lines:
        at = min(range(len(places)), key=lambda index: abs(places[index] - line.at))
        for index in range(len(across) - 1):
            middle = (across[index] + across[index + 1]) / 2
            if line.start <= middle <= line.end:
                walls.add((at, index))
    return walls
