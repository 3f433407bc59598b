"""From the summary of a question to the figures of its drawing: bars, and the steps of a scale in one band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opora.core.russian import NBSP

# Narrower steps of a band have no figure above them; it stands in the table below all the same.
_NARROWEST = 0.06


@dataclass(frozen=True, slots=True)
class Bar:
    """One answer of a drawing; widths and places are per cents for SVG, `tone` the strength of the colour."""

    label: str
    count: int
    per_cent: str
    x: str
    width: str
    middle: str
    tone: str
    is_wide: bool


def bars_of(shares: Sequence[tuple[str, int, float]]) -> list[Bar]:
    """(label, count, share) as bars, each with its place in a band of all of them."""
    bars, start = [], 0.0
    for place, (label, count, share) in enumerate(shares):
        tone = 0.25 + 0.75 * place / max(len(shares) - 1, 1)
        bars.append(
            Bar(
                label,
                count,
                per_cent(share),
                f"{start * 100:.2f}%",
                f"{share * 100:.2f}%",
                f"{(start + share / 2) * 100:.2f}%",
                f"{tone:.2f}",
                share >= _NARROWEST,
            )
        )
        start += share
    return bars


def told_of(label: str, bars: Sequence[Bar]) -> str:
    """The sentence that stands for a drawing."""
    return f"{label}: " + "; ".join(f"{bar.label} — {bar.count}, {bar.per_cent}" for bar in bars) + "."


def per_cent(share: float) -> str:
    """«40 %»; a share that is not nothing is never told as nothing."""
    if 0 < share < 0.005:
        return f"<1{NBSP}%"
    return f"{share * 100:.0f}{NBSP}%"


def number_words(number: float) -> str:
    """«12», «3,5», «2,33»."""
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",")
