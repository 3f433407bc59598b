"""A mark of ИС МЭДК as a table names it: words of its cells; asks the database nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from opora.core.russian import clean

MOST_LETTERS = 500


@dataclass(frozen=True, slots=True)
class ToldMark:
    """One row of a table of marks."""

    place: str
    school: str = ""
    municipality: str = ""
    document: str = ""
    factor: str = ""
    state: str = ""
    on: str = ""
    address: str = ""
    words: str = ""

    def as_json(self) -> dict[str, str]:
        """The row as plain texts."""
        return asdict(self)

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """The row of its JSON, every text cleaned: it comes back from a browser."""
        return cls(
            **{
                one.name: " ".join(clean(str(told.get(one.name, ""))).split())[:MOST_LETTERS]
                for one in fields(cls)
            }
        )
