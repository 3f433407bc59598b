"""The difference of two plans, line by line and word by word; pure, knows no tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Final, Literal

What = Literal["same", "moved", "reworded", "added", "dropped"]
Side = Literal["same", "out", "in"]

_WORD: Final = re.compile(r"\w+")
_DASH: Final = re.compile(r"\s*[-‐‑–—]\s*")
_TOKEN: Final = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
_STEM: Final = 6  # letters of a word that survive its endings
_SAME_NUMBER: Final = 0.34
_OTHER_NUMBER: Final = 0.6
_MOST_PAIRS: Final = 400_000  # longer texts are shown whole: matching words grows with the square
_RARE: Final = 50  # a stem of more lines than this tells none of them

TERM: Final = ("period_text", "starts_on", "ends_on", "is_open_ended", "recurrence", "control_on")
WORDS: Final = ("number", "text", "promise", "executors", "section")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a plan as the difference sees it; `key` is whatever names it outside."""

    key: Hashable
    number: str
    text: str
    promise: str = ""
    executors: str = ""
    section: int = 0
    period_text: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    is_open_ended: bool = False
    recurrence: str = ""
    control_on: date | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A line before and after; `what` is one of same, added, dropped, or moved and reworded together."""

    old: PlanLine | None
    new: PlanLine | None
    what: frozenset[What]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: kept, taken out or put in."""

    text: str
    kind: Side


def difference(old: Sequence[PlanLine], new: Sequence[PlanLine]) -> list[Pair]:
    """Every line of both plans once: the new plan in its order, then the lines that it does not mention."""
    partner = _match(old, new)
    pairs = [_pair(partner.get(place), line, old) for place, line in enumerate(new)]
    taken = set(partner.values())
    return pairs + [
        Pair(line, None, frozenset({"dropped"})) for place, line in enumerate(old) if place not in taken
    ]


def changed(old: PlanLine, new: PlanLine, names: Iterable[str]) -> list[str]:
    """Which of the named fields differ. Spaces and kinds of dashes are forgiven; a lost number or section is no change."""
    return [
        name
        for name in names
        if _plain(getattr(old, name)) != _plain(getattr(new, name))
        and (getattr(new, name) or name not in ("number", "section"))
    ]


def word_pieces(before: str, after: str) -> list[Piece]:
    """Both texts as one line of pieces: «same» and «in» join into `after`, «same» and «out» into `before`."""
    first, second = _TOKEN.findall(before), _TOKEN.findall(after)
    start = _same_begin(first, second)
    end = _same_begin(first[start:][::-1], second[start:][::-1])
    middle, other = first[start : len(first) - end], second[start : len(second) - end]
    told: list[tuple[Side, str]] = [("same", token) for token in first[:start]]
    if len(middle) * len(other) > _MOST_PAIRS:
        told += [("out", token) for token in middle] + [("in", token) for token in other]
    else:
        told += _tokens_told(middle, other)
    told += [("same", token) for token in first[len(first) - end :]]
    return [Piece("".join(text for _, text in run), kind) for kind, run in groupby(told, itemgetter(0))]


def _same_begin(first: Sequence[str], second: Sequence[str]) -> int:
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(first), len(second)))


def _tokens_told(first: Sequence[str], second: Sequence[str]) -> list[tuple[Side, str]]:
    """Both texts by their longest common row of tokens; what is taken out stands before what is put in."""
    longest = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(len(first) - 1, -1, -1):
        row, below = longest[i], longest[i + 1]
        for j in range(len(second) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if first[i] == second[j] else max(below[j], row[j + 1])
    told: list[tuple[Side, str]] = []
    put_in: list[tuple[Side, str]] = []
    i = j = 0
    while i < len(first) or j < len(second):
        if i < len(first) and j < len(second) and first[i] == second[j]:
            told += [*put_in, ("same", first[i])]
            put_in = []
            i, j = i + 1, j + 1
        elif j == len(second) or (i < len(first) and longest[i + 1][j] >= longest[i][j + 1]):
            told.append(("out", first[i]))
            i += 1
        else:
            put_in.append(("in", second[j]))
            j += 1
    return told + put_in


def _pair(place: int | None, line: PlanLine, old: Sequence[PlanLine]) -> Pair:
    if place is None:
        return Pair(None, line, frozenset({"added"}))
    before = old[place]
    what: set[What] = set()
    if changed(before, line, TERM):
        what.add("moved")
    if changed(before, line, WORDS):
        what.add("reworded")
    return Pair(before, line, frozenset(what) or frozenset({"same"}))


def _match(old: Sequence[PlanLine], new: Sequence[PlanLine]) -> dict[int, int]:
    """Places of the new plan → of the old one: the same words first, then the same number, then likeness."""
    partner: dict[int, int] = {}
    free = set(range(len(old)))
    said = [_stems(line.text) for line in old]
    for has_same_number in (True, False):
        _match_same_words(old, new, partner, free, has_same_number)
    by_number = _places(line.number for line in old)
    _match_by_number(new, said, by_number, partner, free, _SAME_NUMBER)
    _match_by_likeness(new, said, partner, free)
    # «Изложить в новой редакции»: nothing of the old words is left, but the number is.
    _match_by_number(new, said, by_number, partner, free, 0.0)
    return partner


def _match_same_words(
    old: Sequence[PlanLine],
    new: Sequence[PlanLine],
    partner: dict[int, int],
    free: set[int],
    has_same_number: bool,
) -> None:
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in sorted(free):
        line = old[place]
        waiting[_fold(line.text), line.number if has_same_number else ""].append(place)
    for place, line in enumerate(new):
        same = waiting.get((_fold(line.text), line.number if has_same_number else ""))
        if place not in partner and same:
            partner[place] = same.pop(0)
            free.discard(partner[place])


def _match_by_number(
    new: Sequence[PlanLine],
    said: Sequence[frozenset[str]],
    by_number: dict[str, list[int]],
    partner: dict[int, int],
    free: set[int],
    least: float,
) -> None:
    for place, line in enumerate(new):
        if place in partner or not line.number:
            continue
        stems = _stems(line.text)
        for candidate in by_number.get(line.number, ()):
            if candidate in free and _likeness(stems, said[candidate]) >= least:
                partner[place] = candidate
                free.discard(candidate)
                break


def _match_by_likeness(
    new: Sequence[PlanLine], said: Sequence[frozenset[str]], partner: dict[int, int], free: set[int]
) -> None:
    found: list[tuple[float, int, int]] = []
    lines_with: dict[str, list[int]] = defaultdict(list)
    for place in sorted(free):
        for stem in said[place]:
            lines_with[stem].append(place)
    for place, line in enumerate(new):
        if place in partner:
            continue
        stems = _stems(line.text)
        rare = (lines_with[stem] for stem in stems if 0 < len(lines_with.get(stem, ())) <= _RARE)
        likeness = ((_likeness(stems, said[one]), one) for one in {one for places in rare for one in places})
        found.extend((-share, place, candidate) for share, candidate in likeness if share >= _OTHER_NUMBER)
    for _, place, candidate in sorted(found):
        if place not in partner and candidate in free:
            partner[place] = candidate
            free.discard(candidate)


def _places(numbers: Iterable[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, number in enumerate(numbers):
        places[number].append(place)
    return places


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(_fold(text)))


def _fold(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


def _plain(value: object) -> object:
    return _DASH.sub("-", " ".join(value.split())) if isinstance(value, str) else value
