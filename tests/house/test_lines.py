"""The table of lines tells the truth: the same kinds as the product suggests, the same state of each kind."""

import re

from opora.indicators.register import KINDS
from opora.indicators.suggest import suggest_kinds
from tests.house.tree import HOME
from tests.indicators.wordings import source_lines

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (HOME / "docs" / "lines.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ")
]


def test_the_table_names_all_forty_five_lines_with_their_kinds() -> None:
    told = {
        row[0]: tuple(re.findall(r"`(\w+)`", row[2])) for row in ROWS if re.fullmatch(r"\d+\.\d+", row[0])
    }
    suggested = {
        number: tuple(suggest_kinds(text, promise).kinds) for number, text, promise, _ in source_lines()
    }
    assert len(told) == 45
    assert told == suggested


def test_the_table_says_of_each_kind_whether_it_counts_by_itself() -> None:
    told = {row[0].strip("`"): row[3] == "by its own rows" for row in ROWS if re.fullmatch(r"`\w+`", row[0])}
    assert told == {kind.code: kind.is_built for kind in KINDS}
