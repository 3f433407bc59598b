"""What a round of review over 3,000 schools costs: CPU seconds of the draw and of sharing documents out; prints JSON."""

from __future__ import annotations

import json
import random
import sys
from decimal import Decimal
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from opora.reviews.assigning import Task, assign  # noqa: E402 -- the path is set above
from opora.reviews.drawing import Candidate, draw, size_of  # noqa: E402 -- the path is set above

SCHOOLS, TOWNS, FACTORS = 3000, 60, 12


def measured(
    name: str, *, share: int, experts: int, each: int, most: int, barred_share: float
) -> dict[str, object]:
    """One case: the sample of one document a school, then the assignment."""
    dice = random.Random(2022)
    documents = [
        Candidate(key, (dice.randrange(TOWNS), dice.randrange(FACTORS))) for key in range(1, SCHOOLS + 1)
    ]
    began = process_time()
    sample = draw(documents, seed="семь опор", size=size_of(SCHOOLS, "share", Decimal(share)))
    drawn = process_time()
    barred = {
        (key, expert): "своя школа"
        for key in sample.keys
        for expert in range(experts)
        if dice.random() < barred_share
    }
    before = process_time()
    plan = assign([Task(key, each) for key in sample.keys], range(experts), most=most, barred=barred)
    return {
        "case": name,
        "schools": SCHOOLS,
        "sample": len(sample.keys),
        "experts": experts,
        "cpu_seconds_draw": round(drawn - began, 3),
        "cpu_seconds_assign": round(process_time() - before, 3),
        "assigned": plan.total,
        "lacking": len(plan.lacking),
        "least_load": min(plan.loads.values()),
        "greatest_load": max(plan.loads.values()),
    }


def main() -> None:
    # The library loads once, before anything is measured.
    assign([Task(1)], [1], most=1, barred={})
    cases = [
        measured("a tenth, one expert each", share=10, experts=30, each=1, most=20, barred_share=0.02),
        measured("all of them, two experts each", share=100, experts=100, each=2, most=80, barred_share=0.02),
        measured(
            "all of them, every second pair barred", share=100, experts=100, each=2, most=80, barred_share=0.5
        ),
        measured("fewer places than documents", share=100, experts=100, each=2, most=40, barred_share=0.02),
        measured("nearly everything barred", share=100, experts=100, each=2, most=80, barred_share=0.97),
    ]
    print(json.dumps(cases, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
