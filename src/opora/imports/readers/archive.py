"""A zip opened with suspicion: its directory is judged first, and a part never unpacks into more than it declared."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import Final

from opora.core.directory import parts_of
from opora.core.filetypes import MAX_RATIO, MAX_UNPACKED, RATIO_SINCE
from opora.core.refusal import Refused
from opora.imports.readers.refusals import bomb, broken, locked

_LOCAL_HEADER: Final = 30
_PROGRAMS: Final = (
    ".exe",
    ".dll",
    ".scr",
    ".com",
    ".bat",
    ".cmd",
    ".js",
    ".vbs",
    ".ps1",
    ".jar",
    ".msi",
    ".hta",
)


class Archive:
    """The parts of an office file by name. Refused (F-BROKEN, F-NAME, F-PASS, F-BOMB) when they are not sound."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            parts = parts_of(content)
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            struct.error,
            NotImplementedError,
            EOFError,
        ) as error:
            raise broken() from error
        _check_parts(parts)
        self._parts = {part.filename.replace("\\", "/"): part for part in parts}
        self.names = frozenset(self._parts)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of one part. Refused (F-BROKEN, F-BOMB) when they are not what the directory says."""
        part = self._parts.get(name)
        if part is None:
            raise broken("в нём нет нужной части")
        packed = self._packed(part)
        if part.compress_type == zipfile.ZIP_STORED:
            whole = packed
        elif part.compress_type == zipfile.ZIP_DEFLATED:
            whole = _inflate(packed, part.file_size)
        else:
            raise broken("неизвестный способ сжатия")
        if len(whole) != part.file_size or zlib.crc32(whole) != part.CRC:
            raise broken("часть архива не сходится с его оглавлением")
        return whole

    def find(self, name: str) -> bytes | None:
        """The bytes of a part that may be missing."""
        return self.read(name) if name in self._parts else None

    def head(self, name: str, size: int = 8) -> bytes:
        """The first bytes of one part, without unpacking the rest."""
        part = self._parts[name]
        packed = self._packed(part)[:4096]
        if part.compress_type != zipfile.ZIP_DEFLATED:
            return packed[:size]
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size)
        except zlib.error as error:
            raise broken() from error

    def programs(self) -> list[str]:
        """Names of parts that are programs or scripts."""
        return [name for name in self.names if name.lower().endswith(_PROGRAMS)]

    def _packed(self, part: zipfile.ZipInfo) -> bytes:
        head = self._content[part.header_offset : part.header_offset + _LOCAL_HEADER]
        if len(head) < _LOCAL_HEADER or not head.startswith(b"PK\x03\x04"):
            raise broken()
        name_length, extra_length = struct.unpack("<HH", head[26:30])
        start = part.header_offset + _LOCAL_HEADER + name_length + extra_length
        return self._content[start : start + part.compress_size]


def _inflate(packed: bytes, declared: int) -> bytes:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        whole = machine.decompress(packed, declared + 1)
    except zlib.error as error:
        raise broken() from error
    if len(whole) > declared:
        raise bomb("часть архива больше, чем в нём записано")
    return whole


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    for part in parts:
        _check_name(part)
        if part.flag_bits & 1:
            raise locked()
        if part.file_size > RATIO_SINCE and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise bomb(f"сжат больше чем в {MAX_RATIO} раз")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise bomb()


def _check_name(part: zipfile.ZipInfo) -> None:
    path = part.filename.replace("\\", "/")
    if (
        path.startswith("/")
        or re.match(r"[A-Za-z]:", path)
        or ".." in path.split("/")
        or "\x00" in part.orig_filename
    ):
        shown = "".join(letter for letter in part.filename[:60] if letter.isprintable())
        raise Refused(f"В архиве недопустимое имя файла: «{shown}».", code="F-NAME")
