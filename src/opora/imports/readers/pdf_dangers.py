"""What a PDF may carry besides its pages: scripts, commands, inserted files. Looked for in its bytes, packed ones too."""

from __future__ import annotations

import re
import zlib
from typing import Final

from opora.imports.readers.refusals import active

_DANGERS: Final = (
    (re.compile(rb"/(?:JavaScript|JS)(?=[\s(/<\[\d])"), "сценарий (JavaScript)"),
    (re.compile(rb"/Launch(?=[\s/>\]])"), "запуск команды"),
    (re.compile(rb"/(?:EmbeddedFiles?|RichMedia|Movie)(?=[\s/<>\[\]\d])"), "вложенный файл"),
)
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECTS: Final = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_MOST_STREAMS: Final = 3_000
_MOST_UNPACKED: Final = 2_000_000
_MOST_ALL: Final = 30_000_000


def refuse_dangers(content: bytes) -> None:
    """Refused (F-ACTIVE) when a PDF does more than show pages."""
    _refuse(_without_streams(content))
    unpacked = 0
    for count, found in enumerate(_OBJECTS.finditer(content)):
        piece = _unpacked(content[found.end() : found.end() + _MOST_UNPACKED])
        unpacked += len(piece)
        _refuse(piece)
        if count > _MOST_STREAMS or unpacked > _MOST_ALL:
            return


def _refuse(piece: bytes) -> None:
    if b"#" in piece:
        piece = _ESCAPED.sub(lambda found: bytes((int(found.group(1), 16),)), piece)
    for pattern, words in _DANGERS:
        if pattern.search(piece):
            raise active(words)


def _without_streams(content: bytes) -> bytes:
    """The bytes outside of streams: the letters of a packed picture may spell anything."""
    return re.sub(rb"(?<![a-z])stream\r?\n.*?endstream", b" ", content, flags=re.DOTALL)


def _unpacked(piece: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(piece, _MOST_UNPACKED)
    except zlib.error:
        return piece[:4096]
