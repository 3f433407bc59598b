"""What a progress report says, as frozen values: every renderer reads these and nothing else."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Head:
    """Requisites and title (ГОСТ Р 7.0.97-2025): who made the report, about what, on which day."""

    title: str
    centre_name: str
    centre_short_name: str
    centre_address: str
    municipality: str
    place: str
    programme: str
    roadmap: str
    order_number: str
    order_date: date | None
    since: date
    as_of: date
    stretch: str
    signer_post: str
    signer_name: str
    issue_number: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many lines stand in each state; the parts add up to `total`."""

    total: int
    done: int
    done_late: int
    running: int
    at_risk: int
    permanent: int
    late: int
    ahead: int
    gained: int

    @property
    def finished(self) -> int:
        return self.done + self.done_late

    @property
    def under_way(self) -> int:
        return self.running + self.at_risk + self.permanent

    @property
    def due(self) -> int:
        return self.finished + self.late


@dataclass(frozen=True, slots=True)
class SectionRow:
    number: int
    title: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper or a word that proves a line."""

    title: str
    number: str
    dated_on: date | None
    address: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the roadmap as the report tells it. `result` is in numbers: «9 из 11 школ»."""

    activity_id: int
    section: int
    number: str
    text: str
    promise: str
    term: str
    starts_on: date | None
    ends_on: date | None
    status: str
    look: str
    state: str
    done_on: date | None
    result: str
    expected: int
    found: int
    reported: int
    evidence: tuple[Evidence, ...]
    missing: tuple[str, ...]
    excused: tuple[str, ...]
    days_late: int
    words: str


@dataclass(frozen=True, slots=True)
class MovedRow:
    """What an amendment did within the stretch: pushed, pulled, added, dropped, reworded."""

    what: str
    number: str
    text: str
    before: str
    after: str
    order: str


@dataclass(frozen=True, slots=True)
class Progress:
    head: Head
    totals: Totals
    sections: tuple[SectionRow, ...]
    lines: tuple[LineRow, ...]
    gained: tuple[str, ...]
    moved: tuple[MovedRow, ...]

    @property
    def late(self) -> tuple[LineRow, ...]:
        return tuple(line for line in self.lines if line.status == "late")

    @property
    def without_words(self) -> tuple[LineRow, ...]:
        """Late lines about which nobody has written why and what comes next."""
        return tuple(line for line in self.late if not line.words)


def as_text(progress: Progress) -> str:
    """The report as canonical JSON: the same content is the same text, so its hash can be checked later."""
    return canonical(asdict(progress))


def canonical(data: dict[str, Any]) -> str:
    """Plain values as JSON in one order of keys; days become «2022-09-15»."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, default=date.isoformat)


def hash_of(text: str) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(text.encode()).hexdigest()


def from_text(text: str) -> Progress:
    """The report back from its canonical JSON."""
    data = json.loads(text)
    return Progress(
        head=head_from(data["head"]),
        totals=Totals(**data["totals"]),
        sections=tuple(
            SectionRow(row["number"], row["title"], Totals(**row["totals"])) for row in data["sections"]
        ),
        lines=tuple(_line(row) for row in data["lines"]),
        gained=tuple(data["gained"]),
        moved=tuple(MovedRow(**row) for row in data["moved"]),
    )


def head_from(data: dict[str, Any]) -> Head:
    """The head back from its plain values."""
    return Head(**_with_days(data, "order_date", "since", "as_of"))


def _line(row: dict[str, Any]) -> LineRow:
    row = _with_days(row, "starts_on", "ends_on", "done_on")
    row["evidence"] = tuple(Evidence(**_with_days(paper, "dated_on")) for paper in row["evidence"])
    row["missing"], row["excused"] = tuple(row["missing"]), tuple(row["excused"])
    return LineRow(**row)


def _with_days(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: date.fromisoformat(value) if key in names and value else value for key, value in row.items()}
