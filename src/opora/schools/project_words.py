"""The national project that the words of a table name: «Точка роста», «ЦОС», «Цифровая среда»; asks nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from opora.core.russian import fold
from opora.programmes.models import NationalProject

_WORD: Final = re.compile(r"[а-яa-z0-9]+")
# Words that every project bears say nothing about which of them is meant.
_COMMON: Final = re.compile(r"^(?:нац\w*|проект\w*|центр\w*|федеральн\w*|образовани\w|в|и|рамках|по)$")
Likeness = Callable[[str, str], bool]


def project_told(text: str, projects: Sequence[NationalProject]) -> NationalProject:
    """The one project that a cell means; the only one needs no naming. ValueError, with Russian words, else."""
    if not text and len(projects) == 1:
        return projects[0]
    if not text:
        raise ValueError("не назван национальный проект")
    for is_meant in (_is_same, _is_inside, _is_short, _is_near):
        found = [one for one in projects if is_meant(fold(text), fold(one.name))]
        if len(found) == 1:
            return found[0]
    raise ValueError(f"национального проекта «{text[:60]}» нет в программе")


def _is_same(said: str, name: str) -> bool:
    return said == name


def _is_inside(said: str, name: str) -> bool:
    """«Центр «Точка роста»» holds the name whole."""
    return f" {_plain(name)} " in f" {_plain(said)} "


def _is_short(said: str, name: str) -> bool:
    """«ЦОС» is made of the first letters."""
    letters = "".join(word[0] for word in _WORD.findall(name))
    return len(letters) > 1 and letters in _WORD.findall(said)


def _is_near(said: str, name: str) -> bool:
    """Each word of weight begins a word of the name: «Цифровая среда», «Цифр. обр. среда»."""
    told = [word for word in _WORD.findall(said) if not _COMMON.match(word)]
    words = _WORD.findall(name)
    return bool(told) and all(any(word.startswith(one) for word in words) for one in told)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text))
