"""How long the period reader takes: microseconds a phrase, milliseconds on 10 KB of hostile text; prints JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "src"))

from opora.core.periods import read_period  # noqa: E402 -- the path is set above
from tests.core.period_phrases import rows  # noqa: E402 -- the path is set above

SIZE = 10_000
HOSTILE = {
    "brackets": "(",
    "digits": "1",
    "until": "до ",
    "list of numbers": "1,",
    "from to": "с по ",
    "digits and dashes": "1-",
    "dates": "15.03.",
    "months": "март ",
    "times a year": "2 раза в ",
    "Roman numbers": "I ",
    "spaces": " ",
    "combining marks": "и\u0306\u0301",
    "years": "2021-2022 ",
}


def best_of(text: str, rounds: int) -> float:
    """Seconds of the quickest reading."""
    quickest = float("inf")
    for _ in range(rounds):
        before = perf_counter()
        read_period(text, year=2022)
        quickest = min(quickest, perf_counter() - before)
    return quickest


def hostile_texts() -> dict[str, str]:
    texts = {f"{name}, 10 KB": (piece * SIZE)[:SIZE] for name, piece in HOSTILE.items()}
    # The longest text that is still looked at costs the most.
    texts |= {
        f"{name}, the longest read": (piece * 2000)[:2000].rstrip() + " " for name, piece in HOSTILE.items()
    }
    texts |= {
        f"{name}, the most pieces": piece * (250 // max(1, len(piece.split())))
        for name, piece in HOSTILE.items()
    }
    texts["every letter"] = "".join(map(chr, range(0x400, 0x400 + 2000)))
    return texts


def main() -> None:
    each = sorted(best_of(row.text, 5) for row in rows())
    hostile = {name: round(best_of(text, 3) * 1000, 3) for name, text in hostile_texts().items()}
    figures = {
        "phrases": len(each),
        "microseconds_median": round(each[len(each) // 2] * 1e6, 1),
        "microseconds_slowest": round(each[-1] * 1e6, 1),
        "hostile_milliseconds_slowest": max(hostile.values()),
        "hostile_milliseconds": hostile,
    }
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
