"""The draw of a sample: its size, its parts by strata, and which documents fall into it; no rows, no clock, no dice.

Everything is counted in whole numbers and fractions, and the order inside a stratum is that of SHA-256 of the seed and
the document's number: the same on any machine and engine, and anybody can check it with `sha256sum`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, sqrt
from typing import Final

# Two-sided 95 %: 1.96 standard errors; a share of one half is where an error is largest.
CONFIDENCE: Final = Fraction(196, 100)
SPREAD: Final = Fraction(1, 4)

# Numbers of rows (municipality, factor, curator), 0 for none: renaming a place does not change a sample.
Stratum = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be drawn: its number and its stratum."""

    key: int
    stratum: Stratum = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came out: documents in the order of strata, how many of each stratum there were and how many fell."""

    keys: tuple[int, ...]
    population: Mapping[Stratum, int]
    taken: Mapping[Stratum, int]

    @property
    def total(self) -> int:
        """How many documents there were."""
        return sum(self.population.values())


def size_of(population: int, rule: str, value: Decimal) -> int:
    """How many of `population` documents to take: a share in per cent, a number, or what an error in points asks for.

    At least one and never more than there are. With the finite population correction (Cochran, 1977).
    """
    if population <= 0:
        return 0
    told = Fraction(value)
    match rule:
        case "share":
            wanted = ceil(population * told / 100)
        case "number":
            wanted = int(told)
        case _:
            endless = CONFIDENCE**2 * SPREAD / (told / 100) ** 2
            wanted = ceil(endless / (1 + (endless - 1) / population))
    return max(1, min(population, wanted))


def error_of(population: int, size: int) -> float:
    """The largest error of a share found on a sample, in points with 95 % confidence; 0 when all are taken."""
    if size >= population or size <= 0:
        return 0.0
    return 100 * sqrt(CONFIDENCE**2 * SPREAD / size * Fraction(population - size, max(population - 1, 1)))


def parts_of(population: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """How many to take of each stratum: in proportion by the largest remainder, at least one where the size allows.

    The sum is exactly `size`; no stratum gives more than it has. Equal remainders go to the larger stratum, then to the
    one with the smaller number.
    """
    total = sum(population.values())
    size = max(0, min(size, total))
    if total == 0:
        return {}
    parts = {one: count * size // total for one, count in population.items()}
    by_remainder = sorted(
        population, key=lambda one: (-(population[one] * size % total), -population[one], one)
    )
    for one in by_remainder[: size - sum(parts.values())]:
        parts[one] += 1
    if size >= sum(count > 0 for count in population.values()):
        _represent(parts, population, size, total)
    return parts


def _represent(parts: dict[Stratum, int], population: Mapping[Stratum, int], size: int, total: int) -> None:
    """Give one to each empty-handed stratum, taken where the surplus over the exact share is the largest."""
    for poor in sorted(one for one, count in population.items() if count and not parts[one]):
        rich = min(
            (one for one, taken in parts.items() if taken > 1),
            key=lambda one: (population[one] * size - parts[one] * total, -parts[one], one),
        )
        parts[rich] -= 1
        parts[poor] = 1


def draw(candidates: Iterable[Candidate], *, seed: str, size: int) -> Drawn:
    """Draw a stratified sample. Candidates in any order and on any machine give the same one."""
    strata: dict[Stratum, list[int]] = {}
    for one in candidates:
        strata.setdefault(one.stratum, []).append(one.key)
    population = {stratum: len(keys) for stratum, keys in sorted(strata.items())}
    taken = parts_of(population, size)
    chosen: list[int] = []
    for stratum in population:
        chosen += in_order(strata[stratum], seed)[: taken[stratum]]
    return Drawn(tuple(chosen), population, taken)


def in_order(keys: Sequence[int], seed: str) -> list[int]:
    """Numbers of documents in the order of the draw."""
    return sorted(keys, key=lambda key: (lot_of(seed, key), key))


def lot_of(seed: str, key: int) -> str:
    """The lot of a document: SHA-256 of «seed:number» in hexadecimal."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()
