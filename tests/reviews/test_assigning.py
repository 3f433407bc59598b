"""Who examines what: coverage first, then even loads; forbidden pairs never; equal input, equal plan."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as some

from opora.reviews.assigning import Task, assign


@some.composite
def grounds(choose: some.DrawFn) -> tuple[list[Task], list[int], dict[tuple[int, int], str], int]:
    tasks = [Task(key, choose(some.integers(1, 3))) for key in range(choose(some.integers(1, 14)))]
    experts = list(range(100, 100 + choose(some.integers(1, 6))))
    pairs = list(product((one.key for one in tasks), experts))
    barred = dict.fromkeys(choose(some.sets(some.sampled_from(pairs))), "своя школа")
    return tasks, experts, barred, choose(some.integers(1, 8))


@given(grounds())
def test_nobody_gets_a_forbidden_one_twice_the_same_or_too_many(ground: tuple) -> None:  # type: ignore[type-arg]  # -- a row of the strategy
    tasks, experts, barred, most = ground
    done = assign(tasks, experts, most=most, barred=barred)

    for one in tasks:
        chosen = done.pairs[one.key]
        assert len(chosen) == len(set(chosen)) <= one.experts
        assert len(chosen) + done.lacking.get(one.key, 0) == one.experts
        assert not {(one.key, expert) for expert in chosen} & barred.keys()
    assert all(load <= most for load in done.loads.values())
    assert sum(done.loads.values()) == done.total


@given(grounds())
def test_no_chain_of_moves_could_make_loads_more_even_or_cover_more(ground: tuple) -> None:  # type: ignore[type-arg]  # -- a row of the strategy
    tasks, experts, barred, most = ground
    done = assign(tasks, experts, most=most, barred=barred)
    reach = {one: {one} for one in experts}
    for _ in experts:
        for key, chosen in done.pairs.items():
            for here, there in product(chosen, experts):
                if there not in chosen and (key, there) not in barred:
                    for found in reach.values():
                        if here in found:
                            found.add(there)

    for one in experts:
        assert all(done.loads[other] >= done.loads[one] - 1 for other in reach[one])
    for key in done.lacking:
        free = {one for one in experts if (key, one) not in barred and one not in done.pairs[key]}
        assert all(done.loads[other] == most for one in free for other in reach[one])


@given(grounds())
def test_equal_input_gives_an_equal_plan(ground: tuple) -> None:  # type: ignore[type-arg]  # -- a row of the strategy
    tasks, experts, barred, most = ground

    assert assign(tasks, experts, most=most, barred=barred) == assign(
        tasks, experts, most=most, barred=barred
    )


def test_what_experts_have_already_counts() -> None:
    done = assign([Task(1), Task(2), Task(3)], [7, 8], most=9, barred={}, loads={7: 3, 8: 0})

    assert done.loads == {7: 3, 8: 3}


def test_nobody_to_ask_and_nothing_to_examine() -> None:
    assert assign([Task(1, 2)], [], most=5, barred={}).lacking == {1: 2}
    assert assign([], [7], most=5, barred={}).total == 0
    assert assign([Task(1)], [7], most=5, barred={(1, 7): "своя школа"}).lacking == {1: 1}
