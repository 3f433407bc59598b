"""What the templates of sheets need beside the report itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from opora.reports import phrases
from opora.reports.note import Link, Note, Table, name_of, shown
from opora.reports.register import Content

# The longest table on the screen, in rows: a region of a hundred municipalities has thousands of late lines.
ON_SCREEN: Final = 200


def sheet_context(report: Content) -> dict[str, Any]:
    """The sentences of a progress report, or the blocks of a note."""
    if isinstance(report, Note):
        blocks = [
            {"kind": name_of(block), "block": block, **(_table(block) if isinstance(block, Table) else {})}
            for block in report.blocks
        ]
        return {"report": report, "basis": phrases.basis(report.head), "blocks": blocks}
    return {
        "report": report,
        "basis": phrases.basis(report.head),
        "summary": phrases.summary(report.totals),
        "gained": phrases.gained(report),
        "late": [(line, phrases.reason(line)) for line in report.late],
    }


def _table(table: Table) -> dict[str, Any]:
    """The rows for the screen and how many there are when some stand in files alone; the sum is always shown."""
    last = len(table.rows) - 1
    rows = [
        {"is_total": table.has_total and place == last, "cells": list(_cells(table, row))}
        for place, row in enumerate(table.rows)
        if place < ON_SCREEN or (table.has_total and place == last)
    ]
    return {"rows": rows, "whole": len(table.rows) if len(rows) < len(table.rows) else 0}


def _cells(table: Table, row: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    for column, cell in zip(table.columns, row, strict=False):
        is_link = isinstance(cell, Link) and cell.address.startswith(("/", "https://", "http://"))
        yield {
            "text": cell.text if isinstance(cell, Link) else shown(cell),
            "address": cell.address if is_link else "",
            "column": column,
        }
