"""How long a proposal of curators takes: seconds for 1,000 schools and 400 curators, hopeless cases too; prints JSON."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from opora.appointments.proposal import Candidate, Need, propose  # noqa: E402 -- the path is set above

SCHOOLS, CURATORS, PLACES, FACTORS = 1000, 400, 20, 12


def town(*, alike: bool = False) -> tuple[list[Need], list[Candidate]]:
    """Schools with three risks and curators competent in four; all alike where the solver has only ties."""
    dice = random.Random(2022)

    def some(count: int) -> frozenset[int]:
        return frozenset() if alike else frozenset(dice.sample(range(FACTORS), count))

    def place() -> int:
        return 0 if alike else dice.randrange(PLACES)

    def point() -> tuple[float, float] | None:
        return None if alike else (dice.uniform(56, 60), dice.uniform(58, 65))

    needs = [Need(key, f"Школа № {key}", place(), some(3), point()) for key in range(SCHOOLS)]
    candidates = [
        Candidate(
            key, f"Куратор {key}", frozenset({place()}), some(4), 0 if alike else dice.randrange(3), point()
        )
        for key in range(CURATORS)
    ]
    return needs, candidates


def measured(
    name: str, *, most: int, alike: bool = False, everyone_barred: bool = False
) -> dict[str, object]:
    """One case: seconds of the plan and of the prices of all changes."""
    needs, candidates = town(alike=alike)
    dice = random.Random(7)
    barred = {
        (need.key, candidate.key): "своя школа"
        for need in needs
        for candidate in candidates
        if everyone_barred or dice.random() < 0.01
    }
    before = perf_counter()
    spent = process_time()
    plan = propose(needs, candidates, most=most, barred=barred)
    planned = perf_counter()
    for pair in plan.pairs:
        plan.changes(pair)
    return {
        "case": name,
        "schools": SCHOOLS,
        "curators": CURATORS,
        "most": most,
        "uncovered": len(plan.uncovered),
        "seconds_plan": round(planned - before, 2),
        "seconds_of_processor": round(process_time() - spent, 2),
        "seconds_all_prices": round(perf_counter() - planned, 2),
    }


def main() -> None:
    cases = [
        measured("as in life", most=5),
        measured("places to spare", most=15),
        measured("fewer places than schools", most=2),
        measured("everybody alike", most=5, alike=True),
        measured("everybody barred", most=5, everyone_barred=True),
    ]
    print(json.dumps(cases, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
