"""A text, a table of commas or an RTF: no commands, no inserted objects, nothing fetched from elsewhere."""

from __future__ import annotations

import re
from typing import Final

from opora.imports.examination.double import refuse_archive_behind
from opora.imports.readers.refusals import active, fetched

_OBJECTS: Final = re.compile(rb"\\obj(?:data|update|emb|link|autlink|ocx|html)\b", re.IGNORECASE)
_COMMANDS: Final = re.compile(rb"\bDDE(?:AUTO)?\b\s*[\\\"'\w]")
_FIELDS: Final = re.compile(rb"\\\*\s*\\fldinst(.{0,2000})", re.DOTALL)
_FETCHED: Final = re.compile(
    rb"\\\*\s*\\template\s*(?:https?:|\\\\\\\\)|INCLUDE(?:PICTURE|TEXT)[\s\"\\]{0,20}https?:", re.IGNORECASE
)
_FORMULA: Final = re.compile(
    rb"[=+@-][^\r\n]{0,200}\b(?:cmd|powershell|mshta|rundll32|regsvr32|certutil|msexcel)(?:\.exe)?\s*\|",
    re.IGNORECASE,
)


def judge(content: bytes, kind: str) -> None:
    """Refused: F-ACTIVE, F-EXT."""
    refuse_archive_behind(content)
    if kind != "rtf":
        if _FORMULA.search(content.replace(b"\x00", b"")):
            raise active("запуск команды (DDE)")
        return
    if _OBJECTS.search(content):
        raise active("вложенный объект")
    if any(_COMMANDS.search(field) for field in _FIELDS.findall(content)):
        raise active("запуск команды (DDE)")
    if _FETCHED.search(content):
        raise fetched()
