"""A share of an examination as a table names it: words of its cells; asks the database nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from opora.core.russian import clean


@dataclass(frozen=True, slots=True)
class ToldOutcome:
    """One row of a table of results of schools; numbers only, no pupils."""

    place: str
    school: str = ""
    municipality: str = ""
    year: str = ""
    exam: str = ""
    subject: str = ""
    grade: str = ""
    pupils: str = ""
    low: str = ""
    good: str = ""

    def as_json(self) -> dict[str, str]:
        """The row as plain texts."""
        return asdict(self)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The row of its JSON, every text cleaned: it comes back from a browser."""
        return cls(
            **{one.name: " ".join(clean(str(told.get(one.name, ""))).split())[:300] for one in fields(cls)}
        )
