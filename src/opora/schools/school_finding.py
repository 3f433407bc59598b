"""The one school that a row of a table of figures means, among the schools that a person leads."""

from __future__ import annotations

from collections.abc import Iterable

from opora.schools.models import Municipality, School
from opora.schools.school_match import Names, Places
from opora.schools.school_names import number_in


class SchoolFinder:
    """The schools by what a table calls them."""

    def __init__(self, municipalities: Iterable[Municipality], schools: Iterable[School]) -> None:
        schools = list(schools)
        self._places, self._names = Places(municipalities), Names(schools)
        self._towns = sorted({school.municipality_id for school in schools})
        self._only = schools[0] if len(schools) == 1 else None

    def school(self, name: str, municipality: str = "") -> School:
        """The one school of a name; whoever leads one alone need not name it.

        ValueError, with Russian words, where there is none or more than one.
        """
        if not name and self._only is not None:
            return self._only
        found = [one for town in self._towns_of(municipality) for one in self._in(town, name)]
        if len(found) > 1:
            raise ValueError(f"«{name[:60]}» — подходит несколько школ, назовите муниципалитет")
        if not found:
            raise ValueError(f"школы «{name[:60]}» нет среди тех, что вы ведёте")
        return found[0]

    def _towns_of(self, municipality: str) -> list[int]:
        if not municipality:
            return self._towns
        place = self._places.find(municipality)
        if place is None:
            raise ValueError(f"муниципалитета «{municipality[:60]}» нет среди тех, что вы ведёте")
        return [place.pk]

    def _in(self, town: int, name: str) -> list[School]:
        sure = self._names.sure(town, name)
        number = number_in(name)
        near = [sure] if sure else self._names.of_number(town, number) if number is not None else []
        return [one.school for one in near if one.school is not None]
