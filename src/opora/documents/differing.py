"""How two texts differ, by paragraphs and by words inside a changed one; runs in a child process, knows no Django."""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

# A piece of a paragraph: "=" stands in both texts, "-" only in the earlier, "+" only in the later.
Piece = tuple[str, str]
_TOKEN: Final = re.compile(r"\w+|\s+|[^\w\s]")
# Two paragraphs with fewer words in common are two different ones, not one that was changed.
_ALIKE: Final = 0.35
# How many pairs of paragraphs are weighed in one changed place, and in all of them together.
_MOST_PAIRS: Final = 40_000
_MOST_ALL: Final = 400_000
_MOST_TOKENS: Final = 3_000
# A changed place where nothing stands once and the texts have more cells in common than this is taken as a whole.
_MOST_CELLS: Final = 4_000_000


def main() -> int:
    """Read `{"earlier": …, "later": …}` as JSON, answer with the paragraphs of both; always 0."""
    asked = json.loads(sys.stdin.buffer.read())
    answer = differing(asked["earlier"].splitlines(), asked["later"].splitlines())
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
    return 0


def differing(earlier: Sequence[str], later: Sequence[str]) -> list[list[Piece]]:
    """The paragraphs of both texts in one order, each as pieces; one that is the same is a single "=" piece."""
    rows: list[list[Piece]] = []
    left = _MOST_ALL
    for is_same, a0, a1, b0, b1 in _stretches(earlier, later):
        if is_same:
            rows += [[("=", text)] for text in later[b0:b1]]
            continue
        pairs = (a1 - a0) * (b1 - b0)
        is_weighed = 0 < pairs <= min(_MOST_PAIRS, left)
        left -= pairs if is_weighed else 0
        rows += _changed(earlier[a0:a1], later[b0:b1], is_weighed=is_weighed)
    return rows


def _stretches(earlier: Sequence[str], later: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """The places that are the same and that are not, in order: anchored at paragraphs that stand once in each text."""
    at_a = at_b = 0
    for a, b in [*_anchors(earlier, later), (len(earlier), len(later))]:
        yield from _between(earlier, later, (at_a, a, at_b, b))
        if a < len(earlier):
            yield True, a, a + 1, b, b + 1
        at_a, at_b = a + 1, b + 1


def _anchors(earlier: Sequence[str], later: Sequence[str]) -> list[tuple[int, int]]:
    """The longest run, in both orders at once, of paragraphs that stand once in each text."""
    once_a, once_b = _once(earlier), _once(later)
    pairs = [(place, once_b[text]) for text, place in once_a.items() if text in once_b]
    tops: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for index, (_, b) in enumerate(pairs):
        height = bisect_left(tops, b)
        before.append(chosen[height - 1] if height else -1)
        tops[height : height + 1], chosen[height : height + 1] = [b], [index]
    found: list[tuple[int, int]] = []
    index = chosen[-1] if chosen else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _once(texts: Sequence[str]) -> dict[str, int]:
    counts = Counter(texts)
    return {text: place for place, text in enumerate(texts) if counts[text] == 1}


def _between(
    earlier: Sequence[str], later: Sequence[str], gap: tuple[int, int, int, int]
) -> Iterator[tuple[bool, int, int, int, int]]:
    """What stands between two anchors: the same at both edges first, the rest is looked at when it is not vast."""
    a0, a1, b0, b1 = gap
    head = _same(earlier[a0:a1], later[b0:b1])
    if head:
        yield True, a0, a0 + head, b0, b0 + head
        a0, b0 = a0 + head, b0 + head
    tail = _same(earlier[a0:a1][::-1], later[b0:b1][::-1])
    a1, b1 = a1 - tail, b1 - tail
    if (a1 - a0) * (b1 - b0) <= _MOST_CELLS:
        for kind, i0, i1, j0, j1 in SequenceMatcher(None, earlier[a0:a1], later[b0:b1]).get_opcodes():
            yield kind == "equal", a0 + i0, a0 + i1, b0 + j0, b0 + j1
    else:
        yield False, a0, a1, b0, b1
    if tail:
        yield True, a1, a1 + tail, b1, b1 + tail


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _changed(old: Sequence[str], new: Sequence[str], *, is_weighed: bool) -> Iterator[list[Piece]]:
    """One changed place: paragraphs that are alike stand together, the others are gone or new."""
    if not is_weighed:
        yield from ([("-", text)] for text in old)
        yield from ([("+", text)] for text in new)
        return
    at_old = at_new = 0
    for i, j in [*_pairs(old, new), (len(old), len(new))]:
        yield from ([("-", text)] for text in old[at_old:i])
        yield from ([("+", text)] for text in new[at_new:j])
        if i < len(old) and j < len(new):
            yield _by_words(old[i], new[j])
        at_old, at_new = i + 1, j + 1


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraphs are the same ones changed: the pairing in order with the most in common."""
    bags_old, bags_new = ([set(_words(text)) for text in texts] for texts in (old, new))
    alike = [[_share(one, other) for other in bags_new] for one in bags_old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            together = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= _ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _by_words(old: str, new: str) -> list[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > _MOST_TOKENS:
        return [("-", old), ("+", new)]
    pieces: list[Piece] = []
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("=", "".join(after[b0:b1])))
            continue
        if a1 > a0:
            pieces.append(("-", "".join(before[a0:a1])))
        if b1 > b0:
            pieces.append(("+", "".join(after[b0:b1])))
    return pieces
