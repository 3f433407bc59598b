"""Who examines what: several experts for each document, loads as even as can be, forbidden pairs kept apart.

Coverage comes from a maximum flow (scipy): documents on one side, experts on the other, everybody with the same limit,
and the limit is the smallest that covers all that can be covered. Then loads are levelled along chains of documents
until no chain can make them more even, which is the optimum for such graphs. Pure: no rows, no clock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

EVEN: Final = 1


@dataclass(frozen=True, slots=True)
class Task:
    """A document and how many experts it needs."""

    key: int
    experts: int = 1


@dataclass(frozen=True, slots=True)
class Assigned:
    """The plan: experts of each document, the load of each expert, and how many experts documents lack."""

    pairs: Mapping[int, tuple[int, ...]]
    loads: Mapping[int, int]
    lacking: Mapping[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many examinations are assigned."""
        return sum(len(experts) for experts in self.pairs.values())


def assign(
    tasks: Sequence[Task],
    experts: Sequence[int],
    *,
    most: int,
    barred: Mapping[tuple[int, int], str],
    loads: Mapping[int, int] | None = None,
) -> Assigned:
    """The most examinations that can be assigned, with the most even loads, nobody over `most`.

    `barred` holds the forbidden pairs (document, expert) with the reason; `loads` what experts have already. Equal input
    gives an equal plan.
    """
    started = {one: (loads or {}).get(one, 0) for one in experts}
    if not tasks or not experts:
        return Assigned({one.key: () for one in tasks}, started, {one.key: one.experts for one in tasks})
    taken = _covered(tasks, experts, most, barred, started)
    _level(tasks, experts, barred, started, taken)
    ended = {one: started[one] + sum(one in chosen for chosen in taken.values()) for one in experts}
    place = {one: at for at, one in enumerate(experts)}
    pairs = {key: tuple(sorted(chosen, key=place.__getitem__)) for key, chosen in taken.items()}
    lacking = {
        one.key: one.experts - len(pairs[one.key]) for one in tasks if len(pairs[one.key]) < one.experts
    }
    return Assigned(pairs, ended, lacking)


def _covered(
    tasks: Sequence[Task],
    experts: Sequence[int],
    most: int,
    barred: Mapping[tuple[int, int], str],
    started: Mapping[int, int],
) -> dict[int, set[int]]:
    """A plan with the greatest coverage under the smallest common limit that gives it."""
    import numpy as np

    allowed = _allowed(tasks, experts, barred)
    wanted = np.array([one.experts for one in tasks])
    begun = np.array([started[one] for one in experts])
    best = _flow(allowed, wanted, np.maximum(most - begun, 0))
    covered = int(best.sum())
    low = max(1, -(-(int(begun.sum()) + covered) // len(experts)))
    while low < most:
        tried = _flow(allowed, wanted, np.maximum(min(low, most) - begun, 0))
        if int(tried.sum()) == covered:
            best = tried
            break
        low += max(1, low // 8)
    taken: dict[int, set[int]] = {one.key: set() for one in tasks}
    for row, column in zip(*np.nonzero(best), strict=True):
        taken[tasks[row].key].add(experts[column])
    return taken


def _allowed(tasks: Sequence[Task], experts: Sequence[int], barred: Mapping[tuple[int, int], str]) -> Any:
    import numpy as np

    row = {one.key: at for at, one in enumerate(tasks)}
    column = {one: at for at, one in enumerate(experts)}
    allowed = np.ones((len(tasks), len(experts)), dtype=bool)
    for task, expert in barred:
        if task in row and expert in column:
            allowed[row[task], column[expert]] = False
    return allowed


def _flow(allowed: Any, wanted: Any, room: Any) -> Any:
    """The maximum flow as a table of documents and experts with ones where a pair is taken."""
    import numpy as np
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # -- it brings no types
    from scipy.sparse.csgraph import maximum_flow  # type: ignore[import-untyped]  # -- it brings no types

    count, people = allowed.shape
    rows, columns = np.nonzero(allowed)
    begins = np.concatenate([np.zeros(count, int), rows + 1, np.arange(people) + count + 1])
    ends = np.concatenate([np.arange(count) + 1, columns + count + 1, np.full(people, count + people + 1)])
    sizes = np.concatenate([wanted, np.ones(len(rows), int), room]).astype(np.int32)
    nodes = count + people + 2
    graph = csr_matrix((sizes, (begins, ends)), shape=(nodes, nodes))
    flow = maximum_flow(graph, 0, nodes - 1).flow
    return flow[1 : count + 1, count + 1 : count + 1 + people].toarray() > 0


def _level(
    tasks: Sequence[Task],
    experts: Sequence[int],
    barred: Mapping[tuple[int, int], str],
    started: Mapping[int, int],
    taken: dict[int, set[int]],
) -> None:
    """Move documents along chains from the loaded to the free until loads cannot be made more even."""
    held: dict[int, set[int]] = {one: set() for one in experts}
    for key, chosen in taken.items():
        for one in chosen:
            held[one].add(key)
    load = {one: started[one] + len(held[one]) for one in experts}
    stuck: set[int] = set()
    while True:
        heavy = max((one for one in experts if one not in stuck), key=lambda one: load[one], default=None)
        if heavy is None or load[heavy] - min(load.values()) <= EVEN:
            return
        chain = _chain(heavy, experts, barred, taken, held, load)
        if not chain:
            stuck.add(heavy)
            continue
        for key, before, after in chain:
            taken[key].remove(before)
            held[before].remove(key)
            taken[key].add(after)
            held[after].add(key)
        load[heavy] -= 1
        load[chain[-1][2]] += 1
        stuck.clear()


def _chain(
    heavy: int,
    experts: Sequence[int],
    barred: Mapping[tuple[int, int], str],
    taken: Mapping[int, set[int]],
    held: Mapping[int, set[int]],
    load: Mapping[int, int],
) -> list[tuple[int, int, int]]:
    """Moves (document, from, to) that take one from the heavy and give one to somebody at least two lighter."""
    came: dict[int, tuple[int, int]] = {}
    ahead, seen = deque([heavy]), {heavy}
    while ahead:
        here = ahead.popleft()
        unseen = sorted((one for one in experts if one not in seen), key=lambda one: load[one])
        for key in sorted(held[here]):
            for other in unseen:
                if other in seen or other in taken[key] or (key, other) in barred:
                    continue
                seen.add(other)
                came[other] = (key, here)
                if load[other] + EVEN < load[heavy]:
                    return _way(other, heavy, came)
                ahead.append(other)
            if len(seen) == len(experts):
                break
    return []


def _way(last: int, first: int, came: Mapping[int, tuple[int, int]]) -> list[tuple[int, int, int]]:
    moves = []
    while last != first:
        key, before = came[last]
        moves.append((key, before, last))
        last = before
    # From the heavy on: each document leaves one and comes to the next.
    return moves[::-1]
