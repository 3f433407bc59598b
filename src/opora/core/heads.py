"""Heads of the history kept outside the base: which entry stood last on which day, a line a day, only ever added to.

The file is a text of lines «2022-09-15 1011 <hash>»; the same lines go to the log, so that a journal of the server kept on
another machine tells them too.
"""

from __future__ import annotations

import logging
import os
import re
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings

log = logging.getLogger(__name__)
_LINE: Final = re.compile(r"(\d{4}-\d\d-\d\d) (\d+) ([0-9a-f]{64})")


class Head(NamedTuple):
    """The entry that stood last on a day."""

    day: date
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.number} {self.hash}"


def keep_head(head: Head) -> None:
    """Add the line and bring it to the disk, readable by the owner alone; the same line is written once."""
    place = Path(settings.HISTORY_HEADS)
    if any(head in heads for heads in kept_heads().values()):
        return
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{head}\n")
        file.flush()
        os.fsync(file.fileno())
    log.warning("head of the history: %s", head)


def kept_heads() -> dict[int, list[Head]]:
    """Heads by the number of their entry; a line broken off by a loss of power says nothing."""
    place = Path(settings.HISTORY_HEADS)
    if not place.exists():
        return {}
    kept: dict[int, list[Head]] = {}
    for line in place.read_text(encoding="ascii", errors="replace").splitlines():
        found = _LINE.fullmatch(line)
        if found:
            head = Head(date.fromisoformat(found[1]), int(found[2]), found[3])
            kept.setdefault(head.number, []).append(head)
    return kept
