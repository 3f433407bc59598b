"""A progress report as a tagged PDF (PDF/UA-1): Russian, with headings and page numbers, fonts inside."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from opora.reports import phrases
from opora.reports.content import LineRow, Progress, SectionRow, Totals
from opora.reports.coverage import characters_of, class_of
from opora.reports.printable import printable
from opora.reports.renderers.press import typeset

_LONG_RUN = re.compile(r"\S{80}(?=\S)")
FONTS = ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf")
NOT_DRAWN = "□"
HERE = Path(__file__).resolve().parents[1]


def render(progress: Progress) -> bytes:
    """The bytes of a .pdf file. The words travel as data, so nothing that is typed can act as markup."""
    return typeset(HERE / "paper" / "progress.typ", breakable(_data(printable(progress))))


def breakable(value: Any) -> Any:
    """The same data fit for a PDF: letters that our fonts draw, a place to break in every very long run of them.

    PDF/UA forbids a letter without a drawing; a run without a break leaves its cell, and one over 65 535 bytes
    stops the library that writes the file.
    """
    if isinstance(value, str):
        return _LONG_RUN.sub("\\g<0>\u200b", _undrawn().sub(NOT_DRAWN, value))
    if isinstance(value, list):
        return [breakable(item) for item in value]
    if isinstance(value, dict):
        return {key: breakable(item) for key, item in value.items()}
    return value


@cache
def _undrawn() -> re.Pattern[str]:
    drawn = set.intersection(*(characters_of(HERE / "fonts" / name) for name in FONTS))
    return re.compile(f"[^\\t\\n\\r{class_of(drawn)}]")


def _data(progress: Progress) -> dict[str, Any]:
    head = progress.head
    return {
        "head": {
            "title": head.title,
            "centre": head.centre_name,
            "address": head.centre_address,
            "municipality": head.municipality,
            "programme": head.programme,
            "signer_post": head.signer_post,
            "signer_name": head.signer_name,
        },
        "requisites": phrases.requisites(head),
        "basis": phrases.basis(head),
        "summary": phrases.summary(progress.totals),
        "gained": phrases.gained(progress),
        "sections": [*(_section(row) for row in progress.sections), _figures("Итого", progress.totals)],
        "late": [
            [line.number, line.text, phrases.day_in_digits(line.ends_on), line.result, phrases.reason(line)]
            for line in progress.late
        ],
        "moved": [
            [row.number, row.text, row.what, row.before, row.after, row.order] for row in progress.moved
        ],
        "plan": [_plan(section, progress.lines) for section in progress.sections],
    }


def _section(row: SectionRow) -> list[str]:
    return _figures(f"{row.number}. {row.title}" if row.number else row.title, row.totals)


def _figures(title: str, totals: Totals) -> list[str]:
    figures = (totals.total, totals.finished, totals.under_way, totals.late, totals.ahead, totals.gained)
    return [title, *(str(figure) for figure in figures)]


def _plan(section: SectionRow, lines: tuple[LineRow, ...]) -> dict[str, Any]:
    return {
        "title": f"{section.number}. {section.title}" if section.number else section.title,
        "rows": [
            [
                line.number,
                line.text,
                line.term,
                line.state,
                line.result,
                phrases.proof(line),
                phrases.reason(line),
            ]
            for line in lines
            if line.section == section.number
        ],
    }
