"""The state of one line on one day, and the sums over many: what pages, the API and reports are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from opora.accounts.models import User
from opora.indicators.joining import joined
from opora.indicators.kind import Kind
from opora.indicators.models import Indicator
from opora.indicators.tally import Counted, Excused, Status, Subject
from opora.plans.models import Activity, Responsibility, Section

FINISHED = ("done", "done_late")
UNDER_WAY = ("running", "at_risk", "alive", "silent")


UNITS = {"schools": "школ", "curators": "кураторов", "municipalities": "муниципалитетов"}


@dataclass(frozen=True, slots=True)
class IndicatorTally:
    """One indicator of a line with its kind and what was counted for it on the day."""

    indicator: Indicator
    kind: Kind
    counted: Counted
    status: Status

    @property
    def unit(self) -> str:
        """The genitive after «9 из 11»: whom the scope names, else what the kind counts."""
        return UNITS.get(self.indicator.scope, self.kind.unit)


@dataclass(frozen=True)
class LineState:
    """One line as it stood on a day: its words and term of that day, what was counted, how it is judged."""

    activity: Activity
    tallies: tuple[IndicatorTally, ...]
    status: Status
    held: tuple[Responsibility, ...]

    @property
    def responsible(self) -> tuple[User, ...]:
        """Who leads the line on the day, the first named first."""
        return tuple(one.person for one in self.held)

    @cached_property
    def whole(self) -> Counted | None:
        """All promises counted together where all speak of the same schools or people: each is found once; else None."""
        scopes = {one.indicator.scope for one in self.tallies}
        if len(scopes) != 1 or not scopes <= UNITS.keys():
            return None
        counts = [one.counted for one in self.tallies]
        return counts[0] if len(counts) == 1 else joined(counts)

    @property
    def _counts(self) -> Sequence[Counted]:
        return [self.whole] if self.whole is not None else [one.counted for one in self.tallies]

    @property
    def expected(self) -> int:
        return sum(one.expected for one in self._counts)

    @property
    def found(self) -> int:
        return sum(one.found for one in self._counts)

    @property
    def reported(self) -> int:
        return sum(len(one.reported) for one in self._counts)

    @property
    def excused(self) -> tuple[Excused, ...]:
        """Those not expected, each named once however many promises the line has."""
        named = {one.key: one for counted in self._counts for one in counted.excused}
        return tuple(named.values())

    @property
    def waiting(self) -> tuple[Subject, ...]:
        """Those who told of it and wait to be confirmed."""
        return tuple(subject for counted in self._counts for subject in counted.reported)

    @property
    def missing(self) -> tuple[Subject, ...]:
        """Those of whom nothing is known yet."""
        return tuple(subject for counted in self._counts for subject in counted.missing)

    @property
    def unit(self) -> str:
        """The genitive after «9 из 11»; of two different promises, the word that fits both."""
        units = {tally.unit for tally in self.tallies}
        return units.pop() if len(units) == 1 else "подтверждений"

    @property
    def is_finished(self) -> bool:
        return self.status.is_done

    @property
    def done_on(self) -> date | None:
        """The day of the last confirmation that completed the line; None while it is not complete."""
        days = [one.counted.completed_on for one in self.tallies]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None


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
            SectionSummary(lines[0].activity.section, len(lines), _by_status(lines))
            for lines in sections.values()
        ),
    )


def due_in(states: Iterable[LineState], first: date, last: date) -> list[LineState]:
    """The lines whose term ends within a stretch of days."""
    return [state for state in states if state.activity.ends_on and first <= state.activity.ends_on <= last]


def _by_status(states: Iterable[LineState]) -> Counter[str]:
    return Counter(state.status.code for state in states)
