"""A conflict-free assignment of curators to schools at the least cost, and the exact price of changing any pair of it.

The plan is a minimum-cost flow: schools on one side, places of curators on the other, each further school of one
curator dearer than the one before, so that loads come out even. Prices are distances in the residual network of that
flow: the price of a change already holds everything that would have to move after it. Pure: no rows, no clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

# Points of cost. One risk without a competent curator weighs as much as five schools of difference in load.
RISK: Final = 10
FAR: Final = 15
# So many kilometres of road are a point; beyond the cap everything is equally far.
KM_A_POINT, MOST_ROAD = 2, 100
# The curator of a school that is left for later on purpose.
NOBODY: Final = 0
_EARTH_KM: Final = 6371.0
LOAD: Final = 2
# Dearer than everything else together: a school is left alone only when nobody may take it.
ALONE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Need:
    """A school that needs a curator: its municipality and the factors it works on."""

    key: int
    name: str
    place: int
    risks: frozenset[int] = frozenset()
    # Degrees, latitude and longitude; None while nobody has told them.
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be a curator: where they serve, what they are competent in, how many schools they have."""

    key: int
    name: str
    places: frozenset[int] = frozenset()
    skills: frozenset[int] = frozenset()
    load: int = 0
    # Where the own school of the person stands: from there the road begins.
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A school that would pass from one curator to another; None stands for nobody."""

    need: Need
    before: Candidate | None
    after: Candidate | None


@dataclass(frozen=True, slots=True)
class Change:
    """Another curator for a school: what it costs in points, and who else would have to move."""

    candidate: Candidate
    price: int
    shifts: tuple[Shift, ...] = ()

    @property
    def leaves_alone(self) -> Need | None:
        """The school that would lose its curator altogether."""
        return next((one.need for one in self.shifts if one.after is None), None)


@dataclass(frozen=True, slots=True)
class Pair:
    """A school and its proposed curator; `candidate` is None when nobody may take it."""

    need: Need
    candidate: Candidate | None
    cost: int
    load: int
    is_locked: bool = False

    @property
    def is_skipped(self) -> bool:
        """Left without a curator by a person's word, not for want of people."""
        return self.is_locked and self.candidate is None


@dataclass(frozen=True)
class Proposal:
    """The whole plan: pairs in the order of the schools, and answers about changing them."""

    pairs: tuple[Pair, ...]
    # Locked pairs that could not be kept: they are barred, or over the limit.
    dropped: tuple[tuple[Need, Candidate], ...]
    places: int
    _net: _Network = field(repr=False)

    @property
    def uncovered(self) -> tuple[Pair, ...]:
        """Schools for which nobody was found."""
        return tuple(one for one in self.pairs if one.candidate is None)

    @property
    def total(self) -> int:
        """The cost of the whole plan in points, schools left alone included."""
        return self._net.total

    def changes(self, pair: Pair, most: int = 10) -> tuple[Change, ...]:
        """The cheapest other curators of a school, the cheapest first; barred ones are never among them."""
        return self._net.changes(pair.need, most)

    def may(self, need: Need) -> tuple[Candidate, ...]:
        """Everybody who is not barred from a school."""
        return self._net.allowed(need)


def points(need: Need, candidate: Candidate) -> int:
    """The cost of a pair by itself, loads aside."""
    return RISK * len(need.risks - candidate.skills) + road_points(need, candidate)


def road_points(need: Need, candidate: Candidate) -> int:
    """What the road costs: by kilometres where both points are known, else by municipality."""
    km = kilometres(need, candidate)
    if km is not None:
        return min(round(km / KM_A_POINT), MOST_ROAD)
    return 0 if need.place in candidate.places else FAR


def kilometres(need: Need, candidate: Candidate) -> float | None:
    """The great circle between the own school of a person and a school, kilometres; None without both points."""
    if need.point is None or candidate.point is None:
        return None
    return float(_great_circle([need.point], [candidate.point])[0, 0])


