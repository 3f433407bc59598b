"""Agreement of experts: published examples, what cannot be told, where a third is asked, the one level of several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from opora.reviews.agreement import (
    agreement_of,
    is_far,
    parted,
    pooled_kappa,
    settled_level,
    weighted_kappa,
)

PAIRS = some.lists(some.tuples(some.integers(0, 3), some.integers(0, 3)), min_size=1, max_size=60)


def pairs(first: list[int], second: list[int]) -> list[tuple[int, int]]:
    return list(zip(first, second, strict=True))


@pytest.mark.parametrize(
    ("first", "second", "levels", "kappa"),
    [
        # Artstein and Poesio (2008), table 1: 20, 20, 10, 50 of 100. Seen (20 + 10) / 100 = 0.3;
        # expected 0.4 · 0.7 + 0.6 · 0.3 = 0.46; 1 - 0.3 / 0.46 = 0.348.
        ([0] * 40 + [1] * 60, [0] * 20 + [1] * 20 + [0] * 10 + [1] * 50, 2, 0.348),
        # The same table of three categories with linear weights. Seen 4 · ½ / 100 = 0.02; expected
        # .46·.4·½ + .46·.1 + .44·.5·½ + .44·.1·½ + .1·.5 + .1·.4·½ = 0.34; 1 - 0.02 / 0.34 = 0.9412.
        ([0] * 46 + [1] * 44 + [2] * 10, [0] * 50 + [1] * 40 + [2] * 10, 3, 0.9412),
        # Each level against each, once: just what chance gives.
        ([0, 0, 0, 1, 1, 1, 2, 2, 2], [0, 1, 2] * 3, 3, 0.0),
        # Always the other end: seen 1, expected ½.
        ([0, 1] * 6, [1, 0] * 6, 2, -1.0),
    ],
)  # fmt: skip
def test_published_examples(first: list[int], second: list[int], levels: int, kappa: float) -> None:
    assert weighted_kappa(pairs(first, second), levels) == pytest.approx(kappa, abs=0.0005)


@given(PAIRS)
def test_bounds_and_symmetry(told: list[tuple[int, int]]) -> None:
    kappa = weighted_kappa(told, 4)

    if kappa is not None:
        assert -1 - 1e-9 <= kappa <= 1 + 1e-9
        assert kappa == pytest.approx(weighted_kappa([(b, a) for a, b in told], 4))
        assert (kappa == 1) == all(a == b for a, b in told)


def test_all_marks_the_same_cannot_be_told() -> None:
    assert weighted_kappa([(1, 1)] * 20, 3) is None
    assert agreement_of([([(1, 1)] * 20, 3)], 20).words == "все оценки одинаковы, посчитать нельзя"


def test_several_criteria_are_pooled_by_their_disagreement() -> None:
    one = pairs([0] * 46 + [1] * 44 + [2] * 10, [0] * 50 + [1] * 40 + [2] * 10)
    other = pairs([0] * 40 + [1] * 60, [0] * 20 + [1] * 20 + [0] * 10 + [1] * 50)

    # Seen 2 + 30 against expected 34 + 46.
    assert pooled_kappa([(one, 3), (other, 2)]) == pytest.approx(1 - 32 / 80)
    assert pooled_kappa([(one, 3), ([], 4)]) == weighted_kappa(one, 3)


def test_too_few_pairs_are_said_to_be_few() -> None:
    few = agreement_of([([(0, 0)] * 5 + [(0, 2)] * 4, 3)], 9)

    assert (few.kappa, few.share, few.words) == (None, 56, "слишком мало пар")
    enough = agreement_of([([(0, 0), (1, 1), (2, 2)] * 3 + [(0, 1)], 3)], 10)
    assert enough.kappa is not None
    assert enough.words == "почти полное согласие"
    assert agreement_of([], 0).share is None


def test_a_third_is_asked_at_two_levels_or_where_there_are_only_two_at_one() -> None:
    assert [is_far(0, 1, 3), is_far(0, 2, 3), is_far(2, 0, 5), is_far(0, 1, 2), is_far(1, 1, 2)] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert parted({1: 0, 2: 2, 3: 1}, {1: 2, 2: 1, 3: 1, 4: 0}, {1: 3, 2: 3, 3: 3}) == (1,)


@pytest.mark.parametrize(
    ("places", "level"), [([2], 2), ([1, 2], 1), ([0, 2, 2], 2), ([2, 0, 1], 1), ([0, 1, 2, 3], 1)]
)
def test_one_level_of_several(places: list[int], level: int) -> None:
    assert settled_level(places) == level
