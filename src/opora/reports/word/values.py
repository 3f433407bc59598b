"""What a Word template is filled with: plain values, so that the libraries of Word are loaded only where it is filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table of a note stands: it is found by its heads; widths are shares of the line."""

    heads: tuple[str, ...]
    shares: tuple[float, ...]
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """What a template is filled with: plain values (dict, list, str, int, bool), the title of the file, its tables."""

    values: dict[str, Any]
    title: str
    layouts: tuple[Layout, ...] = ()
