"""How a remark calls a line and its place."""

from __future__ import annotations

from opora.imports.draft import DraftLine, RoadmapDraft
from opora.imports.table import Place


def name_of(draft: RoadmapDraft, index: int) -> str | int:
    """The printed number of a line, else its place among the lines counted from 1."""
    return draft.lines[index].number or index + 1


def spoken(draft: RoadmapDraft, index: int) -> str:
    """«Пункт 1.4 (стр. 2, строка 8)» for the beginning of a sentence."""
    line = draft.lines[index]
    name = f"Пункт {line.number}" if line.number else f"Строка {index + 1} без номера"
    return f"{name} ({place_words(line.place)})"


def short(line: DraftLine, index: int) -> str:
    """The number alone, or «строка 43» where there is none."""
    return line.number or f"строка {index + 1}"


def place_words(place: Place) -> str:
    """«стр. 2, строка 14» or «лист «План», строка 14»."""
    if place.sheet:
        return f"лист «{place.sheet}», строка {place.row}"
    page = f"стр. {place.page}, " if place.page else ""
    table = f"таблица {place.table}, " if place.table > 1 else ""
    return f"{page}{table}строка {place.row}"
