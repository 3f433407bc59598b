"""Wordings of roadmaps kept as tables beside the tests: the source order and lines of other towns."""

from __future__ import annotations

import csv
from pathlib import Path

_HERE = Path(__file__).parent


def source_lines() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """The 45 lines of the source order: number, text, promise, kinds of the house."""
    return [
        (number, text, promise, tuple(kinds.split(",")))
        for number, kinds, text, promise in _rows("source_order")
    ]


def other_lines() -> list[tuple[tuple[str, ...], str, str]]:
    """Lines of other towns' roadmaps: kinds (the first is the one that counts), text, promise."""
    return [(tuple(kinds.split(",")), text, promise) for kinds, text, promise in _rows("other_roadmaps")]


def _rows(name: str) -> list[list[str]]:
    with (_HERE / f"{name}.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
