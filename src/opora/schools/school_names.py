"""When two names may mean one school: legal forms, quotes and the kind of school put aside."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from opora.core.russian import fold

_LEGAL: Final = re.compile(
    r"\b(?:м|г|ч)(?:а|б|к)?(?:оу|нбоу)\b|\b(?:сош|оош|нош)\b|"
    r"муниципальн\w*|государственн\w*|частн\w*|бюджетн\w*|казенн\w*|автономн\w*|общеобразовательн\w*|"
    r"образовательн\w*|учрежден\w*|организаци\w*|средн\w*|основн\w*|начальн\w*|\bим(?:ени)?\b|вымышленн\w*"
)
_WORDS: Final = re.compile(r"[а-яa-z]+|\d+")
_ALIKE: Final = 0.84
_KINDS: Final = ("лице", "гимнази", "интернат", "центр")


def key_of(name: str) -> str:
    """What is left of a name without its legal form, quotes and signs; equal for spellings of one school."""
    words = _WORDS.findall(_LEGAL.sub(" ", fold(name)))
    return " ".join(sorted(word for word in words if word != "школа" and word != "n"))


def number_in(name: str) -> int | None:
    """The number that a name holds when it holds exactly one: 101 of «СОШ № 101»."""
    found = re.findall(r"\d+", name)
    return int(found[0]) if len(found) == 1 and 0 < int(found[0]) < 100_000 and len(found[0]) < 6 else None


def is_alike(one: str, other: str) -> bool:
    """Whether two names without equal words may still be one school: a letter missed, a word cut.

    Schools of different numbers or of different kinds (a lyceum, a gymnasium) are never alike.
    """
    first, second = fold(one), fold(other)
    if re.findall(r"\d+", first) != re.findall(r"\d+", second) or kinds_in(first) != kinds_in(second):
        return False
    return SequenceMatcher(None, key_of(one), key_of(other)).ratio() >= _ALIKE


def kinds_in(name: str) -> tuple[str, ...]:
    """The kinds of school that a name speaks of, apart from a plain school."""
    said = fold(name)
    return tuple(kind for kind in _KINDS if kind in said)
