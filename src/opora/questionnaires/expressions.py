"""The formulas of a form as words: which functions and places they name, which of them may not stand in a form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from opora.questionnaires import regular

ROOT: Final = "data"
MOST_LETTERS: Final = 4_000
_TOKEN: Final = re.compile(
    r"""\s+|"[^"]*"|'[^']*'|\d+(?:\.\d+)?|\.\d+|[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?|//|::|\.\.|!=|<=|>=|.""",
    re.DOTALL,
)
_WORDS: Final = frozenset({"and", "or", "div", "mod"})
_OPERATORS: Final = frozenset({"+", "-", "*", "=", "!=", "<", ">", "<=", ">=", "|", "(", ",", "["}) | _WORDS
# Functions of XPath itself that mean what ODK says of them.
_OF_XPATH: Final = frozenset(
    {
        "boolean", "ceiling", "concat", "contains", "count", "false", "floor", "normalize-space", "not", "number",
        "starts-with", "string", "string-length", "substring", "substring-after", "substring-before", "translate",
        "true",
    }
)  # fmt: skip
# ODK's own functions, or those that differ from XPath's of the same name, by the name under which they are called.
OF_ODK: Final = {
    "abs": "abs",
    "coalesce": "coalesce",
    "count-non-empty": "count-non-empty",
    "count-selected": "count-selected",
    "date": "date",
    "date-time": "date",
    "decimal-date-time": "date",
    "ends-with": "ends-with",
    "format-date": "format-date",
    "if": "if",
    "int": "int",
    "join": "join",
    "max": "max",
    "min": "min",
    "position": "row-of",
    "pow": "pow",
    "regex": "regex",
    "round": "round-to",
    "selected": "selected",
    "selected-at": "selected-at",
    "substr": "substr",
    "sum": "sum-of",
}  # fmt: skip
# What the moment gives is told from outside, as a variable.
_TOLD: Final = frozenset({"today", "now"})
_FORBIDDEN: Final = {
    "//": "запись «//»",
    "::": "запись «::»",
    "@": "знак «@»",
    "$": "знак «$» без скобок {…}",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula; `kind`: text, number, function, name, sign."""

    kind: str
    words: str


def tokens_of(expression: str) -> list[Token]:
    """The pieces of a formula without the spaces between them."""
    pieces = [one for one in _TOKEN.findall(expression) if not one.isspace()]
    return [
        Token(_kind(one, pieces[place + 1] if place + 1 < len(pieces) else ""), one)
        for place, one in enumerate(pieces)
    ]


def _kind(piece: str, after: str) -> str:
    if piece[0] in "\"'" and len(piece) > 1:
        return "text"
    if piece[-1].isdigit() and piece[0] in ".0123456789":
        return "number"
    if piece[0].isalpha() or piece[0] == "_":
        return "sign" if piece in _WORDS else "function" if after == "(" else "name"
    return "sign"


def complaint_of(expression: str) -> str:
    """What is wrong with a formula, in Russian words that follow «…:»; empty when it may stand in a form."""
    if len(expression) > MOST_LETTERS:
        # A long text in quotes is most often an expression for `regex`: it is named as such.
        texts = [one for one in tokens_of(expression) if one.kind == "text"]
        if any(len(one.words) > regular.MOST_LETTERS for one in texts) and "regex" in expression:
            return f"регулярное выражение длиннее {regular.MOST_LETTERS} знаков"
        return f"формула длиннее {MOST_LETTERS} знаков"
    tokens = tokens_of(expression)
    depth = 0
    for place, token in enumerate(tokens):
        if token.kind == "sign" and token.words in _FORBIDDEN:
            return f"{_FORBIDDEN[token.words]} в формулах форм не понимается"
        depth += (token.words == "[") - (token.words == "]") if token.kind == "sign" else 0
        if depth > 1:
            return "условие в квадратных скобках внутри другого такого условия"
        if token.kind == "function":
            words = _complaint_of_call(token.words, tokens[place + 2 :])
            if words:
                return words
    return ""


def _complaint_of_call(name: str, rest: list[Token]) -> str:
    if name not in _OF_XPATH and name not in OF_ODK and name not in _TOLD:
        return f"функция {name}() не поддерживается"
    if name != "regex":
        return ""
    pattern = _second(rest)
    if pattern is None or pattern.kind != "text":
        return "второе в regex() должно стоять в кавычках"
    try:
        regular.check(pattern.words[1:-1])
    except regular.NotRegular as found:
        return found.words
    return ""


def _second(rest: list[Token]) -> Token | None:
    """The second argument of a call, when it is one piece."""
    depth = 0
    for place, token in enumerate(rest):
        if token.kind == "sign":
            depth += (token.words in "([") - (token.words in ")]")
            if token.words == "," and depth == 0:
                ends = place + 2 < len(rest) and rest[place + 2].words == ")"
                return rest[place + 1] if ends else None
    return None


def as_xpath(expression: str) -> str:
    """The formula as lxml evaluates it: functions under their own names, the day as a variable."""
    written = []
    tokens = tokens_of(expression)
    skipped = 0
    for place, token in enumerate(tokens):
        if skipped:
            skipped -= 1
        elif token.kind == "function" and token.words in _TOLD:
            skipped = 2
            written.append("$today")
        elif token.kind == "function" and token.words in OF_ODK and not _is_bare(token, tokens, place):
            written.append(OF_ODK[token.words])
        else:
            written.append(token.words)
    return " ".join(written)


def _is_bare(token: Token, tokens: list[Token], place: int) -> bool:
    """`position()` without anything in the brackets is XPath's own."""
    return token.words == "position" and tokens[place + 2 : place + 3] == [Token("sign", ")")]


def places_named(expression: str, path: str) -> set[str]:
    """The places of the form (paths without the root) that a formula of the question at `path` names."""
    found: set[str] = set()
    for run, _ in runs_of(tokens_of(expression)):
        place = resolved(run, path)
        if place is not None:
            found.add(place)
    return found


def runs_of(tokens: list[Token]) -> list[tuple[str, tuple[int, int]]]:
    """Every path written in a formula, with the numbers of its first piece and of the one after its last."""
    found: list[tuple[str, tuple[int, int]]] = []
    run: list[str] = []
    first = 0
    for place, token in enumerate([*tokens, Token("sign", ",")]):
        is_part = token.kind == "name" or (token.kind == "sign" and token.words in ("/", "..", "."))
        # Two steps without a slash between them are two paths.
        is_next = bool(run) and (token.words == "/") != (run[-1] == "/")
        if is_part and run and not is_next:
            found.append(("".join(run), (first, place)))
            run = []
        if is_part:
            first = first if run else place
            run.append(token.words)
        elif run:
            found.append(("".join(run), (first, place)))
            run = []
    return found


def resolved(run: str, path: str) -> str | None:
    """The path without the root that a written path means from the question at `path`; None for none."""
    steps = run.split("/")
    if run.startswith("/"):
        return "/".join(steps[2:]) if steps[1:2] == [ROOT] else None
    here = path.split("/")
    for step in steps:
        if step == "..":
            if not here:
                return None
            here.pop()
        elif step != ".":
            here.append(step)
    return "/".join(here)
