"""Tables of neighbour pages brought to one set of columns: a page may show fewer borders than the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from opora.imports.readers.pdf_grid import Grid

_NEAR: Final = 5.0


def unify(grids: Sequence[Grid]) -> None:
    """Give a grid whose borders are all found in a neighbour's the columns of that neighbour."""
    for before, after in pairwise(grids):
        _fit(after, before.xs)
    for before, after in reversed(list(pairwise(grids))):
        _fit(before, after.xs)


def _fit(grid: Grid, xs: list[float]) -> None:
    if len(xs) <= len(grid.xs):
        return
    places = []
    for x in grid.xs:
        at = min(range(len(xs)), key=lambda index: abs(xs[index] - x))
        if abs(xs[at] - x) > _NEAR:
            return
        places.append(at)
    if places[0] != 0 or places[-1] != len(xs) - 1 or len(set(places)) != len(places):
        return
    for box in grid.boxes:
        end = places[box.column + box.columns]
        box.column = places[box.column]
        box.columns = end - box.column
    grid.xs = list(xs)
