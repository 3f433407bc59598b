"""Letters of a PDF put into lines, and lines into text: words broken by a narrow cell are mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from opora.imports.readers.pdf_page import Letter

_GAP: Final = 0.15
_SAME_LINE: Final = 0.5
_INSIDE: Final = 0.9
_FITS: Final = 3.0
_LAST_WORD: Final = re.compile(r"([А-Яа-яЁёA-Za-z]+)$")
_FIRST_WORD: Final = re.compile(r"[А-Яа-яЁёA-Za-z]+")
_FIGURES: Final = re.compile(r"\d+(?:\.\d+)*\.?")
_MORE_FIGURES: Final = re.compile(r"\.?\d+(?:\.\d+)*\.?")
_MISREAD: Final = re.compile("[À-ÿ]")


@dataclass(slots=True)
class TextLine:
    """One line of letters. `has_space` says that a space stands at its end, which a broken line keeps."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    has_space: bool
    first_width: float
    is_bold: bool
    letters: list[Letter]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Loose:
    """A line of words outside of any ruled table; `width` is how wide the words of its page are."""

    page: int
    line: TextLine
    width: float


class Speller:
    """Knows Russian words; the dictionary is loaded when it is asked for the first time."""

    def __init__(self) -> None:
        self._words: Any = None
        self._known: dict[str, bool] = {}

    def knows(self, word: str) -> bool:
        """Whether the dictionary has the word in some form."""
        word = word.lower()
        if word not in self._known:
            if self._words is None:
                import pymorphy3  # a fifth of a second, and only broken words need it

                self._words = pymorphy3.MorphAnalyzer(lang="ru")
            self._known[word] = bool(self._words.word_is_known(word))
        return self._known[word]


def lines_of(letters: Sequence[Letter]) -> list[TextLine]:
    """Letters as lines from the top down; letters standing one under another are one turned line."""
    gathered: list[list[Letter]] = []
    tallest: Letter | None = None
    for letter in sorted(
        (letter for letter in letters if letter.text not in "\r\n"), key=lambda it: it.middle
    ):
        if tallest is not None and _stands_beside(letter, tallest):
            gathered[-1].append(letter)
        else:
            gathered.append([letter])
            tallest = letter
        if letter.size > tallest.size and not letter.text.isspace():
            tallest = letter
    if _is_turned(gathered):
        return [_line([*letters], is_turned=True)]
    lines = [_line(sorted(line, key=lambda letter: letter.left)) for line in gathered]
    return [line for line in lines if line.text]


def _stands_beside(letter: Letter, tallest: Letter) -> bool:
    """Does a letter share its height with a line: a full stop, whose box may be a third of a figure's, too."""
    if abs(letter.middle - tallest.middle) <= _SAME_LINE * max(min(letter.size, tallest.size), 1.0):
        return True
    shared = min(letter.bottom, tallest.bottom) - max(letter.top, tallest.top)
    return shared >= _INSIDE * letter.size > 0


def is_spaced(lines: Sequence[TextLine]) -> bool:
    """Whether the maker of the file left spaces at the ends of broken lines."""
    return sum(line.has_space for line in lines) >= 2


def text_of(lines: Sequence[TextLine], width: float, spaced: bool, speller: Speller) -> str:
    """The lines of one cell or paragraph as text; `width` is how wide its words may be, in points."""
    text = ""
    for at, line in enumerate(lines):
        onward = _onward(lines, at)
        text = line.text if at == 0 else _added(text, lines[at - 1], line, onward, width, spaced, speller)
    return text.replace("\u00ad", "")


def _onward(lines: Sequence[TextLine], at: int) -> str:
    """The first word of the next line where a line is one word that may go on there."""
    if at + 1 >= len(lines) or lines[at].has_space or not _LAST_WORD.fullmatch(lines[at].text):
        return ""
    found = _FIRST_WORD.match(lines[at + 1].text)
    return found.group() if found else ""


def mended(text: str) -> str:
    """Text whose cp1251 letters were taken for Latin ones («Ïðèêàç») turned into Russian."""
    if len(_MISREAD.findall(text)) * 2 < len(text.replace(" ", "")) or re.search("[А-я]", text):
        return text
    return text.encode("cp1252", errors="replace").decode("cp1251", errors="replace")


def _breaks_here(line: TextLine, following: TextLine, width: float) -> bool:
    """Whether the writer ended the line: the first word of the next one would have fitted in."""
    return (line.right - line.left) + following.first_width + _FITS <= width


