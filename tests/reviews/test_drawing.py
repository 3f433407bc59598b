"""The draw: sizes, parts of strata, the same sample anywhere; properties over any population."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from opora.reviews.drawing import Candidate, draw, error_of, parts_of, size_of

# A population of any strata: up to 300 documents in up to 12 strata.
POPULATIONS = some.lists(some.tuples(some.integers(0, 3), some.integers(0, 3)), min_size=1, max_size=300).map(
    lambda strata: [Candidate(key, stratum) for key, stratum in enumerate(strata, start=1)]
)
GOLDEN = (18, 6, 21, 25, 7, 13, 20, 23, 5)
SEEDS = some.text(max_size=20)


@given(POPULATIONS, some.integers(1, 400), SEEDS)
def test_the_size_is_exact_and_nobody_falls_twice(population: list[Candidate], size: int, seed: str) -> None:
    drawn = draw(population, seed=seed, size=size)

    assert len(drawn.keys) == len(set(drawn.keys)) == min(size, len(population))
    assert sum(drawn.taken.values()) == len(drawn.keys)
    assert set(drawn.keys) <= {one.key for one in population}


@given(POPULATIONS, some.integers(1, 400), SEEDS)
def test_every_stratum_is_represented_where_the_size_allows(
    population: list[Candidate], size: int, seed: str
) -> None:
    drawn = draw(population, seed=seed, size=size)

    assert all(drawn.taken[one] <= drawn.population[one] for one in drawn.population)
    if size >= len(drawn.population):
        assert all(drawn.taken.values())


@given(POPULATIONS, some.integers(1, 400), SEEDS, some.randoms())
def test_the_order_in_which_documents_come_does_not_matter(
    population: list[Candidate], size: int, seed: str, dice: object
) -> None:
    shuffled = list(population)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]  # -- a random of hypothesis

    assert draw(shuffled, seed=seed, size=size) == draw(population, seed=seed, size=size)


@given(some.dictionaries(some.tuples(some.integers(0, 50)), some.integers(1, 500), min_size=1, max_size=30),
       some.integers(1, 2000))  # fmt: skip
def test_parts_are_near_to_proportion(population: dict[tuple[int], int], size: int) -> None:
    total = sum(population.values())
    size = min(size, total)
    parts = parts_of(population, size)

    assert sum(parts.values()) == size
    # Within one of the exact share, but for what the small strata had to be given.
    forced = sum(size * count < total for count in population.values())
    assert all(abs(parts[one] - size * count / total) < 1 + forced for one, count in population.items())


def test_parts_follow_the_largest_remainder() -> None:
    assert parts_of({(1,): 50, (2,): 30, (3,): 20}, 10) == {(1,): 5, (2,): 3, (3,): 2}
    assert parts_of({(1,): 5, (2,): 3, (3,): 2}, 4) == {(1,): 2, (2,): 1, (3,): 1}
    assert parts_of({(1,): 98, (2,): 1, (3,): 1}, 10) == {(1,): 8, (2,): 1, (3,): 1}
    assert parts_of({(1,): 10, (2,): 10, (3,): 10}, 2) == {(1,): 1, (2,): 1, (3,): 0}
    assert parts_of({}, 5) == {}


@pytest.mark.parametrize(
    ("population", "rule", "value", "size"),
    [
        (50, "share", "10", 5), (51, "share", "10", 6), (3, "share", "1", 1), (7, "number", "20", 7),
        (7, "number", "3", 3), (0, "share", "50", 0),
        # n0 = 96,04; with the finite population correction 33,1 of 50 and 80,7 of 500 (Cochran, 1977).
        (50, "error", "10", 34), (500, "error", "10", 81), (10_000, "error", "5", 370), (100, "error", "1", 99),
    ],
)  # fmt: skip
def test_sizes(population: int, rule: str, value: str, size: int) -> None:
    assert size_of(population, rule, Decimal(value)) == size


@given(some.integers(2, 5000), some.integers(1, 50))
def test_the_size_for_an_error_gives_an_error_not_larger(population: int, points: int) -> None:
    size = size_of(population, "error", Decimal(points))

    assert error_of(population, size) <= points + 1e-9
    if size > 1:
        assert error_of(population, size - 1) > points - 1e-9


def test_a_known_sample_is_the_same_on_every_machine() -> None:
    population = [Candidate(key, (key % 3,)) for key in range(1, 31)]

    assert draw(population, seed="семь опор", size=9).keys == GOLDEN
    assert hashlib.sha256("семь опор:12".encode()).hexdigest() == lot(12)


def test_another_process_with_another_hash_seed_draws_the_same() -> None:
    code = (
        "from opora.reviews.drawing import Candidate, draw;"
        "print(draw([Candidate(k, (k % 3,)) for k in range(30, 0, -1)], seed='семь опор', size=9).keys)"
    )
    source = str(Path(__file__).resolve().parents[2] / "src")
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={"PYTHONPATH": source, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert told.stdout.strip() == str(GOLDEN)


def lot(key: int) -> str:
    from opora.reviews.drawing import lot_of

    return lot_of("семь опор", key)
