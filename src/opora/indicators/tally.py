"""What a line expects, what of it is there on a day, and the state that follows: no rows, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Code = Literal["ahead", "running", "done", "done_late", "late", "at_risk", "alive", "silent"]

# Days without a sign after which permanent work is silent; daily work rests over a week-end and a holiday.
_SILENCE: Final = {
    "daily": 4, "weekly": 7, "monthly": 31, "quarterly": 92, "half-yearly": 184, "yearly": 366,
}  # fmt: skip
_USUAL_SILENCE: Final = 92

# code → words on the screen, words of an official report, class and icon of the design.
_WORDS: Final[dict[Code, tuple[str, str, str]]] = {
    "ahead": ("Впереди", "не наступил", "ahead"),
    "running": ("В работе", "идёт", "half"),
    "done": ("Выполнено", "выполнен", "done"),
    "done_late": ("Выполнено с опозданием", "выполнен с опозданием", "done"),
    "late": ("Срок прошёл", "просрочен", "late"),
    "at_risk": ("Под угрозой", "под угрозой", "wait"),
    "alive": ("Постоянно", "постоянно, работает", "loop"),
    "silent": ("Давно не слышно", "постоянно, нет свежих данных", "wait"),
}
# Of several promises of one line the first of these that is met speaks for the line.
_GRAVITY: Final[tuple[Code, ...]] = (
    "late", "at_risk", "silent", "running", "ahead", "alive", "done_late", "done",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """One of whom something is expected, or one found: reported is shown, only confirmed counts.

    `is_nothing` says that it is confirmed that there is nothing to report; `proof` is the address of the row.
    """

    key: str
    name: str
    reported_on: date | None = None
    confirmed_on: date | None = None
    is_nothing: bool = False
    proof: str = ""

    def is_confirmed(self, as_of: date) -> bool:
        return self.confirmed_on is not None and self.confirmed_on <= as_of

    def is_reported(self, as_of: date) -> bool:
        return self.reported_on is not None and self.reported_on <= as_of


@dataclass(frozen=True, slots=True)
class Excused:
    """One who is not expected, and why; what such a one confirmed nevertheless still counts."""

    key: str
    name: str
    reason: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A tally on a day. `missing` names are unknown where only a number is asked: `lacking` is the count."""

    confirmed: tuple[Subject, ...]
    reported: tuple[Subject, ...]
    missing: tuple[Subject, ...]
    excused: tuple[Excused, ...]
    expected: int
    lacking: int
    last_sign_on: date | None
    completed_on: date | None

    @property
    def found(self) -> int:
        return min(len(self.confirmed), self.expected)

    @property
    def nothing_to_report(self) -> tuple[Subject, ...]:
        return tuple(subject for subject in self.confirmed if subject.is_nothing)

    @property
    def is_complete(self) -> bool:
        """Whether all expected is confirmed; where everyone is excused nothing more is expected."""
        return self.lacking == 0 and (self.expected > 0 or bool(self.excused))

    @property
    def share(self) -> float:
        """Confirmed of expected, 0…1."""
        if self.expected:
            return self.found / self.expected
        return 1.0 if self.is_complete else 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Whom a line expects and what is known of each, for any day.

    `needed` is set where a number is asked («не менее 3»): then the subjects are what was found.
    `signs` are days on which permanent work showed itself; a confirmation is a sign too.
    """

    subjects: tuple[Subject, ...]
    excused: tuple[Excused, ...] = ()
    needed: int | None = None
    signs: tuple[date, ...] = ()

    def on(self, as_of: date) -> Counted:
        """Count what is known on a day; one key counts once, however often it is listed."""
        excused = {one.key: one for one in self.excused if one.since is None or one.since <= as_of}
        subjects = _once(self.subjects, as_of)
        confirmed = tuple(subject for subject in subjects if subject.is_confirmed(as_of))
        waited = [one for one in subjects if not one.is_confirmed(as_of) and one.key not in excused]
        reported = tuple(subject for subject in waited if subject.is_reported(as_of))
        missing = tuple(subject for subject in waited if not subject.is_reported(as_of))
        expected = len(confirmed) + len(waited) if self.needed is None else max(self.needed, 0)
        done_by_now = {subject.key for subject in confirmed}
        return Counted(
            confirmed=confirmed,
            reported=reported,
            missing=missing if self.needed is None else (),
            excused=tuple(one for key, one in sorted(excused.items()) if key not in done_by_now),
            expected=expected,
            lacking=max(expected - len(confirmed), 0),
            last_sign_on=max((day for day in self._days() if day <= as_of), default=None),
            completed_on=_completed_on(confirmed, expected),
        )

    def _days(self) -> Iterable[date]:
        yield from self.signs
        yield from (subject.confirmed_on for subject in self.subjects if subject.confirmed_on)


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a promise on a day, with the day it holds since and how many days the term has passed."""

    code: Code
    found: int
    expected: int
    since: date | None = None
    late_by: int = 0

    @property
    def title(self) -> str:
        """The word on the screen (design, section 4)."""
        return _WORDS[self.code][0]

    @property
    def formal(self) -> str:
        """The word in an official report."""
        return _WORDS[self.code][1]

    @property
    def icon(self) -> str:
        """The class and the icon of the design."""
        return _WORDS[self.code][2]

    @property
    def is_done(self) -> bool:
        return self.code in ("done", "done_late")

    @property
    def is_overdue(self) -> bool:
        return self.code == "late"


