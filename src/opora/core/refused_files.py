"""What is noted of a file that was refused at a door: its hash, size, code and the seconds it took, never its content."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from opora.core.refusal import Refused


@dataclass(frozen=True, slots=True)
class FileNote:
    """One refusal; the hash is empty for a file that was cut off while it arrived. Size in bytes."""

    sha256: str
    size: int
    code: str
    seconds: float


_book: ContextVar[list[FileNote] | None] = ContextVar("refused_files", default=None)


@contextmanager
def noting() -> Iterator[list[FileNote]]:
    """The list that the refusals of this request are put into; outside of it nothing is noted."""
    kept: list[FileNote] = []
    before = _book.set(kept)
    try:
        yield kept
    finally:
        _book.reset(before)


@contextmanager
def at_door(content: bytes) -> Iterator[None]:
    """Note the file when what stands inside refuses it with a code of files (F-…); the refusal goes on."""
    began = time.monotonic()
    try:
        yield
    except Refused as refusal:
        kept = _book.get()
        if kept is not None and refusal.code.startswith("F-"):
            digest = hashlib.sha256(content).hexdigest()
            kept.append(FileNote(digest, len(content), refusal.code, time.monotonic() - began))
        raise


def note_unread(refusal: Refused, *, size: int) -> None:
    """Note a file that was refused before its content was kept."""
    kept = _book.get()
    if kept is not None:
        kept.append(FileNote("", size, refusal.code, 0.0))


@contextmanager
def unnoted() -> Iterator[None]:
    """Look again at a file that was taken: that a reader finds no words in it is no refusal."""
    before = _book.set(None)
    try:
        yield
    finally:
        _book.reset(before)
