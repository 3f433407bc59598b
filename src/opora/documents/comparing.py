"""Two texts of a document side by side: the paragraphs that changed with a little of what stands around them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from opora.core.sandbox import run_limited

SECONDS: Final = 5
_AROUND: Final = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph: `sign` is «=» for both texts, «-» for the earlier only, «+» for the later only."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of the comparison, or `skipped` paragraphs that are the same and are not shown.

    `look` is same, added, removed or changed.
    """

    look: str = "same"
    pieces: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def before(self) -> list[Piece]:
        """The paragraph of the earlier text."""
        return [piece for piece in self.pieces if piece.sign != "+"]

    @property
    def after(self) -> list[Piece]:
        """The paragraph of the later text."""
        return [piece for piece in self.pieces if piece.sign != "-"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows to be shown and how many paragraphs were added, removed and changed."""

    rows: tuple[Row, ...]
    added: int
    removed: int
    changed: int

    @property
    def is_same(self) -> bool:
        """Whether the texts have no difference at all."""
        return not (self.added or self.removed or self.changed)


def compare_texts(earlier: str, later: str) -> Comparison:
    """The comparison of two texts, a paragraph a line; made in a child process.

    Refused (F-TIME) when five seconds are not enough.
    """
    asked = json.dumps({"earlier": earlier, "later": later}).encode()
    said = json.loads(run_limited("opora.documents.differing", stdin=asked, seconds=SECONDS))
    rows = [_row([Piece(sign, text) for sign, text in pieces]) for pieces in said]
    looks = [row.look for row in rows]
    return Comparison(
        tuple(_shortened(rows)), looks.count("added"), looks.count("removed"), looks.count("changed")
    )


def _row(pieces: Sequence[Piece]) -> Row:
    signs = {piece.sign for piece in pieces}
    look = {frozenset("="): "same", frozenset("+"): "added", frozenset("-"): "removed"}.get(
        frozenset(signs), "changed"
    )
    return Row(look, tuple(pieces))


def _shortened(rows: Sequence[Row]) -> list[Row]:
    """The rows without long stretches where nothing changed."""
    near: set[int] = set()
    for place, row in enumerate(rows):
        if row.look != "same":
            near.update(range(place - _AROUND, place + _AROUND + 1))
    found: list[Row] = []
    hidden = 0
    for place, row in enumerate(rows):
        if place in near:
            if hidden:
                found.append(Row(skipped=hidden))
            found.append(row)
            hidden = 0
        else:
            hidden += 1
    return [*found, Row(skipped=hidden)] if hidden and found else found
