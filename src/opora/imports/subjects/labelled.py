"""Roadmaps of one column: the term, the responsible and the result stand in the words, each after its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from opora.imports.subjects.columns import Columns
from opora.imports.subjects.grid import GridRow
from opora.imports.subjects.numbering import is_number
from opora.imports.subjects.stream import Heading, Segment

_LABEL = re.compile(
    r"[(\s.;]*\b(?:(?P<term>(?:сроки?|дата|период)(?:\s+(?:исполнения|реализации|проведения|выполнения))?)"
    r"|(?P<who>ответственн\w+(?:\s+(?:исполнител\w+|лиц\w+))?|исполнител\w+)"
    r"|(?P<promise>(?:ожидаем\w+\s+|планируем\w+\s+)?(?:результат\w*|показател\w*"
    r"|итог\w*)(?:\s+(?:реализации|выполнения))?))\s*[:–—-]\s*",
    re.IGNORECASE,
)
_PLACES = {"term": 2, "who": 3, "promise": 4}
COLUMNS = Columns(number=0, text=1, term=2, responsibles=(3,), promises=(4,))


def unfold(segment: Segment) -> Segment | None:
    """The same rows with a column for each label; None where less than half of the rows name a term by a label."""
    labelled = sum(_names_term(row) for row in segment.rows)
    if labelled == 0 or labelled < 0.5 * len(segment.rows):
        return None
    items: list[GridRow | Heading] = [
        _unfolded(item) if isinstance(item, GridRow) else item for item in segment.items
    ]
    return Segment(None, segment.lead, items)


def _names_term(row: GridRow) -> bool:
    return any(found.group("term") for text in row.texts for found in _LABEL.finditer(text))


def _unfolded(row: GridRow) -> GridRow:
    if not _names_term(row):
        return row
    number = next((text for text in row.texts if is_number(text)), "")
    words = " ".join(text for text in row.texts if text and text != number)
    return replace(row, texts=[number, *_parts(words)], spans={}, merged=frozenset(), raw={})


def _parts(words: str) -> Sequence[str]:
    parts = ["", "", "", ""]
    found = list(_LABEL.finditer(words))
    parts[0] = words[: found[0].start()].strip()
    for at, label in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(words)
        value = words[label.end() : end].strip(" .;)")
        column = _PLACES[label.lastgroup or "term"] - 1
        parts[column] = f"{parts[column]}; {value}" if parts[column] else value
    return parts
