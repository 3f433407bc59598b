"""The plan of curators: nothing forbidden, nothing over the limit, the least cost, and exact prices of changes."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as some

from opora.appointments.proposal import (
    FAR,
    LOAD,
    MOST_ROAD,
    NOBODY,
    RISK,
    Candidate,
    Need,
    Proposal,
    kilometres,
    points,
    propose,
)

SKILLS = some.frozensets(some.integers(1, 3), max_size=3)
POINTS = some.sampled_from([None, (56.83892, 60.6057), (57.90957, 59.98147), (43.11554, 131.88547)])
PLACES = some.frozensets(some.integers(1, 2), min_size=1, max_size=2)


@some.composite
def towns(
    draw: some.DrawFn,
) -> tuple[list[Need], list[Candidate], dict[tuple[int, int], str], int, dict[int, int]]:
    """A few schools and curators with forbidden pairs, a limit and some pairs locked."""
    needs = [
        Need(key, f"Школа № {key}", draw(some.integers(1, 2)), draw(SKILLS), draw(POINTS))
        for key in range(1, draw(some.integers(1, 5)) + 1)
    ]
    candidates = [
        Candidate(key, f"Куратор {key}", draw(PLACES), draw(SKILLS), draw(some.integers(0, 2)), draw(POINTS))
        for key in range(11, 11 + draw(some.integers(0, 3)))
    ]
    pairs = [(need.key, candidate.key) for need in needs for candidate in candidates]
    barred = dict.fromkeys(draw(some.sets(some.sampled_from(pairs))) if pairs else (), "нельзя")
    locks = {
        need.key: draw(some.sampled_from(candidates)).key
        for need in needs
        if candidates and draw(some.booleans())
    }
    return needs, candidates, barred, draw(some.integers(0, 3)), locks


def cheapest(
    needs: list[Need], candidates: list[Candidate], barred: dict[tuple[int, int], str], most: int
) -> tuple[int, int]:
    """Schools left alone and points of the best plan, by trying every one."""
    found = []
    for chosen in product([*candidates, None], repeat=len(needs)):
        cost, alone, loads = 0, 0, {one.key: one.load for one in candidates}
        for need, candidate in zip(needs, chosen, strict=True):
            if candidate is None:
                alone += 1
                continue
            if (need.key, candidate.key) in barred or loads[candidate.key] >= most:
                break
            cost += points(need, candidate) + LOAD * loads[candidate.key]
            loads[candidate.key] += 1
        else:
            found.append((alone, cost))
    return min(found)


def points_of(plan: Proposal) -> int:
    return plan.total % 1_000_000


def held(plan: Proposal) -> dict[int, int]:
    return {pair.need.key: pair.candidate.key for pair in plan.pairs if pair.candidate}


@settings(deadline=None, max_examples=60)
@given(towns())
def test_no_plan_is_cheaper_and_nothing_forbidden_is_in_it(town: tuple) -> None:  # type: ignore[type-arg]  # -- what towns() draws
    needs, candidates, barred, most, _ = town
    plan = propose(needs, candidates, most=most, barred=barred)
    assert (len(plan.uncovered), points_of(plan)) == cheapest(needs, candidates, barred, most)
    assert not set(held(plan).items()) & set(barred)
    for candidate in candidates:
        given_now = list(held(plan).values()).count(candidate.key)
        assert not given_now or candidate.load + given_now <= most


@settings(deadline=None, max_examples=60)
@given(towns())
def test_the_price_of_a_change_is_what_the_whole_plan_becomes_dearer_by(town: tuple) -> None:  # type: ignore[type-arg]  # -- what towns() draws
    needs, candidates, barred, most, locks = town
    plan = propose(needs, candidates, most=most, barred=barred, locks=locks)
    kept = {pair.need.key: pair.candidate.key for pair in plan.pairs if pair.is_locked and pair.candidate}
    assert kept.items() <= locks.items()
    for pair in plan.pairs:
        for change in plan.changes(pair):
            changed = {**kept, pair.need.key: change.candidate.key}
            again = propose(needs, candidates, most=most, barred=barred, locks=changed)
            assert not again.dropped
            assert again.total - plan.total == change.price


def test_a_competent_curator_nearby_is_preferred() -> None:
    need = Need(1, "Школа № 101", 1, frozenset({1, 2}))
    near, able = (
        Candidate(11, "Близкая", frozenset({1})),
        Candidate(12, "Знающая", frozenset({2}), frozenset({1, 2})),
    )
    plan = propose([need], [near, able], most=2, barred={})
    assert held(plan) == {1: 12}
    (change,) = plan.changes(plan.pairs[0])
    assert (change.candidate, change.price) == (near, 2 * RISK - FAR)


def test_loads_come_out_even_with_those_that_are_there() -> None:
    needs = [Need(key, f"Школа № {key}", 1) for key in range(1, 6)]
    candidates = [
        Candidate(11, "Занятая", frozenset({1}), load=3),
        Candidate(12, "Свободная", frozenset({1})),
    ]
    plan = propose(needs, candidates, most=9, barred={})
    assert sorted(held(plan).values()).count(12) == 4


def test_fewer_places_than_schools_leave_schools_alone_and_say_how_many_places_there_were() -> None:
    needs = [Need(key, f"Школа № {key}", 1) for key in range(1, 6)]
    plan = propose(needs, [Candidate(11, "Одна", frozenset({1}), load=1)], most=3, barred={})
    assert (len(plan.uncovered), plan.places) == (3, 2)


def test_a_school_that_everybody_is_barred_from_stays_alone() -> None:
    needs = [Need(1, "Школа № 101", 1), Need(2, "Школа № 102", 1)]
    plan = propose(needs, [Candidate(11, "Одна", frozenset({1}))], most=5, barred={(1, 11): "работает здесь"})
    assert [pair.need.key for pair in plan.uncovered] == [1]
    assert plan.may(needs[0]) == ()
    assert plan.changes(plan.pairs[0]) == ()


def test_nobody_at_all_and_no_schools_are_plans_too() -> None:
    assert propose([], [Candidate(11, "Одна")], most=5, barred={}).pairs == ()
    assert len(propose([Need(1, "Школа № 101", 1)], [], most=5, barred={}).uncovered) == 1


def test_a_locked_pair_is_kept_and_shows_what_it_costs() -> None:
    need = Need(1, "Школа № 101", 1)
    candidates = [Candidate(11, "Дальняя", frozenset({2})), Candidate(12, "Близкая", frozenset({1}))]
    plan = propose([need], candidates, most=2, barred={}, locks={1: 11})
    assert held(plan) == {1: 11}
    assert plan.pairs[0].is_locked
    assert [(one.candidate.key, one.price) for one in plan.changes(plan.pairs[0])] == [(12, -FAR)]


def test_a_lock_that_is_barred_or_over_the_limit_is_dropped_and_named() -> None:
    needs = [Need(1, "Школа № 101", 1), Need(2, "Школа № 102", 1)]
    candidates = [Candidate(11, "Своя", frozenset({1})), Candidate(12, "Полная", frozenset({1}), load=5)]
    plan = propose(needs, candidates, most=5, barred={(1, 11): "работает здесь"}, locks={1: 11, 2: 12, 3: 99})
    assert [(need.key, candidate.key) for need, candidate in plan.dropped] == [(1, 11), (2, 12)]
    assert held(plan) == {2: 11}


def test_a_change_names_those_who_would_move_and_who_would_be_left_alone() -> None:
    needs = [Need(1, "Школа № 101", 1), Need(2, "Школа № 102", 2)]
    candidates = [Candidate(11, "Первая", frozenset({1})), Candidate(12, "Вторая", frozenset({2}))]
    plan = propose(needs, candidates, most=1, barred={})
    (change,) = plan.changes(plan.pairs[0])
    (shift,) = change.shifts
    assert (shift.need, shift.before, shift.after) == (needs[1], candidates[1], candidates[0])
    assert change.price == 2 * FAR
    alone = propose(needs, candidates, most=1, barred={(2, 11): "своя"})
    assert alone.changes(alone.pairs[0])[0].leaves_alone == needs[1]


def test_equal_input_gives_an_equal_plan() -> None:
    needs = [Need(key, f"Школа № {key}", key % 3) for key in range(40)]
    candidates = [Candidate(100 + key, f"Куратор {key}", frozenset({key % 3})) for key in range(12)]
    plans = [held(propose(needs, candidates, most=5, barred={})) for _ in range(3)]
    assert plans[0] == plans[1] == plans[2]


YEKATERINBURG, TAGIL, VLADIVOSTOK = (56.83892, 60.6057), (57.90957, 59.98147), (43.11554, 131.88547)


def test_the_road_is_the_great_circle_and_grows_dearer_with_kilometres() -> None:
    near, far, beyond = (
        Need(key, str(key), 1, point=one) for key, one in enumerate((YEKATERINBURG, TAGIL, VLADIVOSTOK))
    )
    from_there, unknown = Candidate(9, "К", point=YEKATERINBURG), Candidate(8, "Н", frozenset({1}))

    assert kilometres(near, from_there) == 0
    assert 124 < (kilometres(far, from_there) or 0) < 126, "as the crow flies"
    assert [points(one, from_there) for one in (near, far, beyond)] == [0, 62, MOST_ROAD]
    assert kilometres(far, unknown) is None
    assert [points(one, unknown) for one in (near, far)] == [0, 0], "the same municipality, no point"


def test_the_nearer_curator_is_proposed_even_from_another_municipality() -> None:
    needs = [Need(1, "Школа", 1, point=TAGIL)]
    here = Candidate(5, "Свой город, далеко", frozenset({1}), point=YEKATERINBURG)
    there = Candidate(6, "Чужой город, рядом", frozenset({2}), point=(57.9, 60.0))

    (pair,) = propose(needs, [here, there], most=5, barred={}).pairs

    assert pair.candidate == there


def test_a_school_left_for_later_stays_so_and_others_go_on() -> None:
    needs, candidates = [Need(1, "A", 1), Need(2, "B", 1)], [Candidate(5, "К", frozenset({1}))]

    plan = propose(needs, candidates, most=5, barred={}, locks={1: NOBODY})

    assert [(pair.is_skipped, pair.candidate and pair.candidate.key) for pair in plan.pairs] == [
        (True, None),
        (False, 5),
    ]
    assert plan.changes(plan.pairs[0])[0].candidate == candidates[0], "may be taken back"
    assert not plan.dropped
