"""What the evaluation of a formula costs, counted before it is begun: steps over the places of an answer; pure.

libxml2 cannot be stopped in the middle of a formula, so that its work is known from above: places that a path goes
over, every one of them again for a condition in square brackets, and each with each where two sets are compared.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from time import thread_time
from typing import Final

from opora.questionnaires import regular
from opora.questionnaires.expressions import OF_ODK, ROOT, Token, tokens_of
from opora.questionnaires.sizes import MOST_PLACES, Sizes

# A step is a place looked at by libxml2, some fifteen billionths of a second; the others are so many steps.
OF_EVALUATION: Final = 1_500
OF_PLACE_IN_PYTHON: Final = 60
OF_CALL: Final = 150
OF_WALK: Final = 12
OF_PLACE: Final = 600
# So many letters are looked at in one step; so many are compared with others.
_LETTERS: Final = 64
_SEARCHED: Final = 8
# Some half a second, so that a page of answers has a second and a half beside it.
MOST_WORK: Final = 40_000_000
# What the seconds of the processor are for one judging, whatever the count says.
MOST_SECONDS: Final[float] = 1.5
_COMPARED: Final = frozenset({"=", "!=", "<", ">", "<=", ">=", "|"})
_OPERATORS: Final = _COMPARED | {"+", "-", "*", "and", "or", "div", "mod"}
# Every letter of one text is compared with the letters of the other.
_SEARCHING: Final = frozenset({"contains", "substring-after", "substring-before", "translate"})
_ENDS: Final = frozenset({")", "]", ","})
_DEEPEST: Final = 100
_BEYOND: Final = 1 << 60


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it is written, and the question it belongs to.

    `columns` are those of the list of choices that a filter names: they are no places of the form.
    """

    words: str
    path: str
    columns: tuple[str, ...] = ()


def cost_of(formula: Formula, sizes: Sizes) -> int:
    """The steps of one evaluation of a formula, never fewer than it can take."""
    reader = _Reader(tokens_of(formula.words), sizes, formula.columns)
    cost, _ = reader.expression(formula.path)
    return OF_EVALUATION + cost


@dataclass(frozen=True, slots=True)
class _Set:
    """What a part of a formula may give: how many places at most, where they stand (None: anywhere), how long."""

    size: int = 1
    path: str | None = None
    letters: int = 0


