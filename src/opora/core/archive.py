"""A zip that is sent while it is made: a file of the store is read piece by piece, nothing is held in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from opora.core.russian import clean
from opora.core.uploads import path_of

_PIECE: Final = 256 * 1024
_MOST_LETTERS: Final = 120
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\\/\x00-\x1f]')
_LOST: Final = "Файла нет в хранилище. Обратитесь к администратору.\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive: `source` is the hash of a stored file, or the bytes themselves."""

    name: str
    source: str | bytes


def archive_of(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The bytes of a zip, piece by piece; memory does not grow with the number of files or their size.

    Names that repeat get a number («отчёт (2).pdf»). A file that the store has lost leaves a line of words in its
    place: what is there is still given out.
    """
    # Imported when an archive is asked for: pages need none of it.
    from zipstream import ZipStream  # type: ignore[import-untyped]  # -- the library says no types

    stream, seen = ZipStream(), set[str]()
    for entry in entries:
        name = _once(entry.name, seen)
        if isinstance(entry.source, bytes):
            stream.add(entry.source, name)
        elif path_of(entry.source).exists():
            stream.add(_pieces(entry.source), name)
        else:
            stream.add(_LOST, _once(f"{entry.name}.txt", seen))
        yield from stream.all_files()
    yield from stream.finalize()


def file_name(*parts: str) -> str:
    """A name for a file or a folder inside of an archive out of some words; safe on every system."""
    words = " ".join(_FORBIDDEN.sub(" ", clean(" ".join(part for part in parts if part))).split())
    return words[:_MOST_LETTERS].strip(" .") or "файл"


def _pieces(digest: str) -> Iterator[bytes]:
    with path_of(digest).open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _once(name: str, seen: set[str]) -> str:
    place, tried, number = PurePosixPath(name), name, 1
    while tried.casefold() in seen:
        number += 1
        tried = str(place.with_name(f"{place.stem} ({number}){place.suffix}"))
    seen.add(tried.casefold())
    return tried
