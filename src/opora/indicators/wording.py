"""A sentence of a roadmap taken to words: how loudly each one speaks and which known beginnings it has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_PIECE: Final = re.compile(r"\w+|[^\w\s]|\n")
# «размещены», and a verbal noun in the nominative: «…по реализации проекта и размещение их на сайтах».
_PREDICATE: Final = re.compile(r"(?:ен|ена|ено|ены|ан|ана|ано|аны|ят|ние|ция)$")
_ATTRIBUTE: Final = re.compile(r"(?:щ(?:ий|ая|ее|ие|их|им|ими)|нн(?:ый|ая|ое|ые|ых|ым|ыми|ого|ой|ую))$")
_NOT_PREDICATES: Final = frozenset(("экран", "обмен", "экзамен", "район", "стран"))

# What follows these words tells why or about what, not what is promised: «вебинар по размещению».
_OPENERS: Final = frozenset(
    (
        "для",
        "по",
        "о",
        "об",
        "обо",
        "целью",
        "целях",
        "рамках",
        "вопросам",
        "путем",
        "посредством",
        "через",
        "помощью",
        "привлечением",
        "использованием",
    )
)
# «Работа по…», «Приказ о…»: after these the promise itself only begins.
_EMPTY_HEADS: Final = ("работ", "мероприят", "деятельност", "мер", "комплекс")

LOUD: Final = 1.0
_COMPLEMENT: Final = 0.45
_QUOTED: Final = 0.3
_SHORT_QUOTE_WORDS: Final = 3
_MOST_PIECES: Final = 400
_MOST_LETTERS: Final = 6000


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as it stands, folded, its sentence and its loudness (1 where the promise itself is said)."""

    surface: str
    folded: str
    sentence: int
    loudness: float


def words_of(text: str) -> list[Word]:
    """The words of a cell with their loudness; a very long cell is read from its beginning only."""
    pieces = _PIECE.findall(text[:_MOST_LETTERS])[:_MOST_PIECES]
    quoted = _long_quotes(pieces)
    words: list[Word] = []
    sentence, is_complement = 0, False
    for index, piece in enumerate(pieces):
        if not _is_word(piece):
            if _ends_sentence(pieces, index):
                sentence += 1
                is_complement = False
            elif piece in ",(":
                is_complement = is_complement and _goes_on_with_attribute(pieces, index)
            continue
        folded = piece.lower().replace("ё", "е")
        if folded in _OPENERS:
            is_complement = is_complement or not (words and words[-1].folded.startswith(_EMPTY_HEADS))
        elif _is_predicate(folded):
            is_complement = False
        loudness = _QUOTED if index in quoted else _COMPLEMENT if is_complement else LOUD
        words.append(Word(piece, folded, sentence, loudness))
    return words


class Roots:
    """The beginnings that are looked for; tells which of them a word has."""

    def __init__(self, roots: Iterable[str]) -> None:
        known = frozenset(roots)
        self._whole = frozenset(root[1:] for root in known if root.startswith("="))
        self._begun = frozenset(root for root in known if not root.startswith("="))
        longest = max((len(root) for root in self._begun), default=0)
        shortest = min((len(root) for root in self._begun), default=1)
        self._lengths = range(shortest, longest + 1)
        self.of = lru_cache(maxsize=20_000)(self._of)

    def _of(self, folded: str) -> tuple[str, ...]:
        found = [
            folded[:length]
            for length in self._lengths
            if length <= len(folded) and folded[:length] in self._begun
        ]
        if folded in self._whole:
            found.append("=" + folded)
        return tuple(found)


def _is_word(piece: str) -> bool:
    return piece[0].isalnum() or piece[0] == "_"


def _is_predicate(folded: str) -> bool:
    return len(folded) > 5 and folded not in _NOT_PREDICATES and _PREDICATE.search(folded) is not None


def _ends_sentence(pieces: list[str], index: int) -> bool:
    """Whether a sentence ends here; a full stop after a short word («г.о.», «др.») is of an abbreviation."""
    piece = pieces[index]
    if piece in ";!?•":
        return True
    following = pieces[index + 1] if index + 1 < len(pieces) else ""
    if piece == "\n":
        return not following or following[0].isupper() or not following[0].isalnum()
    return (
        piece == "."
        and index > 0
        and len(pieces[index - 1]) > 3
        and (not following or following[0].isupper())
    )


def _goes_on_with_attribute(pieces: list[str], index: int) -> bool:
    """Whether a comma only opens «…, размещённых в системе» or «…, который»."""
    if pieces[index] != "," or index + 1 >= len(pieces):
        return False
    following = pieces[index + 1].lower().replace("ё", "е")
    return following.startswith("котор") or _ATTRIBUTE.search(following) is not None


def _long_quotes(pieces: list[str]) -> frozenset[int]:
    """Places of words inside a quoted title; a short quote is a name and speaks as other words do."""
    inside: set[int] = set()
    opened: list[int] = []
    for index, piece in enumerate(pieces):
        if piece in "«“„":
            opened.append(index)
        elif piece in "»”" and opened:
            begin = opened.pop()
            places = [place for place in range(begin + 1, index) if _is_word(pieces[place])]
            if len(places) > _SHORT_QUOTE_WORDS:
                inside.update(places)
    return frozenset(inside)
