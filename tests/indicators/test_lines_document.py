"""The document of lines says what the code does: every line, every kind, its title and its rule."""

from __future__ import annotations

from pathlib import Path

from opora.indicators.register import KINDS
from opora.indicators.suggest import suggest_kinds, suggest_target
from tests.indicators.wordings import source_lines

DOCUMENT = Path(__file__).parents[2] / "docs" / "lines.md"


def rows() -> dict[str, list[str]]:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0].strip("`"): row for row in cells}


def test_every_line_is_in_the_document_with_its_kinds_and_target() -> None:
    written = rows()

    for number, text, promise, _ in source_lines():
        suggestion = suggest_kinds(text, promise)
        kinds = tuple(part.strip(" *`") for part in written[number][2].split("+"))
        assert kinds == suggestion.kinds, number
        assert written[number][3] == suggest_target(text, promise, suggestion.kind).scope, number


def test_every_kind_is_in_the_document_with_its_rule() -> None:
    written = rows()

    for kind in KINDS:
        assert written[kind.code][1:3] == [kind.title, kind.rule], kind.code
