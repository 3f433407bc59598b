"""The server that served this folder before: killed alone, its workers still end, and the next one waits for them."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

# Workers without a master give the port back within a second and answer what they began within twenty.
PATIENCE = 25.0
_BREATH = 0.1


def take_over(folder: Path, *, is_free: Callable[[], bool]) -> IO[str]:
    """Wait until the port is free while workers of a dead master still end; return the mark of our own serving.

    A living server of the folder is not waited for: the port is taken, and that is said at once. The mark is held by the
    master and all its workers, until the last of them is gone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mark = (folder / "server.lock").open("a+", encoding="ascii")
    until = time.monotonic() + PATIENCE
    while not _locked(mark):
        if is_free() or _is_alive(_master_of(mark)) or time.monotonic() > until:
            return mark
        time.sleep(_BREATH)
    mark.seek(0)
    mark.truncate()
    mark.write(str(os.getpid()))
    mark.flush()
    return mark


def _locked(mark: IO[str]) -> bool:
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _master_of(mark: IO[str]) -> int:
    mark.seek(0)
    return int(mark.read() or 0)


def _is_alive(number: int) -> bool:
    try:
        told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    # The name stands in brackets and may hold anything; the letter behind it is the state, Z of one that is dead.
    return told.rpartition(")")[2].split()[0] != "Z"
