"""Letters of a text: cleaning at every door, letters that may not be, folding for search and order."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"\\U{plane:04x}fffe\\U{plane:04x}ffff" if plane else "\\ufffe\\uffff" for plane in range(17)
)
# PostgreSQL refuses NUL, docx and xlsx break on the other controls, UTF-8 cannot write half a surrogate pair,
# and a bidi override shows a file name or a sum that is not there.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069" + _NONCHARACTERS + "]"
)
# Nobody sees these, and a word with one of them inside is not found by search.
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u200e\u200f\u061c\u2060\ufeff]")
# Word's line break inside a paragraph is pasted as \x0b, a page break as \x0c: a person sees a new line.
_NEWLINE: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES: Final = re.compile(r"\s+")
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def clean(text: str) -> str:
    """The text without letters that break a database, an export or the eye; newlines are \\n, letters NFC.

    What a person sees stays, no-break spaces too; soft hyphens and zero-width letters go.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _NEWLINE.sub("\n", text)
    text = _INVISIBLE.sub("", _FORBIDDEN.sub("", text))
    return unicodedata.normalize("NFC", text)


def find_forbidden(text: str) -> int | None:
    """The place, counted from 1, of the first letter refused as T-CHARS; None where the text is sound."""
    found = _FORBIDDEN.search(text)
    return found.start() + 1 if found else None


def fold(text: str) -> str:
    """The text as search and order see it: lower case, ё as е, one kind of dash, single plain spaces."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).lower().replace("ё", "е")
    return _SPACES.sub(" ", text.translate(_DASHES)).strip()
