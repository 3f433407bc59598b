"""The state of a visit on a day and whether what was promised was kept: no rows, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Protocol

Code = Literal[
    "planned", "agreed", "proposed", "held", "reported", "returned", "approved", "overdue", "cancelled"
]
Outcome = Literal["ahead", "kept", "pushed", "added_late", "dropped", "silent"]

# code → words on the screen, class and icon of the design.
WORDS: Final[dict[Code, tuple[str, str]]] = {
    "planned": ("Намечено, школа не ответила", "ahead"),
    "agreed": ("Школа подтвердила", "half"),
    "proposed": ("Школа предлагает другой день", "wait"),
    "held": ("Состоялось, ждёт отчёта", "half"),
    "reported": ("Отчёт сдан, ждёт приёма", "sent"),
    "returned": ("Вернулось с вопросом", "back"),
    "approved": ("Отчёт принят", "done"),
    "overdue": ("День прошёл, отметки нет", "late"),
    "cancelled": ("Отменено", "ahead"),
}
OUTCOME_WORDS: Final[dict[Outcome, str]] = {
    "ahead": "день ещё не наступил",
    "kept": "состоялось в намеченный день",
    "pushed": "переносилось",
    "added_late": "внесено задним числом",
    "dropped": "отменено",
    "silent": "день прошёл без отметки и без переноса",
}


class Days(Protocol):
    """A visit as its days tell it; `opora.visits.models.Visit` is one."""

    @property
    def planned_on(self) -> date: ...
    @property
    def agreed_on(self) -> date | None: ...
    @property
    def proposed_day(self) -> date | None: ...
    @property
    def proposed_on(self) -> date | None: ...
    @property
    def held_on(self) -> date | None: ...
    @property
    def reported_on(self) -> date | None: ...
    @property
    def returned_on(self) -> date | None: ...
    @property
    def approved_on(self) -> date | None: ...
    @property
    def cancelled_on(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class State:
    """Where a visit stands; `icon` is the class and the icon of the design."""

    code: Code
    words: str
    icon: str

    @property
    def is_over(self) -> bool:
        """Whether nobody owes anything about it any more."""
        return self.code in ("approved", "cancelled")


def state_of(visit: Days, as_of: date) -> State:
    """The state that the days of a visit tell on a day; what came later is not known yet."""
    code = _code(visit, as_of)
    words, icon = WORDS[code]
    return State(code, words, icon)


def _code(visit: Days, as_of: date) -> Code:
    facts: tuple[tuple[Code, date | None], ...] = (
        ("cancelled", visit.cancelled_on),
        ("approved", visit.approved_on),
        ("returned", visit.returned_on),
        ("reported", visit.reported_on),
        ("held", visit.held_on),
    )
    for code, day in facts:
        if _has_come(day, as_of):
            return code
    if visit.planned_on < as_of:
        return "overdue"
    if visit.proposed_day is not None and _has_come(visit.proposed_on, as_of):
        return "proposed"
    return "agreed" if _has_come(visit.agreed_on, as_of) else "planned"


@dataclass(frozen=True, slots=True)
class Push:
    """One move of a visit from a day to another, and when it was made."""

    from_day: date
    to_day: date
    moved_on: date


@dataclass(frozen=True, slots=True)
class Promised:
    """A visit as a promise: the day it is meant for now, the earlier moves in order, and what came of it."""

    key: int
    planned_on: date
    noted_on: date
    held_on: date | None = None
    cancelled_on: date | None = None
    pushes: tuple[Push, ...] = ()

    def day_on(self, as_of: date) -> date:
        """The day that the visit was meant for as the schedule stood on a day."""
        later = [push.from_day for push in self.pushes if push.moved_on > as_of]
        return later[0] if later else self.planned_on


@dataclass(frozen=True, slots=True)
class Commitment:
    """What became of one promise by a day.

    `pushed_times` counts the moves to a later day, `pushed_days` is by how many days in sum; both are told whatever
    the outcome is. `late_by` is days past the planned day without a move: of a visit held later, or not held yet.
    """

    key: int
    outcome: Outcome
    pushed_times: int = 0
    pushed_days: int = 0
    late_by: int = 0

    @property
    def words(self) -> str:
        return OUTCOME_WORDS[self.outcome]


@dataclass(frozen=True, slots=True)
class Integrity:
    """How promises of visits were kept by a day («commitment integrity»); nobody is rated by it."""

    commitments: tuple[Commitment, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(one.outcome == outcome for one in self.commitments)

    @property
    def kept(self) -> int:
        return self.count("kept")

    @property
    def pushed(self) -> int:
        return self.count("pushed")

    @property
    def added_late(self) -> int:
        return self.count("added_late")

    @property
    def dropped(self) -> int:
        return self.count("dropped")

    @property
    def silent(self) -> int:
        return self.count("silent")

    @property
    def due(self) -> int:
        """Promises of which the outcome is known: all but those still ahead."""
        return len(self.commitments) - self.count("ahead")

    @property
    def pushed_times(self) -> int:
        return sum(one.pushed_times for one in self.commitments)

    @property
    def pushed_days(self) -> int:
        return sum(one.pushed_days for one in self.commitments)


def integrity_of(visits: Iterable[Promised], as_of: date) -> Integrity:
    """Judge every promise that stood in the schedule by a day; one noted later is not counted yet."""
    return Integrity(tuple(_commitment(visit, as_of) for visit in visits if visit.noted_on <= as_of))


def _commitment(visit: Promised, as_of: date) -> Commitment:
    day = visit.day_on(as_of)
    pushes = _later(visit.pushes, as_of)
    held_on = visit.held_on if _has_come(visit.held_on, as_of) else None
    late_by = max(((held_on or as_of) - day).days, 0)
    if _has_come(visit.cancelled_on, as_of):
        outcome: Outcome = "dropped"
        late_by = 0
    elif late_by:
        outcome = "silent"
    elif pushes:
        outcome = "pushed"
    elif held_on is None:
        outcome = "ahead"
    else:
        outcome = "added_late" if visit.noted_on > day else "kept"
    return Commitment(
        key=visit.key,
        outcome=outcome,
        pushed_times=len(pushes),
        pushed_days=sum((push.to_day - push.from_day).days for push in pushes),
        late_by=late_by,
    )


def _later(pushes: Sequence[Push], as_of: date) -> list[Push]:
    return [push for push in pushes if push.moved_on <= as_of and push.to_day > push.from_day]


def _has_come(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