class _Reader:
    """One reading of a formula from the left to the right; what it does not understand it holds for dear."""

    def __init__(self, tokens: list[Token], sizes: Sizes, columns: Collection[str]) -> None:
        self._tokens = tokens
        self._sizes = sizes
        self._columns = columns
        self._at = 0
        self._depth = 0

    def expression(self, path: str | None) -> tuple[int, _Set]:
        """Cost and result up to the bracket that closes it, evaluated at one place of `path`."""
        cost, whole, left = 0, _Set(0), _Set()
        is_compared = is_union = False
        self._depth += 1
        while self._at < len(self._tokens) and self._depth < _DEEPEST:
            token = self._tokens[self._at]
            if token.kind == "sign" and token.words in _ENDS:
                break
            if token.kind == "sign" and token.words in _OPERATORS:
                self._at += 1
                is_compared, is_union = token.words in _COMPARED, token.words == "|"
                cost += 1
                continue
            started = self._at
            spent, right = self._operand(path)
            cost += spent
            if is_compared:
                cost += _each_with_each(left, right)
            whole = _Set(whole.size + right.size, None, max(whole.letters, right.letters))
            left, is_compared = (whole if is_union else right), False
            if self._at == started:
                self._at += 1
        if self._depth >= _DEEPEST:
            return _BEYOND, whole
        self._depth -= 1
        return min(cost, _BEYOND), whole if whole.size else _Set()

    def _operand(self, path: str | None) -> tuple[int, _Set]:
        token = self._tokens[self._at]
        if token.kind in ("text", "number"):
            self._at += 1
            return 1, _Set(1, None, len(token.words))
        if token.words in self._columns:
            self._at += 1
            return 1, _Set()
        if token.kind == "function":
            cost, found = self._call(token.words, path)
        elif token.words == "(":
            self._at += 1
            cost, found = self.expression(path)
            self._at += 1
        elif token.words == "/":
            cost, found = 1, _Set(1, "")
        else:
            cost, found = 1, _Set(1, path)
            if token.kind == "name" or token.words in (".", "..", "*"):
                spent, found = self._step(found)
                cost += spent
        return self._rest(cost, found)

    def _rest(self, cost: int, found: _Set) -> tuple[int, _Set]:
        """Conditions in square brackets and further steps."""
        while self._at < len(self._tokens):
            words = self._tokens[self._at].words
            if words == "[":
                self._at += 1
                inner, _ = self.expression(found.path)
                self._at += 1
                cost += found.size * (inner + OF_EVALUATION // 10)
            elif words == "/":
                self._at += 1
                if self._at < len(self._tokens):
                    spent, found = self._step(found)
                    cost += spent
            else:
                break
        return min(cost, _BEYOND), found

    def _step(self, found: _Set) -> tuple[int, _Set]:
        """One step of a path from every place found: all that stands beside the wanted one is looked at as well."""
        token = self._tokens[self._at]
        if token.words not in (".", "..", "*") and token.kind != "name":
            return 0, found
        self._at += 1
        words, path = token.words, found.path
        if words == ".":
            return found.size, found
        if words == "..":
            # Parents of many are looked for among one another, so that none is met twice.
            above = None if path is None else path.rpartition("/")[0]
            return found.size * found.size, _Set(found.size, above, found.letters)
        if path == "" and words == ROOT and found.size == 1 and self._is_first():
            return 1, found
        below = f"{path}/{words}" if path else words
        if path is None or words == "*" or below not in self._sizes.places:
            everything = self._sizes.total + 1
            return everything, _Set(everything, None, max(self._sizes.longest.values(), default=0))
        most = min(found.size * self._sizes.rows.get(below, 1), self._sizes.places[below])
        cost = found.size * self._sizes.inside.get(path or "", MOST_PLACES)
        return cost, _Set(most, below, self._sizes.longest.get(below, 0))

    def _is_first(self) -> bool:
        """The name just read follows the slash that begins a path."""
        return self._at >= 2 and self._tokens[self._at - 2].words == "/"

    def _call(self, name: str, path: str | None) -> tuple[int, _Set]:
        """A function: its arguments, and what it does with them; only `if` gives places back."""
        self._at += 2
        first = self._at
        cost, size, letters, longest = 0, 0, 0, 1
        while self._at < len(self._tokens):
            spent, found = self.expression(path)
            cost += spent
            size += found.size
            letters += found.size * found.letters
            if name in _SEARCHING:
                cost += longest * found.letters // _SEARCHED
                longest = max(longest, found.letters)
            self._at += 1
            if self._at > len(self._tokens) or self._tokens[self._at - 1].words != ",":
                break
        cost += size + letters // _LETTERS
        if name not in OF_ODK:
            return cost, _Set(1, None, letters)
        cost += OF_CALL + size * OF_PLACE_IN_PYTHON + letters // _LETTERS * OF_WALK
        if name == "regex":
            walked = max(_LETTERS, min(letters, regular.MOST_TEXT))
            cost += walked * _breadth(self._tokens[first : self._at]) * OF_WALK
        if name == "position":
            cost += max(self._sizes.rows.values(), default=1) * OF_WALK
        return cost, _Set(size if name == "if" else 1, None, letters)


def _each_with_each(left: _Set, right: _Set) -> int:
    letters = 1 + min(left.letters, right.letters) // _LETTERS
    return left.size * right.size * letters if left.size > 1 or right.size > 1 else 0


def _breadth(tokens: list[Token]) -> int:
    """The places of the walk of an expression: so many may be looked at for every letter."""
    try:
        return max((regular.breadth(one.words[1:-1]) for one in tokens if one.kind == "text"), default=1)
    except regular.NotRegular:
        return 1


class TooDear(Exception):
    """The work of a judging is spent and its answers are not known."""


class Budget:
    """The work that one judging may do: steps counted before they are taken, and seconds of this thread beside them."""

    def __init__(self) -> None:
        self.spent = 0
        self._until = thread_time() + MOST_SECONDS

    def spend(self, steps: int) -> None:
        """Take so many steps; TooDear when they are not left, or the seconds are over."""
        self.spent += steps
        if self.spent > MOST_WORK or thread_time() > self._until:
            raise TooDear