def _great_circle(ones: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]]) -> Any:
    """Kilometres from each point to each other one (haversine)."""
    import numpy as np

    north, east = np.radians(np.array(ones, dtype=float)).T
    to_north, to_east = np.radians(np.array(others, dtype=float)).T
    half = (
        np.sin((north[:, None] - to_north) / 2) ** 2
        + np.cos(north)[:, None] * np.cos(to_north) * np.sin((east[:, None] - to_east) / 2) ** 2
    )
    return 2 * _EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def propose(
    needs: Sequence[Need],
    candidates: Sequence[Candidate],
    *,
    most: int,
    barred: Mapping[tuple[int, int], str],
    locks: Mapping[int, int] | None = None,
) -> Proposal:
    """The cheapest plan in which nobody has more than `most` schools, existing ones included.

    `barred` holds the forbidden pairs (school, curator) with the reason; `locks` are pairs to be kept, school to
    curator; NOBODY leaves the school for later. Equal input gives an equal plan.
    """
    kept, dropped = _kept(needs, candidates, most, barred, locks or {})
    net = _Network(needs, candidates, most, barred, kept)
    loads = net.loads
    pairs = tuple(
        Pair(
            need,
            candidates[at] if at < len(candidates) else None,
            int(net.cost[row, at]),
            loads[at] if at < len(candidates) else 0,
            row in kept,
        )
        for row, (need, at) in enumerate(zip(needs, net.taken, strict=True))
    )
    return Proposal(pairs, dropped, sum(max(0, most - one.load) for one in candidates), net)


def _kept(
    needs: Sequence[Need],
    candidates: Sequence[Candidate],
    most: int,
    barred: Mapping[tuple[int, int], str],
    locks: Mapping[int, int],
) -> tuple[dict[int, int], tuple[tuple[Need, Candidate], ...]]:
    """Locks that fit, as row → column, and those that do not."""
    column = {one.key: at for at, one in enumerate(candidates)}
    left = {one.key: most - one.load for one in candidates}
    kept, dropped = {}, []
    for row, need in enumerate(needs):
        key = locks.get(need.key)
        if key == NOBODY:
            kept[row] = len(candidates)
            continue
        if key is None or key not in column:
            continue
        if (need.key, key) in barred or left[key] <= 0:
            dropped.append((need, candidates[column[key]]))
            continue
        left[key] -= 1
        kept[row] = column[key]
    return kept, tuple(dropped)


