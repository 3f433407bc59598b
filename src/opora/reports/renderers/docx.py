"""A progress report as the values of its Word template, and the file that our own template makes of them."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

from opora.reports import phrases
from opora.reports.content import Head, LineRow, Progress, Totals
from opora.reports.printable import printable
from opora.reports.word.own import made
from opora.reports.word.values import Filling

PAPER: Final = Path(__file__).resolve().parents[1] / "paper"
TEMPLATE: Final = PAPER / "progress.docx"


def render(progress: Progress) -> bytes:
    """The bytes of a .docx file by our own template."""
    return made(template_bytes(TEMPLATE), filling(progress))


@cache
def template_bytes(place: Path) -> bytes:
    """A template of ours, read once."""
    return place.read_bytes()


def head_values(head: Head) -> dict[str, Any]:
    """The head as plain values: days as they are printed."""
    days = {name: phrases.day_in_digits(getattr(head, name)) for name in ("order_date", "since", "as_of")}
    return {**asdict(head), **days, "issue_number": head.issue_number or ""}


def filling(progress: Progress) -> Filling:
    """What the Word template of the report is filled with."""
    progress = printable(progress)
    head = progress.head
    values = {
        "head": head_values(head),
        "requisites": phrases.requisites(head),
        "basis": phrases.basis(head),
        "summary": phrases.summary(progress.totals),
        "gained": phrases.gained(progress),
        "sections": [
            *(
                _figures(f"{row.number}. {row.title}" if row.number else row.title, row.totals)
                for row in progress.sections
            ),
            _figures("Итого", progress.totals),
        ],
        "late": [
            {
                "number": line.number,
                "text": line.text,
                "term": phrases.day_in_digits(line.ends_on),
                "result": line.result,
                "reason": phrases.reason(line),
            }
            for line in progress.late
        ],
        "moved": [asdict(row) for row in progress.moved],
        "plan": [
            row
            for section in progress.sections
            for row in _plan(section.number, section.title, progress.lines)
        ],
    }
    return Filling(values, head.title)


def _figures(title: str, totals: Totals) -> dict[str, Any]:
    return {
        "title": title,
        "total": totals.total,
        "done": totals.finished,
        "running": totals.under_way,
        "late": totals.late,
        "ahead": totals.ahead,
        "gained": totals.gained,
    }


def _plan(number: int, title: str, lines: tuple[LineRow, ...]) -> list[dict[str, Any]]:
    head = {"is_section": True, "text": f"{number}. {title}" if number else title}
    return ([head] if title else []) + [_row(line) for line in lines if line.section == number]


def _row(line: LineRow) -> dict[str, Any]:
    return {
        "is_section": False,
        "number": line.number,
        "text": line.text,
        "term": line.term,
        "state": line.state,
        "result": line.result,
        "proof": phrases.proof(line),
        "reason": phrases.reason(line),
    }
