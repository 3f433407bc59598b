"""The PDF files of the demonstration's schools: concepts, anti-risk programmes, filled forms, each marked as fictional."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from opora.demo.paper_of import MARK
from opora.reports.renderers.press_child import printed

_HERE = Path(__file__).resolve().parent
Parts = Sequence[tuple[str, Sequence[str]]]


def sheet_of(title: str, place: str, parts: Parts) -> bytes:
    """A .pdf of headings with paragraphs under them; the same words give the same pages."""
    told = {
        "title": title,
        "place": place,
        "parts": [[head, list(words)] for head, words in parts],
        "mark": MARK,
    }
    return printed(_HERE / "sheet.typ", told)