def _added(
    text: str,
    line: TextLine,
    following: TextLine,
    onward: str,
    width: float,
    spaced: bool,
    speller: Speller,
) -> str:
    new = following.text
    if line.has_space:
        return f"{text} {new}"
    if text.endswith("\u00ad"):
        return text[:-1] + new
    if text.endswith(("-", "‐", "‑")):
        return _after_hyphen(text, new, speller)
    if text.endswith("/"):
        return text + new
    if spaced and text.endswith(("–", "—")) and abs(line.left - following.left) < _FITS:
        # Where spaces are kept at the ends of lines, none after a dash means that there was none.
        return text + new
    is_ended = _breaks_here(line, following, width)
    if not is_ended and _is_one_word(line.text, new, text, speller):
        return text + new
    if spaced and not is_ended and _is_piece(new, text, onward, speller):
        return text + new
    return f"{text}\n{new}" if is_ended and spaced else f"{text} {new}"


def _after_hyphen(text: str, new: str, speller: Speller) -> str:
    before, after = _LAST_WORD.search(text[:-1]), _FIRST_WORD.match(new)
    if text[-2:-1].isspace():
        return f"{text} {new}"
    if before and after and after.group()[0].islower():
        whole = before.group(1) + after.group()
        halves_known = speller.knows(before.group(1)) and speller.knows(after.group())
        if not halves_known and speller.knows(whole):
            return text[:-1] + new
    return text + new


def _is_one_word(line: str, new: str, text: str, speller: Speller) -> bool:
    """Whether a line was broken within a word: a cell was too narrow for it."""
    if _FIGURES.fullmatch(line) and _MORE_FIGURES.fullmatch(new) and len(line) > 1:
        return True
    before, after = _LAST_WORD.search(text), _FIRST_WORD.match(new)
    if not before or not after or not after.group()[0].islower():
        return False
    if " " not in line.strip() and not (speller.knows(before.group(1)) and speller.knows(after.group())):
        return speller.knows(before.group(1) + after.group()) or len(after.group()) <= 2
    halves_known = speller.knows(before.group(1)) and speller.knows(after.group())
    return not halves_known and speller.knows(before.group(1) + after.group())


def _is_piece(new: str, text: str, onward: str, speller: Speller) -> bool:
    """Where a maker leaves spaces at the ends of lines, a line without one was broken within a word."""
    before, after = _LAST_WORD.search(text), _FIRST_WORD.match(new)
    if not before or not after or not after.group()[0].islower():
        return False
    first, second = before.group(1), after.group()
    if (len(second) <= 2 and speller.knows(first + second)) or (
        onward and speller.knows(first + second + onward)
    ):
        return True
    goes_on = bool(onward) and speller.knows(second + onward)
    return not (speller.knows(first) and (goes_on or speller.knows(second)))


def _is_turned(gathered: Sequence[Sequence[Letter]]) -> bool:
    words = [[letter for letter in line if not letter.text.isspace()] for line in gathered]
    single = [line[0] for line in words if len(line) == 1]
    if len(single) < 4 or len(single) < sum(bool(line) for line in words):
        return False
    return max(it.left for it in single) - min(it.left for it in single) < 2 * max(it.size for it in single)


def _line(letters: list[Letter], *, is_turned: bool = False) -> TextLine:
    pieces: list[str] = []
    before: Letter | None = None
    first_end = 0.0
    for letter in letters:
        is_space = letter.text.isspace()
        if before is not None and not is_space and not is_turned:
            gap = letter.left - before.right
            if gap > _GAP * max(letter.size, 1.0) and not pieces[-1].isspace():
                pieces.append("\t" if gap > 3 * letter.size else " ")
        pieces.append(letter.text if letter.text == "\u00a0" else " " if is_space else letter.text)
        before = letter if not is_space else before
        if " " not in "".join(pieces).strip() and not is_space:
            first_end = letter.right
    text = "".join(pieces)
    printed = [letter for letter in letters if not letter.text.isspace()] or letters
    bold = sum(letter.is_bold for letter in printed)
    left = min(letter.left for letter in printed)
    return TextLine(
        text=mended(re.sub(r" {2,}", " ", text.strip(" \t\u00a0"))),
        left=left,
        right=max(letter.right for letter in printed),
        top=min(letter.top for letter in printed),
        bottom=max(letter.bottom for letter in printed),
        has_space=bool(text.strip()) and text[-1] in " \u00a0",
        first_width=max(first_end - left, 0.0),
        is_bold=bold > len(printed) / 2,
        letters=letters,
    )
