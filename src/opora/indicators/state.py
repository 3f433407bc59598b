"""The state of one line on one day, and the sums over many: what pages, the API and reports are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from opora.accounts.models import User
from opora.indicators.kind import Kind
from opora.indicators.models import Indicator
from opora.indicators.tally import Status, Tally
from opora.plans.models import Activity, Section

FINISHED = ("done", "done_late")
UNDER_WAY = ("running", "at_risk", "alive", "silent")


@dataclass(frozen=True, slots=True)
class IndicatorTally:
    """One indicator of a line with its kind and what was counted for it."""

    indicator: Indicator
    kind: Kind
    tally: Tally


@dataclass(frozen=True, slots=True)
class LineState:
    """One line as it stood on a day: its words and term of that day, what was counted, how it is judged."""

    activity: Activity
    tallies: tuple[IndicatorTally, ...]
    status: Status
    responsible: tuple[User, ...]

    @property
    def expected(self) -> int:
        return sum(len(one.tally.expected) for one in self.tallies)

    @property
    def found(self) -> int:
        return sum(len(one.tally.confirmed) for one in self.tallies)

    @property
    def reported(self) -> int:
        return sum(len(one.tally.reported) for one in self.tallies)

    @property
    def excused(self) -> int:
        return sum(len(one.tally.excused) for one in self.tallies)

    @property
    def is_finished(self) -> bool:
        return self.status.code in FINISHED


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """A section with how many of its lines stand where."""

    section: Section
    total: int
    by_status: Counter[str]

    @property
    def finished(self) -> int:
        return sum(self.by_status[code] for code in FINISHED)


@dataclass(frozen=True, slots=True)
class Summary:
    """A roadmap with how many of its lines stand where, as a whole and by section."""

    total: int
    by_status: Counter[str]
    sections: tuple[SectionSummary, ...]

    @property
    def finished(self) -> int:
        return sum(self.by_status[code] for code in FINISHED)

    @property
    def under_way(self) -> int:
        return sum(self.by_status[code] for code in UNDER_WAY)

    @property
    def late(self) -> int:
        return self.by_status["late"]

    @property
    def ahead(self) -> int:
        return self.by_status["ahead"]

    @property
    def due(self) -> int:
        """Lines whose term has come: finished or late."""
        return self.finished + self.late


def summary(states: Sequence[LineState]) -> Summary:
    """The sums over the lines of a roadmap."""
    sections: dict[int, list[LineState]] = {}
    for state in states:
        sections.setdefault(state.activity.section_id, []).append(state)
    return Summary(
        total=len(states),
        by_status=_by_status(states),
        sections=tuple(
            SectionSummary(lines[0].activity.section, len(lines), _by_status(lines)) for lines in sections.values()
        ),
    )


def due_in(states: Iterable[LineState], first: date, last: date) -> list[LineState]:
    """The lines whose term ends within a stretch of days."""
    return [state for state in states if state.activity.ends_on and first <= state.activity.ends_on <= last]


def _by_status(states: Iterable[LineState]) -> Counter[str]:
    return Counter(state.status.code for state in states)
