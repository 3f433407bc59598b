"""The words inside a stored file, read in a child process by the reader that the settings name."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.utils.module_loading import import_string

from opora.core.models import StoredFile
from opora.core.personal_signs import noticing
from opora.core.refusal import Refused
from opora.core.refused_files import unnoted
from opora.core.uploads import content_of
from opora.documents.models import Version

READABLE: Final = frozenset({"docx", "xlsx", "odt", "ods", "pdf", "rtf", "txt", "csv"})


def text_inside(version: Version | None) -> str:
    """The text of a file, bounded; empty for a picture, a scan and a file that no reader understands."""
    if version is None or version.file.kind not in READABLE:
        return ""
    return text_of(version.file, version.name)


def text_to_show(version: Version | None) -> str:
    """The text of a file for a page; empty also where the machine is too busy to read it now."""
    try:
        return text_inside(version)
    except Refused:
        return ""


def text_of(file: StoredFile, name: str) -> str:
    """The text of a stored file by its name and bytes; empty when it cannot be read. Refused: R-BUSY."""
    # The readers live on a higher floor: the front door names the one that is used.
    read: Any = import_string(settings.TEXT_READER)
    try:
        # Whoever looks for signs of personal data in it asks for the text itself.
        with unnoted(), noticing():
            told = read(content_of(file), name, subject="text")
    except Refused as refusal:
        if refusal.code == "R-BUSY":
            raise  # the file is not to blame: it is read again later
        return ""
    return str(told["text"])
