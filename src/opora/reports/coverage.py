"""Which characters a font file has: read from its «cmap» table (OpenType, format 4), nothing else is asked of it."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

UNICODE_ON_WINDOWS = (3, 1)
FORMAT = 4


def characters_of(font: Path) -> set[int]:
    """The code points of the basic plane that a font can draw. ValueError when it has no such table."""
    data = font.read_bytes()
    return set(_mapped(data, _subtable(data, _table(data, b"cmap"))))


def class_of(points: Iterable[int]) -> str:
    """The inside of a regular expression's brackets that matches exactly these code points."""
    ranges: list[list[int]] = []
    for point in sorted(points):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


def _table(data: bytes, tag: bytes) -> int:
    count = struct.unpack_from(">H", data, 4)[0]
    for place in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * place)
        if name == tag:
            return int(offset)
    raise ValueError(f"no table {tag!r}")


def _subtable(data: bytes, cmap: int) -> int:
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    for place in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * place)
        at = cmap + int(offset)
        if (platform, encoding) == UNICODE_ON_WINDOWS and struct.unpack_from(">H", data, at)[0] == FORMAT:
            return at
    raise ValueError("no Unicode table of format 4")


def _mapped(data: bytes, at: int) -> Iterator[int]:
    double = struct.unpack_from(">H", data, at + 6)[0]
    segments = double // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{segments}H", data, at + 14 + part * double + (2 if part else 0))
        for part in range(4)
    )
    ranges_at = at + 16 + 3 * double
    for place in range(segments):
        for point in range(starts[place], min(ends[place], 0xFFFE) + 1):
            glyph = point
            if offsets[place]:
                where = ranges_at + 2 * place + offsets[place] + 2 * (point - starts[place])
                glyph = struct.unpack_from(">H", data, where)[0]
                if glyph == 0:
                    continue
            if (glyph + deltas[place]) & 0xFFFF:
                yield point
