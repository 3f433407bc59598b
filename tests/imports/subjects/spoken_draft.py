"""A draft said in short lines, for comparing with what was drawn."""

from __future__ import annotations

from opora.imports.draft import DraftLine, RoadmapDraft


def spoken(draft: RoadmapDraft) -> list[str]:
    """«1 1.2 Words [start..end] =promise @responsible» for each line."""
    return [_line(line) for line in draft.lines]


def _line(line: DraftLine) -> str:
    days = f"{line.period.start or ''}..{line.period.end or ''}"
    promise = f" ={line.promise}" if line.promise else ""
    responsible = f" @{line.responsible}" if line.responsible else ""
    return f"{line.section} {line.number or '-'} {line.text} [{days}]{promise}{responsible}"
