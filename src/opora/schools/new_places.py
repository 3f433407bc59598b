"""Municipalities that a list names and nobody has entered yet: shown first, made only when a person ticks them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from opora.core.russian import fold
from opora.schools.models import Municipality, Region
from opora.schools.school_match import bare

MOST_OF_NAME = 200


@dataclass(slots=True)
class NewPlace:
    """A municipality that would be entered; `municipality` is not saved yet and bears a number below nought."""

    code: str
    municipality: Municipality
    is_ticked: bool
    schools: int = 0

    @property
    def region(self) -> Region:
        return self.municipality.region

    @property
    def name(self) -> str:
        return self.municipality.name


class NewPlaces:
    """The regions where a person may enter municipalities, and those that a list has brought so far."""

    def __init__(self, regions: Iterable[Region], ticked: Collection[str]) -> None:
        self._regions, self._ticked = list(regions), ticked
        self.found: dict[str, NewPlace] = {}

    @property
    def is_open(self) -> bool:
        """Whether the person may enter municipalities at all."""
        return bool(self._regions)

    def region(self, words: str) -> Region | None:
        """The led region that the words name; the only one where nothing is said."""
        if not words:
            return self._regions[0] if len(self._regions) == 1 else None
        near = [one for one in self._regions if bare(fold(one.name)) == bare(fold(words))]
        return near[0] if len(near) == 1 else None

    def take(self, region: Region, name: str) -> NewPlace:
        """The new municipality of a name, one for all its spellings."""
        code = f"{region.pk}:{bare(fold(name)) or fold(name)}"
        if code not in self.found:
            made = Municipality(pk=-len(self.found) - 1, region=region, name=name)
            self.found[code] = NewPlace(code, made, code in self._ticked)
        return self.found[code]
