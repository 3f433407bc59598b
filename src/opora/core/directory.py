"""The directory of a zip, judged by its end before anything of it is read: names cost memory and time before parts do."""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final

from opora.core.refusal import Refused

MAX_PARTS: Final = 2_000
# Half a kilobyte for a part: its name, its place and what else a writer says of it.
MAX_DIRECTORY: Final = MAX_PARTS * 512
# The library's own reader of the end of a zip: another one could find another end than the library then goes by.
_END_OF: Final[Any] = zipfile._EndRecData  # type: ignore[attr-defined]  # noqa: SLF001 -- it has no public name
_ENTRIES, _SIZE = 4, 5


def parts_of(content: bytes) -> list[zipfile.ZipInfo]:
    """What the directory of a zip names. Refused (F-BOMB) unread when it names more than 2,000 parts.

    BadZipFile and the other exceptions of `zipfile` when it is no zip.
    """
    file = io.BytesIO(content)
    end = _END_OF(file)
    if not end:
        raise zipfile.BadZipFile("no end of a directory")
    if end[_ENTRIES] > MAX_PARTS or end[_SIZE] > MAX_DIRECTORY:
        raise _too_many()
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise _too_many()
    return parts


def _too_many() -> Refused:
    return Refused(
        f"Файл отклонён: в архиве больше {MAX_PARTS} частей, после распаковки он слишком велик.",
        code="F-BOMB",
        status=413,
    )
