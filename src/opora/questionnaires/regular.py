"""Regular expressions of forms, matched in time that grows with the text alone, whatever the expression is."""

from __future__ import annotations

import importlib
import re
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

MOST_LETTERS: Final = 500
MOST_STATES: Final = 2_000
MOST_TEXT: Final = 2_000
_MOST_TIMES: Final = 1_000

# Python's own reader of expressions; its matcher goes back over the text again and again, so the walk is ours.
_READER: Final[Any] = importlib.import_module("re._parser")
_ENDLESS: Final = _READER.MAXREPEAT
_CLASSES: Final = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
# Classes of letters by name, as forms of others write them (`\p{L}`): Latin, Greek, Cyrillic, Armenian, Georgian.
_LETTERS: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0386-\u03ff"
    "\u0400-\u0481\u048a-\u052f\u0531-\u0587\u10a0-\u10ff"
)
_NAMED: Final = {"L": _LETTERS, "Lu": "A-ZА-ЯЁ", "Ll": "a-zа-яё", "N": "0-9", "Nd": "0-9"}
_NAME: Final = re.compile(r"\\p\{(\w+)\}")


class NotRegular(Exception):
    """The expression cannot be matched in bounded time; the words are Russian and go into a remark."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(slots=True)
class _State:
    """A place of the walk: a letter may be taken to `after`, or places reached without any letter."""

    letter: re.Pattern[str] | None = None
    after: int = -1
    free: list[int] = field(default_factory=list)
    at: str = ""


def matches(expression: str, text: str) -> bool:
    """Whether the whole text is as the expression says (ODK's `regex`); a text over 2,000 letters never is."""
    if len(text) > MOST_TEXT:
        return False
    states, start, end = _walk_of(expression)
    here = _spread(states, {start}, 0, len(text))
    for place, letter in enumerate(text, start=1):
        taken = {
            states[one].after
            for one in here
            if (pattern := states[one].letter) is not None and pattern.match(letter)
        }
        if not taken:
            return False
        here = _spread(states, taken, place, len(text))
    return end in here


def check(expression: str) -> None:
    """Raise NotRegular, with Russian words, when the expression may not stand in a form."""
    _walk_of(expression)


def breadth(expression: str) -> int:
    """The places of the walk of an expression; NotRegular when it may not stand in a form."""
    return len(_walk_of(expression)[0])


@lru_cache(maxsize=256)
def _walk_of(expression: str) -> tuple[list[_State], int, int]:
    if len(expression) > MOST_LETTERS:
        raise NotRegular(f"регулярное выражение длиннее {MOST_LETTERS} знаков")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read = _READER.parse(_with_classes(expression))
    except (re.error, RecursionError, OverflowError) as error:
        raise NotRegular("регулярное выражение написано не по правилам") from error
    walk = _Walk(read.state.flags)
    start = walk.place()
    end = walk.sequence(read, start)
    return walk.states, start, end


def _with_classes(expression: str) -> str:
    """The expression with classes of letters by name written out: Python's reader does not know them."""
    written, inside, place = "", False, 0
    while place < len(expression):
        named = _NAME.match(expression, place)
        if named is not None and named[1] in _NAMED:
            letters = _NAMED[named[1]]
            written += letters if inside else f"[{letters}]"
            place = named.end()
            continue
        step = 2 if expression[place] == "\\" else 1
        inside = (inside or expression[place] == "[") and expression[place] != "]"
        written += expression[place : place + step]
        place += step
    return written


class _Walk:
    """Builds the places of a walk from what Python's reader understood."""

    def __init__(self, flags: int) -> None:
        self.states: list[_State] = []
        self._flags = flags & (re.IGNORECASE | re.DOTALL)

    def place(self) -> int:
        if len(self.states) >= MOST_STATES:
            raise NotRegular("регулярное выражение слишком сложно: уменьшите числа в скобках {…}")
        self.states.append(_State())
        return len(self.states) - 1

    def sequence(self, parts: Any, start: int) -> int:
        for operation, told in parts:
            start = self._part(str(operation), told, start)
        return start

    def _part(self, operation: str, told: Any, start: int) -> int:
        if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = told
            return self._repeat(least, most, inner, start)
        if operation == "SUBPATTERN":
            return self.sequence(told[3], start)
        if operation == "BRANCH":
            end = self.place()
            for one in told[1]:
                first = self.place()
                self.states[start].free.append(first)
                self.states[self.sequence(one, first)].free.append(end)
            return end
        if operation == "AT":
            return self._edge(str(told), start)
        return self._letter(_class_of(operation, told), start)

    def _repeat(self, least: int, most: Any, inner: Any, start: int) -> int:
        if least > _MOST_TIMES or (most is not _ENDLESS and most > _MOST_TIMES):
            raise NotRegular(f"в регулярном выражении повторов больше {_MOST_TIMES}")
        for _ in range(least):
            start = self.sequence(inner, start)
        end = self.place()
        if most is _ENDLESS:
            loop = self.place()
            self.states[start].free.append(loop)
            self.states[loop].free.append(end)
            self.states[self.sequence(inner, loop)].free.append(loop)
            return end
        for _ in range(int(most) - least):
            self.states[start].free.append(end)
            start = self.sequence(inner, start)
        self.states[start].free.append(end)
        return end

    def _edge(self, where: str, start: int) -> int:
        if where not in ("AT_BEGINNING", "AT_BEGINNING_STRING", "AT_END", "AT_END_STRING"):
            raise NotRegular("в регулярном выражении есть границы слов: их форма не понимает")
        end = self.place()
        self.states[start].free.append(end)
        self.states[end].at = "start" if "BEGINNING" in where else "end"
        return end

    def _letter(self, letters: str, start: int) -> int:
        end = self.place()
        step = self.place()
        self.states[start].free.append(step)
        self.states[step].letter = re.compile(letters, self._flags)
        self.states[step].after = end
        return end


def _class_of(operation: str, told: Any) -> str:
    """One letter of the expression as a small expression of its own."""
    if operation == "LITERAL":
        return re.escape(chr(told))
    if operation == "NOT_LITERAL":
        return f"[^{re.escape(chr(told))}]"
    if operation == "ANY":
        return "."
    if operation == "CATEGORY":
        return _CLASSES[str(told)]
    if operation == "IN":
        negative = bool(told) and str(told[0][0]) == "NEGATE"
        inner = "".join(_inside(str(kind), value) for kind, value in told[1 if negative else 0 :])
        return f"[{'^' if negative else ''}{inner}]"
    raise NotRegular("в регулярном выражении есть просмотр вперёд, назад или ссылка на группу")


def _inside(kind: str, value: Any) -> str:
    if kind == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    if kind == "CATEGORY":
        return _CLASSES[str(value)]
    return re.escape(chr(value))


def _spread(states: list[_State], places: set[int], at: int, length: int) -> set[int]:
    """Everything reached from the places without taking a letter."""
    found: set[int] = set()
    waiting = list(places)
    while waiting:
        one = waiting.pop()
        state = states[one]
        if one in found or (state.at == "start" and at) or (state.at == "end" and at < length):
            continue
        found.add(one)
        waiting += state.free
    return found
