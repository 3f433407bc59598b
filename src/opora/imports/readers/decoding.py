"""Bytes of a plain text turned into letters: which encoding they are in is told by the letters themselves."""

from __future__ import annotations

import re
from typing import Final

from opora.imports.readers.refusals import unknown_encoding, wrong_type

_SAMPLE: Final = 60_000
_FREQUENT: Final = frozenset("оеаинтсрвлкмдпу")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")
_CYRILLIC: Final = re.compile("[А-яЁё]")
_WRONG_CASE: Final = re.compile("[а-яё][А-ЯЁ]")
_USUAL: Final = re.compile("[\\s!-~А-яЁё«»„“”‘’№–—…•·°±§€²³¹\u00a0\u00ad─-╿]")
_SINGLE_BYTE: Final = ("cp1251", "koi8-r", "cp866")
_GOOD_ENOUGH: Final = 0.75
_SOUND: Final = 50  # Russian letters to one that is none


def decode(content: bytes) -> str:
    """The text of the bytes, newlines as \\n, without NUL.

    Refused: F-ENC when no encoding fits, F-TYPE when this is no text at all.
    """
    text = _decoded(content)
    if len(_CONTROLS.findall(text[:_SAMPLE])) > 3:
        raise wrong_type("по содержимому это не текст")
    text = _CONTROLS.sub("", text).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")


def _decoded(content: bytes) -> str:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content.removeprefix(mark).decode(name, errors="replace")
    name = _wide(content)
    if name:
        return content.decode(name, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(content) - 4 and error.start > 20:
            # The last letter was cut in half; the rest is sound.
            return content[: error.start].decode("utf-8")
    marred = content.decode("utf-8", errors="replace")
    if len(_CYRILLIC.findall(marred)) > _SOUND * marred.count("\ufffd"):
        return marred  # a letter or two spoilt on the way: a person sees where
    return _single_byte(content)


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: every other byte of its Russian letters and spaces is 0 or 4."""
    head = content[:2000]
    if len(head) < 4 or len(content) % 2:
        return ""
    even, odd = head[::2], head[1::2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        plain = sum(byte in (0, 4) for byte in high)
        if plain > 0.9 * len(high) and sum(byte in (0, 4) for byte in low) < 0.2 * len(low):
            return name
    return ""


def _single_byte(content: bytes) -> str:
    if _CONTROLS.search(content[:_SAMPLE].decode("latin-1")):
        raise wrong_type("по содержимому это не текст")
    scores = {name: _likeness(content[:_SAMPLE].decode(name, errors="replace")) for name in _SINGLE_BYTE}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < _GOOD_ENOUGH:
        raise unknown_encoding()
    return content.decode(best, errors="replace")


def _likeness(text: str) -> float:
    """How much a text looks like Russian: about 1 for Russian, well under a half for a wrong encoding."""
    alien = [letter for letter in text if letter > "\x7f"]
    letters = _CYRILLIC.findall(text)
    if not letters:
        return 0.0
    usual = sum(bool(_USUAL.match(letter)) for letter in alien) / len(alien)
    lower = sum(letter in _FREQUENT for letter in letters) / len(letters)
    upper = sum(letter.lower() in _FREQUENT for letter in letters) / len(letters)
    frequent = max(lower, 0.8 * upper) / 0.7
    return usual * min(frequent, 1.0) - 2.0 * len(_WRONG_CASE.findall(text)) / len(letters)
