"""A proposal of days for visits, spread evenly over a stage: no rows, no clock, the same answer every time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from opora.core.russian import counted, day_month
from opora.visits.workdays import days_between

GOLDEN: Final = (5**0.5 - 1) / 2
Order = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """A curator of a school and the days on which they are; `order` sorts schools as people know them."""

    school: int
    curator: int
    since: date
    until: date | None = None
    order: Order = (0, "", 0)

    def stands_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands already: the days of each curator, the days of each school; both are left alone."""

    of_curator: Mapping[int, Collection[date]] = field(default_factory=dict)
    of_school: Mapping[int, Collection[date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """One visit that is proposed, and why on this day."""

    school: int
    curator: int
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The visits proposed, by curator and day, and the schools for which no day was found."""

    offers: tuple[Offer, ...]
    without_day: tuple[Pair, ...] = ()


def propose(
    pairs: Sequence[Pair],
    *,
    first: date,
    last: date,
    off: Mapping[date, str],
    each: int = 1,
    standing: Standing | None = None,
) -> Proposal:
    """Spread visits over the working days of a stretch so that every school has `each` of them.

    A school with several curators goes to the one with the fewest. A curator's visits stand as far from each other
    as the stretch allows, never two on one day; curators with few visits are shifted against each other, so that
    weeks are loaded alike. Days `off` and days that stand already are avoided.
    """
    spread = _Spread(
        [day for day in days_between(first, last) if day not in off], off, standing or Standing()
    )
    shares = _shares(pairs, each, standing or Standing())
    offers: list[Offer] = []
    without: list[Pair] = []
    for place, curator in enumerate(sorted(shares)):
        share = shares[curator]
        for number, pair in enumerate(share):
            offer = spread.offer(pair, (number + _shift(place)) / len(share))
            if offer is None:
                without.append(pair)
            else:
                offers.append(offer)
    return Proposal(tuple(sorted(offers, key=lambda one: (one.curator, one.day, one.school))), tuple(without))


def _shift(place: int) -> float:
    """Where in its share a curator's visit stands (0 to 1): shares of the golden section never crowd together."""
    return (0.5 + place * GOLDEN) % 1


def _shares(pairs: Sequence[Pair], each: int, standing: Standing) -> dict[int, list[Pair]]:
    """Curator → the visits that are theirs in turn: a first one for every school, then a second one."""
    by_school: dict[int, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda one: (one.order, one.school, one.curator)):
        by_school[pair.school].append(pair)
    shares: dict[int, list[Pair]] = defaultdict(list)
    for turn in range(each):
        for school, choice in by_school.items():
            if len(standing.of_school.get(school, ())) + turn >= each:
                continue
            pair = min(choice, key=lambda one: len(shares[one.curator]) + _stands(one, standing))
            shares[pair.curator].append(pair)
    return {curator: share for curator, share in shares.items() if share}


def _stands(pair: Pair, standing: Standing) -> int:
    return len(standing.of_curator.get(pair.curator, ()))


class _Spread:
    """Working days by their number, and what already stands on them."""

    def __init__(self, days: list[date], off: Mapping[date, str], standing: Standing) -> None:
        self.days = days
        self.off = off
        self.taken: dict[int, set[date]] = defaultdict(set)
        self.at_school: dict[int, set[date]] = defaultdict(set)
        self.loads: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        for curator, held in standing.of_curator.items():
            for day in held:
                self._take(curator, day)
        for school, seen in standing.of_school.items():
            self.at_school[school] |= set(seen)

    def offer(self, pair: Pair, share: float) -> Offer | None:
        """The best free day near a share (0 to 1) of the stretch; None when the curator has no day left there."""
        loads, taken = self.loads[pair.curator], self.taken[pair.curator]
        seen = self.at_school[pair.school]
        aim = share * len(self.days) - 0.5
        free = [
            (loads[_week(day)], abs(place - aim), place)
            for place, day in enumerate(self.days)
            if day not in taken and day not in seen and pair.stands_on(day)
        ]
        if not free:
            return None
        load, _, place = min(free)
        day = self.days[place]
        reason = self._reason(day, load, self.days[min(max(round(aim), 0), len(self.days) - 1)] in taken)
        self._take(pair.curator, day)
        seen.add(day)
        return Offer(pair.school, pair.curator, day, reason)

    def _take(self, curator: int, day: date) -> None:
        self.taken[curator].add(day)
        self.loads[curator][_week(day)] += 1

    def _reason(self, day: date, load: int, was_taken: bool) -> str:
        monday = _week(day)
        week = f"на неделе с {day_month(monday)} у куратора "
        told = week + (
            f"уже {counted(load, 'посещение', 'посещения', 'посещений')}" if load else "других посещений нет"
        )
        near = [
            f"{day_month(one)} — {self.off[one].lower() if self.off[one].startswith('Выходной') else self.off[one]}"
            for one in days_between(monday, monday + timedelta(days=4))
            if one in self.off
        ]
        if near:
            told += f"; обойдено: {', '.join(near)}"
        return told + ("; день рядом занят" if was_taken else "")


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())
