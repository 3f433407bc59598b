"""One spelling for one letter: spaces, dashes, invisible marks and Latin look-alikes made plain."""

from __future__ import annotations

import unicodedata

# A term is a cell of a table; anything longer is not a term, and reading it would only cost time.
LONGEST = 2000
_REMEMBERED = 4096
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_DASHES = "\u2212\u2043\u02d7\u2500\u2501\u2011\u00ac"
_RAISED = "".join(map(chr, (0xB2, 0xB3, 0xB9, *range(0x2070, 0x208A))))
_LATIN = str.maketrans("aceopxykmtABCEHKMOPTXYbhnu", "асеорхукмтАВСЕНКМОРТХУьнпи")


def _plain(char: str) -> str:
    if char in _BREAKS:
        return "\n"
    if char in _DASHES:
        return "-"
    if char in _RAISED:
        return ""
    if char in "ёЁ":
        return "е" if char == "ё" else "Е"
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category in ("Zs", "Cc"):
        return " "
    if category == "Pd":
        return "-"
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category[0] == "L" or category == "Nl" or "\uff01" <= char <= "\uff5e":
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) <= 4 else " "
    return char


class _Letters(dict[int, str]):
    """Plain forms by code point, filled as letters are met, and no more of them than a text needs."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = plain
        return plain


_LETTERS = _Letters()


def plain_spelling(text: str) -> str | None:
    """The text with plain spaces, dashes and letters, its case kept; None when it is too long for a term."""
    if len(text) > LONGEST:
        text = "\n".join(text.split()) if len(text) <= 20 * LONGEST else text
        if len(text) > LONGEST:
            return None
    return text.replace("и\u0306", "й").replace("И\u0306", "Й").translate(_LETTERS)


def cyrillic(word: str) -> str:
    """The word with Latin look-alike letters turned into Cyrillic ones, lower case."""
    return word.translate(_LATIN).lower().replace("ё", "е")
