"""Finding the school that a row of a list means: surely, perhaps, or not at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from opora.core.russian import fold
from opora.schools.models import Municipality, School
from opora.schools.school_names import is_alike, key_of, kinds_in, number_in

_PLACE_WORDS: Final = re.compile(
    r"\bг\.? ?о\.?(?= )|\bгородской округ\b|\bмуниципальный (?:округ|район)\b|\bмуниципальное образование\b|"
    r"\bмо\b|\bг\.|\bгород\b|\bрайон\b|\bобласть\b|\bобл\.?(?= |$)|\bкрай\b|\bреспублика\b|[«»\"]"
)
# A word that more schools of a town share than this says nothing about which of them is meant.
_COMMON: Final = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A school that is known, or a row of the same list that will become one."""

    municipality_id: int
    short_name: str
    name: str
    number: int | None
    school: School | None = None
    row: int | None = None

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"school:{self.school.pk}" if self.school else f"row:{self.row}"


class Names:
    """The schools of towns by what a list may call them; grows while the list is read."""

    def __init__(self, schools: Iterable[School]) -> None:
        self._exact: dict[tuple[int, str], Candidate] = {}
        self._number: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
        self._key: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
        self._word: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
        for school in schools:
            self.add(
                Candidate(
                    school.municipality_id, school.short_name, school.name, school.number, school=school
                )
            )

    def add(self, one: Candidate) -> None:
        """Let a school be found by the rows that follow."""
        place = one.municipality_id
        for name in (one.short_name, one.name):
            self._exact.setdefault((place, fold(name)), one)
            self._key[place, key_of(name)].append(one)
            for word in set(key_of(name).split()):
                self._word[place, word].append(one)
        if one.number is not None:
            self._number[place, one.number].append(one)

    def sure(self, place: int, *names: str) -> Candidate | None:
        """The school that is called exactly so."""
        found = (self._exact.get((place, fold(name))) for name in names if name)
        return next((one for one in found if one is not None), None)

    def perhaps(self, place: int, name: str, number: int | None) -> Candidate | None:
        """The school that may be meant by another spelling: its number and kind, its words, nearly its letters."""
        kinds = kinds_in(name)
        if number is not None:
            same = [one for one in self._number[place, number] if _kinds(one) == kinds]
            return same[0] if same else None
        key = key_of(name)
        if not key:
            return None
        same = [one for one in self._key[place, key] if _kinds(one) == kinds]
        if same:
            return same[0]
        for word in key.split():
            near = self._word[place, word]
            if len(near) > _COMMON:
                continue
            for one in near:
                if is_alike(name, one.short_name) or is_alike(name, one.name):
                    return one
        return None

    def of_number(self, place: int, number: int) -> list[Candidate]:
        """Everybody in a town who bears a number."""
        return self._number[place, number]


def _kinds(one: Candidate) -> tuple[str, ...]:
    return kinds_in(one.short_name) or kinds_in(one.name)


def number_of(name: str, short_name: str) -> int | None:
    """The number that the names hold, the shorter asked first."""
    return number_in(short_name) or number_in(name)


class Places:
    """The municipalities that a list may name."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        self._all = list(municipalities)
        self._known: dict[tuple[str, str], Municipality | None] = {}

    @property
    def only(self) -> Municipality | None:
        """The one that needs no naming, when there is one."""
        return self._all[0] if len(self._all) == 1 else None

    def find(self, words: str, region: str = "") -> Municipality | None:
        """The one municipality that the words name, in the region when it is told; None for none and for several."""
        key = (words, region)
        if key not in self._known:
            self._known[key] = self._found(fold(words), bare(fold(region)))
        return self._known[key]

    def _found(self, said: str, region: str) -> Municipality | None:
        there = [one for one in self._all if not region or bare(fold(one.region.name)) == region]
        same = [one for one in there if fold(one.name) == said]
        short = bare(said)
        near = same or [one for one in there if short and bare(fold(one.name)) == short]
        return near[0] if len(near) == 1 else None


def bare(said: str) -> str:
    """The folded name of a place without the words for its kind."""
    return " ".join(_PLACE_WORDS.sub(" ", said).split())
