"""Files that are two things at once: whoever opens them by another program meets another content."""

from __future__ import annotations

import io
import struct
import zipfile

from opora.imports.readers.refusals import active


def refuse_archive_behind(content: bytes) -> None:
    """Refused (F-ACTIVE) when a zip stands behind the bytes of something else."""
    if b"PK\x05\x06" not in content[-70_000:]:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            is_archive = bool(archive.filelist)
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError, EOFError):
        return
    if is_archive:
        raise active("за файлом спрятан архив")
