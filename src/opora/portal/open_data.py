"""Open data of a roadmap: the state of its lines without persons, as rows for csv and json (8-ФЗ)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from opora.indicators.state import LineState

# What a spreadsheet would take for a formula: such a cell begins with an apostrophe, so text stays text.
_FORMULA = ("=", "+", "-", "@", "\t")


def rows_of(states: Sequence[LineState]) -> list[dict[str, Any]]:
    """One row a line, in order; days are ISO, counts are numbers; a line without a day has None."""
    return [
        {
            "section": state.activity.section.number,
            "section_title": state.activity.section.title,
            "number": state.activity.number,
            "text": state.activity.text,
            "promise": state.activity.promise,
            "period": state.activity.period_text,
            "starts_on": _iso(state.activity.starts_on),
            "ends_on": _iso(state.activity.ends_on),
            "state": state.status.code,
            "state_words": state.status.title,
            "expected": state.expected,
            "confirmed": state.found,
            "reported": state.reported,
            "done_on": _iso(state.done_on),
        }
        for state in states
    ]


def as_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """The rows as csv in UTF-8 with a mark, parted by semicolons, as Russian spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_text(value) for value in row.values()])
    return out.getvalue().encode("utf-8-sig")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _text(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return f"'{text}" if text.startswith(_FORMULA) else text
