"""A municipality as a table names it: words of its cells with the place they stand in; asks the database nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from opora.core.russian import clean


@dataclass(frozen=True, slots=True)
class ToldMunicipality:
    """One row of a list of municipalities; an empty text says nothing and changes nothing."""

    row_place: str
    name: str = ""
    region: str = ""
    centre_name: str = ""
    centre_short_name: str = ""
    centre_address: str = ""
    place: str = ""
    head_post: str = ""
    head_name: str = ""

    def as_json(self) -> dict[str, str]:
        """The row as plain texts."""
        return asdict(self)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The row of its JSON, every text cleaned."""
        words = {one.name: " ".join(clean(str(told.get(one.name, ""))).split())[:500] for one in fields(cls)}
        return cls(**words)
