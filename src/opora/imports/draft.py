"""The draft of a roadmap as understood from a file, before a person has agreed to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from opora.core.periods import Period
from opora.imports.table import Place


@dataclass(slots=True)
class DraftOrder:
    number: str | None = None
    date: date | None = None
    issuer: str | None = None
    signed_by: str | None = None


@dataclass(slots=True)
class DraftSection:
    number: int
    title: str


@dataclass(slots=True)
class DraftLine:
    """One activity as printed. `number` is None where the file lost it; `section` is 1-based, 0 without sections.

    `merged` names the fields («number», «promise») that one vertically merged cell gives to several lines.
    """

    section: int
    number: str | None
    text: str
    period: Period
    promise: str
    place: Place
    suggested_number: str | None = None
    responsible: str | None = None
    kind: str = "attested"
    kind_confidence: float = 0.0
    kinds: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()


@dataclass(slots=True)
class Problem:
    """A remark: `level` is error, warning or info; `line` the printed number, the 1-based index, or 0 for all."""

    code: str
    level: str
    line: str | int
    message: str


@dataclass(slots=True)
class RoadmapDraft:
    title: str
    order: DraftOrder
    year: int | None
    sections: list[DraftSection] = field(default_factory=list)
    lines: list[DraftLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON values; days as ISO strings. The shape is that of `./opora read --json`."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
