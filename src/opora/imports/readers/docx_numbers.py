"""Automatic numbers of a Word document: they live in numbering.xml and are nowhere in the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from opora.imports.readers.markup import parse

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS: Final = 9
_RUSSIAN: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DASHES: Final = frozenset("-–—−‒")
_GAPS: Final = {"tab": "\t", "space": " ", "nothing": ""}


@dataclass(slots=True)
class _Level:
    start: int = 1
    shape: str = "decimal"
    text: str = ""
    gap: str = "tab"
    restarts_after: int | None = None
    is_legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """One abstract list: its levels, and how far each has counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counted: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    style_link: str = ""


@dataclass(slots=True)
class _Use:
    """One `w:num`: which list it counts, with levels of its own and levels that it begins anew."""

    list_id: str
    own: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


class Numbers:
    """The counters of a document; paragraphs must be asked for in reading order."""

    def __init__(self, numbering: bytes | None) -> None:
        self._lists: dict[str, _List] = {}
        self._uses: dict[str, _Use] = {}
        self._by_style: dict[str, str] = {}
        if numbering is None:
            return
        root = parse(numbering)
        for node in root.iter(f"{W}abstractNum"):
            self._lists[node.get(f"{W}abstractNumId", "")] = _read_list(node)
            for link in node.iter(f"{W}styleLink"):
                self._by_style[link.get(f"{W}val", "")] = node.get(f"{W}abstractNumId", "")
        for node in root.iter(f"{W}num"):
            self._uses[node.get(f"{W}numId", "")] = _read_use(node)

    def level_of_style(self, number_id: str, style: str) -> int:
        """The level of a list that is tied to a paragraph style; the first where none is."""
        use = self._uses.get(number_id)
        found = self._list_of(use) if use else None
        if found:
            for index, level in found.levels.items():
                if level.style == style:
                    return index
        return 0

    def next_label(self, number_id: str, index: int) -> str:
        """The printed number of the next paragraph with its gap; empty when there is none."""
        use = self._uses.get(number_id)
        found = self._list_of(use) if use else None
        if use is None or found is None or not 0 <= index < _LEVELS:
            return ""
        level = self._level(use, found, index)
        self._count(use, found, index, level)
        label = self._label(use, found, index, level)
        return label + _GAPS.get(level.gap, "\t") if label else ""

    def _list_of(self, use: _Use) -> _List | None:
        found = self._lists.get(use.list_id)
        if found is not None and found.style_link in self._by_style:
            return self._lists.get(self._by_style[found.style_link], found)
        return found

    @staticmethod
    def _level(use: _Use, found: _List, index: int) -> _Level:
        return use.own.get(index) or found.levels.get(index) or _Level()

    def _count(self, use: _Use, found: _List, index: int, level: _Level) -> None:
        before = found.counted[index]
        if index in use.starts and index not in use.begun:
            found.counted[index] = use.starts[index]
        else:
            found.counted[index] = level.start if before is None else before + 1
        use.begun.add(index)
        for deeper in range(index + 1, _LEVELS):
            after = self._level(use, found, deeper).restarts_after
            if after is None or (after and index < after):
                found.counted[deeper] = None

    def _label(self, use: _Use, found: _List, index: int, level: _Level) -> str:
        if level.shape == "bullet":
            mark = level.text.strip()
            return "–" if mark in _DASHES else "•" if mark else ""
        if level.shape == "none":
            return level.text if "%" not in level.text else ""
        label = level.text
        for upper in range(index + 1):
            mark = f"%{upper + 1}"
            if mark in label:
                kept = self._level(use, found, upper)
                if found.counted[upper] is None:
                    found.counted[upper] = use.starts.get(upper, kept.start)
                shape = "decimal" if level.is_legal else kept.shape
                label = label.replace(mark, shaped(found.counted[upper] or 0, shape))
        return label


def shaped(number: int, shape: str) -> str:
    """A counter as its format prints it: 4 → «4», «iv», «D», «г»."""
    if shape == "decimalZero":
        return f"{number:02d}"
    if shape in {"lowerRoman", "upperRoman"}:
        return _cased(_roman(number), shape)
    if shape in {"lowerLetter", "upperLetter"}:
        return _cased(_lettered(number, _LATIN), shape)
    if shape in {"russianLower", "russianUpper"}:
        return _cased(_lettered(number, _RUSSIAN), "upper" if shape == "russianUpper" else "lower")
    if shape == "ordinal":
        return f"{number}-й"
    return "" if shape == "none" else str(number)


def _cased(text: str, shape: str) -> str:
    return text.upper() if shape.startswith("upper") else text


def _lettered(number: int, letters: str) -> str:
    if not 1 <= number <= 1000:
        return str(number)
    return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)


def _roman(number: int) -> str:
    if not 1 <= number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _read_list(node: Any) -> _List:
    found = _List()
    for child in node:
        if child.tag == f"{W}lvl":
            found.levels[_number(child.get(f"{W}ilvl"), 0)] = _read_level(child)
        elif child.tag == f"{W}numStyleLink":
            found.style_link = child.get(f"{W}val", "")
    return found


def _read_level(node: Any) -> _Level:
    level = _Level()
    for child in node:
        value = child.get(f"{W}val")
        match child.tag.removeprefix(W):
            case "start":
                level.start = _number(value, 1)
            case "numFmt":
                level.shape = value or "decimal"
            case "lvlText":
                level.text = value or ""
            case "suff":
                level.gap = value or "tab"
            case "lvlRestart":
                level.restarts_after = _number(value, 0)
            case "isLgl":
                level.is_legal = value not in {"0", "false", "off"}
            case "pStyle":
                level.style = value or ""
    return level


def _read_use(node: Any) -> _Use:
    link = node.find(f"{W}abstractNumId")
    use = _Use(list_id=link.get(f"{W}val", "") if link is not None else "")
    for override in node.iter(f"{W}lvlOverride"):
        index = _number(override.get(f"{W}ilvl"), 0)
        start = override.find(f"{W}startOverride")
        own = override.find(f"{W}lvl")
        if start is not None:
            use.starts[index] = _number(start.get(f"{W}val"), 1)
        if own is not None:
            use.own[index] = _read_level(own)
    return use


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise
