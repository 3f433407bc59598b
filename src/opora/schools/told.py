"""A school as a table names it: words of its cells with the place they stand in; asks the database nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from opora.core.russian import clean


@dataclass(frozen=True, slots=True)
class ToldSchool:
    """One row of a list of schools; an empty text says nothing and changes nothing."""

    place: str
    name: str = ""
    short_name: str = ""
    municipality: str = ""
    number: str = ""
    site: str = ""
    address: str = ""
    phone: str = ""
    latitude: str = ""
    longitude: str = ""
    region: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    reason: str = ""

    @property
    def called(self) -> str:
        """What the row calls the school, the shorter first."""
        return self.short_name or self.name

    def as_json(self) -> dict[str, str]:
        """The row as plain texts."""
        return asdict(self)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The row of its JSON, every text cleaned: it comes back from a browser."""
        words = {one.name: " ".join(clean(str(told.get(one.name, ""))).split())[:500] for one in fields(cls)}
        return cls(**words)
