"""How far experts agree, where they part so far that a third is asked, and the one level that follows: no rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# With fewer pairs a coefficient says nothing.
FEWEST_PAIRS: Final = 10
# Two levels apart; where there are only two levels in all, one.
FAR: Final = 2

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairs of looks at the same documents: how many documents, marks and equal marks, and the weighted kappa."""

    documents: int
    marks: int
    equal: int
    kappa: float | None

    @property
    def share(self) -> int | None:
        """Equal marks in per cent, None without pairs."""
        return round(100 * self.equal / self.marks) if self.marks else None

    @property
    def words(self) -> str:
        """The words of the coefficient by Landis and Koch (1977), or why there is none."""
        if self.documents < FEWEST_PAIRS:
            return "слишком мало пар"
        if self.kappa is None:
            return "все оценки одинаковы, посчитать нельзя"
        return next((words for least, words in _SCALE if self.kappa >= least), "согласия нет")


_SCALE: Final = (
    (0.81, "почти полное согласие"),
    (0.61, "существенное согласие"),
    (0.41, "умеренное согласие"),
    (0.21, "слабое согласие"),
    (0.0, "едва заметное согласие"),
)


def weighted_kappa(pairs: Sequence[Pair], levels: int) -> float | None:
    """Cohen's kappa with linear weights over pairs of places of levels 0…levels-1.

    None when chance alone explains everything: all marks are the same. (Cohen, 1968.)
    """
    return pooled_kappa([(pairs, levels)])


def pooled_kappa(groups: Sequence[tuple[Sequence[Pair], int]]) -> float | None:
    """One kappa over several criteria: the disagreement seen against the one expected, each summed over criteria."""
    seen = expected = 0.0
    for pairs, levels in groups:
        if not pairs or levels < 2:
            continue
        longest = levels - 1
        first, second = [0] * levels, [0] * levels
        for one, other in pairs:
            first[one] += 1
            second[other] += 1
            seen += abs(one - other) / longest
        expected += sum(
            first[one] * second[other] * abs(one - other) / longest
            for one in range(levels)
            for other in range(levels)
        ) / len(pairs)
    return 1 - seen / expected if expected else None


def agreement_of(groups: Sequence[tuple[Sequence[Pair], int]], documents: int) -> Agreement:
    """The agreement over criteria; experts are interchangeable, so each pair stands both ways round in the kappa.

    `documents` is how many documents the pairs come from: under ten of them no coefficient is told.
    """
    told = [pair for pairs, _ in groups for pair in pairs]
    both = [([*pairs, *((other, one) for one, other in pairs)], levels) for pairs, levels in groups]
    kappa = pooled_kappa(both) if documents >= FEWEST_PAIRS else None
    return Agreement(documents, len(told), sum(one == other for one, other in told), kappa)


def is_far(one: int, other: int, levels: int) -> bool:
    """Whether two places of levels are so far apart that a third expert is asked."""
    return abs(one - other) >= min(FAR, levels - 1)


def parted(first: Mapping[int, int], second: Mapping[int, int], levels: Mapping[int, int]) -> tuple[int, ...]:
    """The criteria by which two looks part too far; looks and `levels` are told by the criterion."""
    return tuple(
        criterion
        for criterion in sorted(first.keys() & second.keys())
        if is_far(first[criterion], second[criterion], levels[criterion])
    )


def settled_level(places: Sequence[int]) -> int:
    """The one level of several looks: the middle one; of two neighbours the lower one."""
    ordered = sorted(places)
    return ordered[(len(ordered) - 1) // 2]
