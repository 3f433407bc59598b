"""Several promises of one line about the same schools or people, counted together: each is found when all is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from opora.indicators.tally import Counted, Excused, Subject


def joined(counts: Sequence[Counted]) -> Counted:
    """One count of many: a key is confirmed when every promise that waits for it is, missing when one misses it."""
    told: dict[str, list[tuple[int, Subject]]] = {}
    for counted in counts:
        for rank, group in enumerate((counted.missing, counted.reported, counted.confirmed)):
            for subject in group:
                told.setdefault(subject.key, []).append((rank, subject))
    groups: tuple[list[Subject], list[Subject], list[Subject]] = ([], [], [])
    for ranked in told.values():
        rank = min(rank for rank, _ in ranked)
        groups[rank].append(_latest([subject for other, subject in ranked if other == rank]))
    missing, reported, confirmed = groups
    excused = {one.key: one for counted in counts for one in counted.excused if one.key not in told}
    return Counted(
        confirmed=tuple(confirmed),
        reported=tuple(reported),
        missing=tuple(missing),
        excused=_by_key(excused),
        expected=len(told),
        lacking=len(missing) + len(reported),
        last_sign_on=max((day for one in counts if (day := one.last_sign_on)), default=None),
        completed_on=_completed_on(counts),
    )


def _latest(subjects: Sequence[Subject]) -> Subject:
    return max(subjects, key=lambda one: one.confirmed_on or one.reported_on or date.min)


def _by_key(excused: dict[str, Excused]) -> tuple[Excused, ...]:
    return tuple(one for _, one in sorted(excused.items()))


def _completed_on(counts: Sequence[Counted]) -> date | None:
    """The day on which the last of the promises was complete; None while one is not."""
    days = [one.completed_on for one in counts]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
