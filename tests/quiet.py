"""Waiting until the live server has answered everything: the base is emptied next, and a late write would stay in it."""

from __future__ import annotations

import threading
import time

LONGEST = 10.0
PAUSE = 0.02


def wait_until_quiet() -> None:
    """Wait for the threads of the live server that answer; each ends when its browser's window has been closed."""
    until = time.monotonic() + LONGEST
    while _is_answering() and time.monotonic() < until:
        time.sleep(PAUSE)


def _is_answering() -> bool:
    return any("process_request_thread" in one.name for one in threading.enumerate())