def judge(
    tally: Tally,
    *,
    starts_on: date | None,
    ends_on: date | None,
    is_open_ended: bool = False,
    recurrence: str | None = None,
    control_on: date | None = None,
    as_of: date,
) -> Status:
    """Judge a promise on a day; a term without a calendar goes by its control day, or runs until done."""
    counted = tally.on(as_of)
    deadline = ends_on or control_on
    is_permanent = is_open_ended or recurrence is not None
    if is_permanent and (deadline is None or as_of <= deadline):
        return _judge_permanent(counted, starts_on, recurrence, as_of)
    if counted.is_complete:
        return _judge_complete(counted, deadline)
    if deadline is not None and as_of > deadline:
        late_by = (as_of - deadline).days
        return _status("late", counted, since=as_of - timedelta(days=late_by - 1), late_by=late_by)
    if starts_on is not None and as_of < starts_on:
        return _status("running" if counted.found else "ahead", counted)
    if _is_at_risk(counted, starts_on, deadline, as_of):
        return _status("at_risk", counted, since=_last_quarter(starts_on, deadline))
    return _status("running", counted, since=starts_on)


def together(statuses: Iterable[Status]) -> Status:
    """The state of a line of one or several promises: done when all are, late when one is."""
    known = list(statuses)
    if not known:
        return Status(code="running", found=0, expected=0)
    codes = {status.code for status in known}
    gravest = next(code for code in _GRAVITY if code in codes)
    if gravest == "ahead" and codes != {"ahead"}:
        gravest = "running"
    same = [status for status in known if status.code == gravest]
    days = [status.since for status in same if status.since]
    pick = max if gravest in ("done", "done_late") else min
    return Status(
        code=gravest,
        found=sum(status.found for status in known),
        expected=sum(status.expected for status in known),
        since=pick(days, default=None),
        late_by=max((status.late_by for status in same), default=0),
    )


def _judge_permanent(counted: Counted, starts_on: date | None, recurrence: str | None, as_of: date) -> Status:
    silence = _SILENCE.get(recurrence or "", _USUAL_SILENCE)
    sign = counted.last_sign_on
    if sign is not None and (as_of - sign).days <= silence:
        return _status("alive", counted, since=sign)
    if starts_on is not None and as_of < starts_on:
        return _status("ahead", counted)
    heard = sign or starts_on
    if heard is None or (as_of - heard).days <= silence:
        # Begun a short while ago, or nobody knows when: there was no time for a sign yet.
        return _status("running" if heard else "silent", counted, since=heard)
    return _status("silent", counted, since=heard)


def _judge_complete(counted: Counted, deadline: date | None) -> Status:
    day = counted.completed_on
    if day is not None and deadline is not None and day > deadline:
        return _status("done_late", counted, since=day, late_by=(day - deadline).days)
    return _status("done", counted, since=day)


def _is_at_risk(counted: Counted, starts_on: date | None, deadline: date | None, as_of: date) -> bool:
    quarter = _last_quarter(starts_on, deadline)
    return quarter is not None and as_of >= quarter and counted.found * 2 < counted.expected


def _last_quarter(starts_on: date | None, deadline: date | None) -> date | None:
    """The first day of the term's last quarter; None where the term has no length."""
    if starts_on is None or deadline is None or deadline < starts_on:
        return None
    length = (deadline - starts_on).days + 1
    return starts_on + timedelta(days=length * 3 // 4) if length > 1 else None


def _status(code: Code, counted: Counted, *, since: date | None = None, late_by: int = 0) -> Status:
    return Status(code=code, found=counted.found, expected=counted.expected, since=since, late_by=late_by)


def _once(subjects: tuple[Subject, ...], as_of: date) -> list[Subject]:
    """One row for a key: the earliest confirmation, else the earliest report."""
    best: dict[str, Subject] = {}
    for subject in subjects:
        known = best.get(subject.key)
        if known is None or _rank(subject, as_of) < _rank(known, as_of):
            best[subject.key] = subject
    return list(best.values())


def _rank(subject: Subject, as_of: date) -> tuple[int, date]:
    if subject.confirmed_on is not None and subject.is_confirmed(as_of):
        return 0, subject.confirmed_on
    if subject.reported_on is not None and subject.is_reported(as_of):
        return 1, subject.reported_on
    return 2, date.max


def _completed_on(confirmed: tuple[Subject, ...], expected: int) -> date | None:
    """The day on which the last expected confirmation came."""
    days = sorted(subject.confirmed_on for subject in confirmed if subject.confirmed_on)
    return days[expected - 1] if 0 < expected <= len(days) else None
