"""The letters of an RTF file: control words, groups, code pages; what is not text of the document is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from opora.imports.readers.refusals import active, broken

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_MOST_DEPTH: Final = 500
_LEFT_OUT: Final = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "headerl",
    "headerr", "headerf", "footerl", "footerr", "footerf", "footnote", "annotation", "atnid",
    "atnauthor", "atndate", "atnref", "atnparent", "xmlnstbl", "listtable", "listoverridetable",
    "rsidtbl", "generator", "themedata", "colorschememapping", "latentstyles", "datastore", "fldinst",
    "filetbl", "revtbl", "bkmkstart", "bkmkend", "private", "shpinst", "nonshppict", "listpicture",
    "pgdsctbl", "mmathPr", "template", "wgrffmtfilter", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc",
    "userprops", "docvar", "pnseclvl",
})  # fmt: skip
_SIGNS: Final = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "tab": "\t",
    "line": "\n",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_CHARSETS: Final = {
    0: "cp1252",
    204: "cp1251",
    238: "cp1250",
    161: "cp1253",
    162: "cp1254",
    77: "mac_roman",
    2: "cp1252",
}


class Event(NamedTuple):
    """A control word that shapes the document (`word` with its number) or a stretch of letters (`word` empty)."""

    word: str
    number: int | None
    text: str
    is_bold: bool


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and forgets when it closes."""

    is_left_out: bool = False
    is_hidden: bool = False
    is_bold: bool = False
    encoding: str = ""
    skipped_after: int = 1
    is_raised: bool = False


def events(content: bytes) -> Iterator[Event]:
    """The letters and the control words of an RTF in order. Refused: F-ACTIVE, F-BROKEN."""
    if re.search(rb"\\obj(?:data|update|ocx|emb)\b", content):
        raise active("вложенный объект (OLE)")
    yield from _Reading(content).events()


class _Reading:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._page = _code_page(content)
        self._fonts = _fonts(content)
        self._state = _State(encoding=self._page)
        self._stack: list[_State] = []
        self._skip = 0
        self._bytes = bytearray()
        self._is_star = False

    def events(self) -> Iterator[Event]:
        for found in _TOKEN.finditer(self._content):
            word, number, code, sign, brace, letters = found.groups()
            if code is not None or letters is not None:
                self._collect(bytes((int(code, 16),)) if code else letters)
                continue
            said = self._flushed()
            if said:
                yield said
            if brace:
                self._brace(brace)
            elif sign is not None:
                yield from self._sign(sign.decode("latin-1"))
            elif word is not None:
                yield from self._word(word.decode(), int(number) if number else None)
        said = self._flushed()
        if said:
            yield said
        if self._stack and not self._content.rstrip(b"\0\r\n\t ").endswith(b"}"):
            # half a plan must not pass for the whole of it; braces in pictures are no sign
            raise broken("файл обрывается")

    def _collect(self, letters: bytes) -> None:
        if self._skip:
            taken = min(self._skip, len(letters))
            self._skip -= taken
            letters = letters[taken:]
        if not self._state.is_left_out and not self._state.is_hidden:
            self._bytes += letters
        self._is_star = False

    def _flushed(self) -> Event | None:
        if not self._bytes:
            return None
        text = bytes(self._bytes).decode(self._state.encoding or "cp1252", errors="replace")
        self._bytes.clear()
        return self._said(text)

    def _said(self, text: str) -> Event:
        if self._state.is_raised and text.strip().isdigit():
            text = text.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return Event("", None, text, self._state.is_bold)

    def _brace(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{":
            if len(self._stack) >= _MOST_DEPTH:
                raise broken(f"вложенность больше {_MOST_DEPTH} уровней")
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()

    def _sign(self, sign: str) -> Iterator[Event]:
        if sign == "*":
            self._is_star = True
            return
        letter = {"~": "\u00a0", "-": "\u00ad", "_": "-", "\\": "\\", "{": "{", "}": "}"}.get(sign)
        if letter and not self._state.is_left_out and not self._state.is_hidden:
            yield self._said(letter)
        elif sign in "\r\n" and not self._state.is_left_out:
            yield Event("par", None, "", False)

    def _word(self, word: str, number: int | None) -> Iterator[Event]:
        is_star, self._is_star = self._is_star, False
        if word in _LEFT_OUT or (is_star and word not in {"shppict", "upr", "ud"}):
            self._state = replace(self._state, is_left_out=True)
        elif word == "bin":
            self._skip = max(0, number or 0)
        elif word == "u" and number is not None:
            yield from self._letter(number)
        elif self._changes(word, number) or self._state.is_left_out:
            return
        elif word in _SIGNS:
            if not self._state.is_hidden:
                yield self._said(_SIGNS[word])
        else:
            yield Event(word, number, "", False)

    def _letter(self, number: int) -> Iterator[Event]:
        self._skip = self._state.skipped_after
        if not self._state.is_left_out and not self._state.is_hidden:
            code = number % 65536
            # Halves of a pair come one after another; a lone half is no letter.
            if not 0xD800 <= code <= 0xDFFF:
                yield self._said(chr(code))

    def _changes(self, word: str, number: int | None) -> bool:
        """Whether the word only changes how the following letters are taken."""
        is_on = number != 0
        match word:
            case "b":
                self._state = replace(self._state, is_bold=is_on)
            case "v" | "deleted":
                self._state = replace(self._state, is_hidden=is_on)
            case "super":
                self._state = replace(self._state, is_raised=is_on)
            case "nosupersub":
                self._state = replace(self._state, is_raised=False)
            case "uc":
                self._state = replace(self._state, skipped_after=max(0, number or 0))
            case "f":
                self._state = replace(self._state, encoding=self._fonts.get(number or 0) or self._page)
            case "plain":
                self._state = replace(self._state, is_bold=False, is_hidden=False, is_raised=False)
            case _:
                return False
        return True


def _code_page(content: bytes) -> str:
    found = re.search(rb"\\ansicpg(\d{1,5})", content[:4000])
    name = f"cp{int(found.group(1))}" if found else "cp1252"
    if name in {"cp1252", "cp0"} and len(re.findall(rb"\\'[c-fC-F][0-9a-fA-F]", content)) > 200:
        # Old Russian writers name the western page and mean the Cyrillic one.
        return "cp1251"
    return {"cp10007": "mac_cyrillic", "cp65001": "utf-8"}.get(name, name) if _is_known(name) else "cp1251"


def _is_known(name: str) -> bool:
    if name in {"cp10007", "cp65001"}:
        return True
    try:
        "".encode(name)
    except LookupError:
        return False
    return True


def _fonts(content: bytes) -> dict[int, str]:
    """Encodings by the number of a font, where its character set is a national one."""
    start = content.find(b"{\\fonttbl")
    table = content[start : start + 60_000] if start >= 0 else b""
    return {
        int(font): _CHARSETS[int(charset)]
        for font, charset in re.findall(rb"\\f(\d{1,5})(?:\\[a-z]+\d*)*?\\fcharset(\d{1,3})", table)
        if int(charset) in _CHARSETS and int(charset) not in {0, 2}
    }
