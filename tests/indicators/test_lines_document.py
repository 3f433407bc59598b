"""The document of lines says for whom each line is counted and by what rule each kind counts."""

from __future__ import annotations

from pathlib import Path

from opora.indicators.register import KINDS
from opora.indicators.suggest import suggest_target
from tests.indicators.wordings import source_lines

DOCUMENT = Path(__file__).parents[2] / "docs" / "lines.md"


def rows() -> dict[str, list[str]]:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0].strip("`"): row for row in cells}


def test_every_line_is_written_with_its_target_and_its_test() -> None:
    written = rows()

    for number, text, promise, kinds in source_lines():
        assert written[number][4] == suggest_target(text, promise, kinds[0]).scope, number
        assert written[number][5] == f"`test_lines.py[{number}]`", number


def test_every_kind_is_written_with_its_title_and_rule() -> None:
    written = rows()

    for kind in KINDS:
        assert written[kind.code][1:3] == [kind.title, kind.rule], kind.code
