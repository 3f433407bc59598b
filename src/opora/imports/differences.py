"""A draft of a later order set against the plan in force: what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opora.plans.amendments import PlanLine
from opora.plans.drafts import words_in


def lines_of_draft(content: Mapping[str, Any]) -> list[PlanLine]:
    """The lines of a draft as the difference sees them, keyed as in the draft; deleted ones are left out."""
    lines = []
    for line in content["lines"]:
        if line.get("is_deleted"):
            continue
        words = words_in(line)
        words.pop("page")
        lines.append(PlanLine(key=line["key"], section=int(line.get("section") or 0), **words))
    return lines
