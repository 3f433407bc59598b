"""A position of equipment as a table names it: words of its cells; asks the database nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from opora.core.russian import clean

# A word longer than a name may be is kept whole, so that it is told of and not cut in silence.
_MOST = 400


@dataclass(frozen=True, slots=True)
class ToldEquipment:
    """One row of a table of equipment; `was_on` and `now_on` are there when the table tells the days itself."""

    place: str
    school: str = ""
    municipality: str = ""
    project: str = ""
    name: str = ""
    unit: str = ""
    year: str = ""
    was: str = ""
    was_on: str = ""
    now: str = ""
    now_on: str = ""

    def as_json(self) -> dict[str, str]:
        """The row as plain texts."""
        return asdict(self)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The row of its JSON, every text cleaned."""
        return cls(
            **{one.name: " ".join(clean(str(told.get(one.name, ""))).split())[:_MOST] for one in fields(cls)}
        )
