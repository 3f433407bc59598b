"""What a PDF may carry besides its pages: scripts, commands, inserted files. Looked for in its bytes, packed ones too."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from typing import Final

from opora.imports.readers.refusals import active, bomb

_END: Final = rb"(?=[\s/<>\[\]()\d]|$)"
# Long names are looked for everywhere: no packed picture spells one of them by chance.
_DANGERS: Final = (
    (re.compile(rb"/JavaScript" + _END), "сценарий (JavaScript)"),
    (re.compile(rb"/XFA" + _END), "сценарий (форма XFA)"),
    (re.compile(rb"/Launch" + _END), "запуск команды"),
    (re.compile(rb"/(?:SubmitForm|ImportData)" + _END), "отправка данных наружу"),
    (re.compile(rb"/(?:EmbeddedFiles?|GoToE|RichMedia|Movie)" + _END), "вложенный файл"),
)
_SCRIPT: Final = re.compile(rb"/JS(?=[\s(/<\[\d])")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_FILTERS: Final = re.compile(rb"/(?:A85|AHx|Fl|LZW|RL|ASCII85Decode|ASCIIHexDecode|\w+Decode|Crypt)\b")
_PREDICTED: Final = re.compile(rb"/Predictor\s+(?!1\b)\d")
_HEAD: Final = 2_000
_MOST_STREAMS: Final = 20_000
_MOST_UNPACKED: Final = 100 * 1024 * 1024


def refuse_dangers(content: bytes) -> None:
    """Refused: F-ACTIVE when a PDF does more than show pages, F-BOMB when its packed objects are too large to look at."""
    _refuse(content)
    if _SCRIPT.search(_plain(_without_streams(content))):
        raise active("сценарий (JavaScript)")
    for piece in _packed_objects(content):
        _refuse(piece)
        if _SCRIPT.search(_plain(piece)):
            raise active("сценарий (JavaScript)")


def _refuse(piece: bytes) -> None:
    piece = _plain(piece)
    for pattern, words in _DANGERS:
        if pattern.search(piece):
            raise active(words)


def _plain(piece: bytes) -> bytes:
    """A name may be written with numbers of its letters: /Java#53cript."""
    if b"#" not in piece:
        return piece
    return _ESCAPED.sub(lambda found: bytes((int(found.group(1), 16),)), piece)


def _without_streams(content: bytes) -> bytes:
    """The bytes outside of streams: the letters of a packed picture may spell anything short."""
    return re.sub(rb"(?<![a-z])stream\r?\n.*?endstream", b" ", content, flags=re.DOTALL)


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """Streams of objects unpacked. Refused when they are packed so that nobody could say what is in them."""
    unpacked = 0
    for count, found in enumerate(_STREAM.finditer(content)):
        if count > _MOST_STREAMS:
            raise bomb("в нём слишком много частей")
        head = _plain(content[max(0, found.start() - _HEAD) : found.start()])
        head = head[max(head.rfind(b"endobj"), head.rfind(b"endstream"), 0) :]
        if b"/ObjStm" not in head:
            continue
        piece = _unpacked(content, found.end(), head, _MOST_UNPACKED - unpacked)
        unpacked += len(piece)
        yield piece


def _unpacked(content: bytes, start: int, head: bytes, most: int) -> bytes:
    filters = [name.strip(b"/") for name in _FILTERS.findall(head)]
    if _PREDICTED.search(head) or len(filters) > 2:
        raise active("объекты упакованы так, что их не проверить")
    end = content.find(b"endstream", start)
    piece = content[start : end if end >= 0 else len(content)]
    for name in filters:
        if name in {b"FlateDecode", b"Fl"}:
            # The packed bytes may spell «endstream» too: the packing itself knows where it ends.
            piece = _inflated(content[start:] if name is filters[0] else piece, most)
        elif name in {b"ASCIIHexDecode", b"AHx"}:
            piece = _from_hex(piece)
        elif name in {b"ASCII85Decode", b"A85"}:
            piece = _from_85(piece)
        else:
            raise active("объекты упакованы так, что их не проверить")
    return piece


def _inflated(piece: bytes, most: int) -> bytes:
    machine = zlib.decompressobj()
    try:
        whole = machine.decompress(piece, max(most, 1))
    except zlib.error as error:
        raise active("объекты упакованы так, что их не проверить") from error
    if machine.unconsumed_tail and not machine.eof:
        raise bomb()
    return whole


def _from_hex(piece: bytes) -> bytes:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", piece.partition(b">")[0])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _from_85(piece: bytes) -> bytes:
    body = b"".join(piece.partition(b"~>")[0].split()).removeprefix(b"<~")
    try:
        return base64.a85decode(body)
    except (ValueError, binascii.Error) as error:
        raise active("объекты упакованы так, что их не проверить") from error
