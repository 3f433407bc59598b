"""The table of phrases of real plans: what each means in a plan of 2022, by kind."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).with_suffix(".txt")


class Row(NamedTuple):
    """One phrase; «⏎» of the table is a line break of the cell."""

    kind: str
    phrase: str
    meaning: str

    @property
    def text(self) -> str:
        return self.phrase.replace("⏎", "\n")


def rows() -> list[Row]:
    """The rows of the table: «# kind» opens a group, «phrase = meaning» is a row."""
    found: list[Row] = []
    kind = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kind = line[2:]
        elif line:
            phrase, meaning = line.rsplit(" = ", 1)
            found.append(Row(kind, phrase, meaning))
    return found
