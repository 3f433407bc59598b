"""A curator's next visit and own schools, put together from the rows of the day; asks the database nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opora.core.russian import day_month
from opora.dashboard.today_deeds import TIME, VISIT_WORDS
from opora.dashboard.today_shape import Waiting

NEAR_DAYS = 7
STEPS = ("step", "step_there", "step_school")


@dataclass(frozen=True, slots=True)
class Next:
    """The nearest visit: when, its state, and the open steps of the school."""

    visit: Waiting
    days_left: int
    steps: tuple[Waiting, ...]

    @property
    def hour(self) -> str:
        return self.visit.who[:TIME]

    @property
    def state(self) -> str:
        return VISIT_WORDS[self.visit.line]

    @property
    def is_near(self) -> bool:
        return self.days_left <= NEAR_DAYS

    @property
    def heading(self) -> str:
        """«Завтра — Школа № 102»."""
        near = {0: "Сегодня", 1: "Завтра"}
        day = self.visit.since
        assert day is not None, "a visit has its day"
        return f"{near.get(self.days_left, day_month(day).capitalize())} — {self.visit.title}"


@dataclass(frozen=True, slots=True)
class Own:
    """One own school as a card: the look and the words of its state, risks in work, measures."""

    pk: int
    name: str
    look: str
    words: str
    risks: int
    confirmed: int
    measures: int


def next_visit(told: Sequence[Waiting], as_of: date) -> Next | None:
    """The nearest visit ahead of a curator."""
    visits = sorted(
        (row for row in told if row.what == "visit" and row.since), key=lambda row: (row.since, row.who)
    )
    if not visits:
        return None
    first = visits[0]
    assert first.since is not None, "chosen above"
    steps = tuple(row for row in told if row.what in STEPS and row.school == first.school)
    return Next(first, (first.since - as_of).days, steps)


def own_schools(told: Sequence[Waiting], as_of: date) -> list[Own]:
    """The schools of a curator by name: what is late first speaks, then what is ahead, then the last visit."""
    ahead = {row.school: row for row in reversed(told) if row.what == "visit"}
    late = {row.school for row in told if row.what == "visit_overdue"}
    without = {row.school for row in told if row.what == "no_visit"}
    found = {
        row.school: Own(
            row.school,
            row.title,
            *_state(row, ahead.get(row.school), row.school in late, row.school in without),
            risks=row.key,
            confirmed=int(row.line or 0),
            measures=int(row.who or 0),
        )
        for row in told
        if row.what == "own_school"
    }
    return sorted(found.values(), key=lambda one: (len(one.name), one.name))


def _state(row: Waiting, ahead: Waiting | None, is_late: bool, is_without: bool) -> tuple[str, str]:
    if is_late:
        return "late", "Посещение без отметки"
    if ahead is not None and ahead.since is not None:
        return ("half" if ahead.line == "agreed" else "ahead"), f"Посещение {day_month(ahead.since)}"
    if is_without:
        return "wait", "Не намечено в этом этапе"
    if row.since is not None:
        return "done", f"Посещена {day_month(row.since)}"
    return "ahead", "Посещений не было"
