"""What «Мой день» shows of a roadmap: late lines, the fortnight ahead, own lines; of own schools only where due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from opora.appointments.queries import Access
from opora.indicators.ground import curator_key, school_key
from opora.indicators.state import LineState, due_in
from opora.indicators.tally import Subject

FORTNIGHT = 14
MOST_LINES = 10
MOST_NAMES = 4
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
SATURDAY = 5
IN_WORK = ("running", "at_risk", "silent")


@dataclass(frozen=True, slots=True)
class Lack:
    """A line with those whom it lacks: names to show, and how many more there are."""

    state: LineState
    names: tuple[str, ...]
    more: int

    @property
    def waits_for_word(self) -> bool:
        """Whether everything lacking is reported already and only has to be confirmed."""
        return bool(self.state.reported) and not self.state.missing


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of a day that is no line: a visit, a step, the end of a stage."""

    icon: str
    words: str
    address: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the fortnight with the lines whose term ends on it and the things meant for it."""

    day: date
    lines: tuple[LineState, ...]
    things: tuple[Thing, ...] = ()

    @property
    def icon(self) -> str:
        """What the bridge shows: a visit before a term."""
        return self.things[0].icon if self.things else "flag"

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]

    @property
    def is_rest(self) -> bool:
        return self.day.weekday() >= SATURDAY


def late_lines(states: Sequence[LineState], access: Access, person_id: int) -> list[Lack]:
    """Lines whose term has passed, the latest first; for a school or a curator only those that wait for them."""
    late = [state for state in states if state.status.is_overdue]
    told = [lack_of(state, access, person_id) for state in late]
    return sorted((one for one in told if one is not None), key=lambda one: one.state.status.late_by)


def lines_in_work(states: Sequence[LineState], access: Access, person_id: int) -> list[Lack]:
    """Lines under way that the person leads, or that wait for the person's own schools."""
    under_way = [state for state in states if state.status.code in IN_WORK]
    if access.is_of_centre:
        under_way = [state for state in under_way if any(one.pk == person_id for one in state.responsible)]
    told = [lack_of(state, access, person_id) for state in under_way]
    return sorted(
        (one for one in told if one is not None), key=lambda one: one.state.activity.ends_on or date.max
    )


def lack_of(state: LineState, access: Access, person_id: int) -> Lack | None:
    """Whom a line lacks as this person is to see it; None when it lacks nobody of theirs."""
    lacking = [one for tally in state.tallies for one in (*tally.counted.missing, *tally.counted.reported)]
    if not access.is_of_centre:
        own = {school_key(pk) for pk in access.school_ids} | {curator_key(person_id)}
        lacking = [one for one in lacking if one.key in own]
        if not lacking:
            return None
    names = _names(lacking) if state.expected > 1 or not access.is_of_centre else ()
    return Lack(state, names[:MOST_NAMES], max(len(names) - MOST_NAMES, 0))


def fortnight(
    states: Sequence[LineState], as_of: date, things: Mapping[date, Sequence[Thing]] = MappingProxyType({})
) -> tuple[Day, ...]:
    """Fourteen days from this one with the unfinished lines that end on each, and the things of each."""
    ending = due_in(
        (state for state in states if not state.is_finished), as_of, as_of + timedelta(days=FORTNIGHT - 1)
    )
    days = (as_of + timedelta(days=step) for step in range(FORTNIGHT))
    return tuple(
        Day(
            day,
            tuple(one for one in ending if one.activity.ends_on == day),
            tuple(things.get(day, ())),
        )
        for day in days
    )


def next_day(states: Sequence[LineState], as_of: date) -> Day | None:
    """The first day after the fortnight on which a term ends; None when there is none."""
    last = as_of + timedelta(days=FORTNIGHT - 1)
    later = [
        state
        for state in states
        if state.activity.ends_on and state.activity.ends_on > last and not state.is_finished
    ]
    ends = min((state.activity.ends_on for state in later if state.activity.ends_on), default=None)
    return Day(ends, tuple(one for one in later if one.activity.ends_on == ends)) if ends else None


def _names(subjects: Sequence[Subject]) -> tuple[str, ...]:
    """Each once, in the order given."""
    return tuple(dict.fromkeys(one.name for one in subjects))