class _Network:
    """The flow network of one plan. Columns are the candidates and, last, nobody."""

    def __init__(
        self,
        needs: Sequence[Need],
        candidates: Sequence[Candidate],
        most: int,
        barred: Mapping[tuple[int, int], str],
        kept: Mapping[int, int],
    ) -> None:
        self._needs, self._candidates, self._most, self._kept = needs, candidates, most, kept
        self._row = {one.key: at for at, one in enumerate(needs)}
        self.cost = _costs(needs, candidates, barred)
        self._start = [one.load + list(kept.values()).count(at) for at, one in enumerate(candidates)]
        self.taken = self._solve()

    def _solve(self) -> list[int]:
        """The column of each row: a linear assignment over the places of candidates, one column a place."""
        import numpy as np
        from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # -- it brings no types

        free = [row for row in range(len(self._needs)) if row not in self._kept]
        taken = [self._kept.get(row, len(self._candidates)) for row in range(len(self._needs))]
        if not free:
            return taken
        slots = [
            (at, load)
            for at, start in enumerate(self._start)
            for load in range(start, min(self._most, start + len(free)))
        ]
        alone = len(self._candidates)
        owners = np.array([at for at, _ in slots] + [alone] * len(free))
        extra = np.array([LOAD * load for _, load in slots] + [0] * len(free))
        rows, columns = linear_sum_assignment(self.cost[free][:, owners] + extra)
        for row, column in zip(rows, columns, strict=True):
            taken[free[row]] = int(owners[column])
        return taken

    @cached_property
    def loads(self) -> list[int]:
        """How many schools each candidate has by the plan, existing ones included."""
        return [one.load + self.taken.count(at) for at, one in enumerate(self._candidates)]

    @property
    def total(self) -> int:
        """Points of all pairs and of all loads."""
        pairs = sum(int(self.cost[row, at]) for row, at in enumerate(self.taken))
        return pairs + sum(
            LOAD * load
            for one, after in zip(self._candidates, self.loads, strict=True)
            for load in range(one.load, after)
        )

    @cached_property
    def _edges(self) -> tuple[Any, Any]:
        """Cost of pushing one school from a column to another by moving one row, and which row that is.

        The last node is the sink of loads: into it goes the price of one more school, out of it what one less saves.
        """
        import numpy as np

        count = len(self._candidates) + 1
        edges = np.full((count + 1, count + 1), np.inf)
        rows = np.full((count + 1, count + 1), -1)
        for at in range(count):
            own = [row for row, column in enumerate(self.taken) if column == at and row not in self._kept]
            if own:
                differences = self.cost[own] - self.cost[own, at][:, None]
                best = differences.argmin(axis=0)
                edges[at, :count] = differences[best, range(count)]
                rows[at, :count] = np.array(own)[best]
        for at, load in enumerate(self.loads):
            if load < self._most:
                edges[at, count] = LOAD * load
            if load > self._candidates[at].load:
                edges[count, at] = -LOAD * (load - 1)
        edges[count - 1, count] = edges[count, count - 1] = 0
        np.fill_diagonal(edges, np.inf)
        return edges, rows

    @cached_property
    def _ways(self) -> tuple[Any, Any]:
        from numpy import inf
        from scipy.sparse.csgraph import (  # type: ignore[import-untyped]  # -- it brings no types
            csgraph_from_dense,
            floyd_warshall,
        )

        graph = csgraph_from_dense(self._edges[0], null_value=inf)
        return floyd_warshall(graph, return_predecessors=True)

    def changes(self, need: Need, most: int) -> tuple[Change, ...]:
        """The cheapest other columns for a row, nobody excepted."""
        import numpy as np

        row = self._row[need.key]
        own, count = self.taken[row], len(self._candidates)
        prices = self.cost[row, :count] + self._ways[0][:count, own] - self.cost[row, own]
        if own < count:
            prices[own] = np.inf
        chosen = [int(at) for at in np.argsort(prices, kind="stable")[:most] if np.isfinite(prices[at])]
        return tuple(Change(self._candidates[at], int(prices[at]), self._shifts(at, own)) for at in chosen)

    def _shifts(self, begin: int, end: int) -> tuple[Shift, ...]:
        """The schools that move when one more comes to a column and one leaves another."""
        sink, shifts, after = len(self._candidates) + 1, [], end
        while after != begin:
            before = int(self._ways[1][begin, after])
            if sink not in (before, after):
                need = self._needs[int(self._edges[1][before, after])]
                shifts.append(Shift(need, self._candidate(before), self._candidate(after)))
            after = before
        return tuple(reversed(shifts))

    def _candidate(self, at: int) -> Candidate | None:
        return self._candidates[at] if at < len(self._candidates) else None

    def allowed(self, need: Need) -> tuple[Candidate, ...]:
        """Candidates who may take a row at all."""
        costs = self.cost[self._row[need.key]]
        return tuple(one for at, one in enumerate(self._candidates) if costs[at] < ALONE)


def _costs(
    needs: Sequence[Need], candidates: Sequence[Candidate], barred: Mapping[tuple[int, int], str]
) -> Any:
    """Points of every pair, infinite for forbidden ones; the last column is nobody."""
    import numpy as np

    risks = sorted({risk for need in needs for risk in need.risks})
    wanted = np.array([[risk in need.risks for risk in risks] for need in needs], dtype=float)
    lacking = np.array([[risk not in one.skills for one in candidates] for risk in risks], dtype=float)
    costs = np.full((len(needs), len(candidates) + 1), float(ALONE))
    near = np.array([[need.place in one.places for one in candidates] for need in needs], dtype=bool)
    if needs and candidates:
        missing = wanted @ lacking if risks else 0
        costs[:, :-1] = RISK * missing + np.where(
            _known(needs, candidates), _roads(needs, candidates), FAR * ~near
        )
    row = {one.key: at for at, one in enumerate(needs)}
    column = {one.key: at for at, one in enumerate(candidates)}
    for need, candidate in barred:
        if need in row and candidate in column:
            costs[row[need], column[candidate]] = np.inf
    return costs


def _known(needs: Sequence[Need], candidates: Sequence[Candidate]) -> Any:
    """The pairs of which both points are known."""
    import numpy as np

    rows = np.array([one.point is not None for one in needs])
    columns = np.array([one.point is not None for one in candidates])
    return rows[:, None] & columns


def _roads(needs: Sequence[Need], candidates: Sequence[Candidate]) -> Any:
    """Points of the road for every pair; meaningless where a point is unknown."""
    import numpy as np

    nowhere = (0.0, 0.0)
    km = _great_circle([one.point or nowhere for one in needs], [one.point or nowhere for one in candidates])
    return np.minimum(np.rint(km / KM_A_POINT), MOST_ROAD)
