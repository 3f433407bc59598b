"""A term cut into words, numbers and marks, in one pass over its letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from opora.core.periods.spelling import cyrillic, plain_spelling
from opora.core.periods.words import kind_of, roman

# A term of more pieces than this is not a term; the bound holds the cost of every later pass.
MOST_TOKENS = 250
_PIECE = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)
_MARKS = {
    "-": "dash", ",": "comma", ";": "comma", "&": "and", "/": "slash", "\\": "slash", ".": "dot",
    ":": "colon", "(": "open",
    "[": "open", "{": "open", ")": "close", "]": "close", "}": "close", "№": "sign", "#": "sign",
    "+": "count", "%": "count",
    "'": "quote", "’": "quote", "`": "quote", "…": "dash",
}  # fmt: skip


@dataclass(slots=True)
class Token:
    """One piece of a term. `glued` when no space stands before it, `broke` when a line break does."""

    kind: str
    text: str
    value: int = 0
    glued: bool = False
    broke: bool = False
    roman: int = 0
    code: str = ""
    year: int | None = None


def tokens_of(text: str) -> list[Token] | None:
    """The pieces of a term; None when there are more of them than a term has."""
    plain = plain_spelling(text)
    if plain is None:
        return None
    tokens: list[Token] = []
    glued, broke = False, False
    for piece in _pieces(plain):
        if piece.isspace():
            glued, broke = False, broke or "\n" in piece
            continue
        token = _token(piece, glued and bool(tokens), broke)
        glued, broke = True, False
        if token is not None:
            tokens.append(token)
        if len(tokens) > MOST_TOKENS:
            return None
    return [_classified(token) for token in _joined(tokens)]


def _pieces(plain: str) -> Iterator[str]:
    """Words, numbers, spaces and marks; «IIквартал» is two words."""
    for match in _PIECE.finditer(plain):
        piece = match.group()
        rest = piece.lstrip("IVXivxІі") if piece[0] in "IVXivxІі" else piece
        if rest and rest != piece and kind_of(cyrillic(rest))[0] in ("quarter", "half", "decade", "week"):
            yield piece[: len(piece) - len(rest)]
            piece = rest
        yield piece


def _token(piece: str, glued: bool, broke: bool) -> Token | None:
    if piece[0].isdecimal():
        return Token("number", piece, int(piece) if len(piece) <= 9 else -1, glued, broke)
    if piece[0].isalpha():
        return Token("word", _one_alphabet(piece), 0, glued, broke, roman(piece.lower()))
    kind = _MARKS.get(piece)
    return Token(kind, piece, 0, glued, broke) if kind else None


def _one_alphabet(piece: str) -> str:
    """The word in Cyrillic when it is so in part, or is a word of terms typed in look-alikes."""
    folded = cyrillic(piece)
    if any("а" <= letter <= "я" for letter in piece.lower()) or kind_of(folded)[0] != "word":
        return folded
    return piece.lower()


def _known(word: str) -> bool:
    return kind_of(word)[0] != "word"


def _joined(tokens: list[Token]) -> list[Token]:
    """Put together words that a narrow cell has torn: «сен-⏎тябрь», «сентя- брь», «фев⏎раль»."""
    out: list[Token] = []
    for token in tokens:
        if token.text == "г" and [each.text for each in out[-2:]] == ["п", "/"]:
            # «п/г» is a half-year.
            out[-2:] = [Token("word", "полугодие", glued=out[-2].glued)]
            continue
        if token.kind == "word" and out and not token.glued:
            left = out[-1]
            if left.kind == "word" and token.broke and _is_torn(left.text, token.text):
                _join(left, token)
                continue
            if (
                left.kind == "dash"
                and left.glued
                and _ends_with_word(out[:-1])
                and _is_hyphenated(out[-2], token)
            ):
                out.pop()
                _join(out[-1], token)
                continue
        out.append(token)
    return out


def _join(left: Token, right: Token) -> None:
    left.text += right.text
    left.roman = 0


def _is_torn(left: str, right: str) -> bool:
    return _known(left + right) and not (_known(left) and _known(right))


def _ends_with_word(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[-1].kind == "word"


def _is_hyphenated(left: Token, right: Token) -> bool:
    if _known(left.text + right.text):
        return not _known(right.text)
    return right.broke and not _known(left.text) and not _known(right.text)


def _classified(token: Token) -> Token:
    if token.kind == "word":
        token.kind, value = kind_of(token.text)
        if isinstance(value, str):
            token.code = value
        else:
            token.value = value
    return token


def _number_item(tokens: list[Token]) -> None:
    """Make «1)» before an item of a list a comma."""
    if tokens and tokens[-1].kind == "number" and len(tokens[-1].text) <= 2:
        tokens[-1] = Token("comma", ";")


def outside_and_notes(tokens: list[Token]) -> tuple[list[Token], list[list[Token]]]:
    """The pieces outside brackets, and those of each bracketed note; an unclosed bracket runs to the end."""
    outside: list[Token] = []
    notes: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if token.kind == "open":
            if depth == 0:
                notes.append([])
            depth += 1
        elif token.kind == "close" and depth:
            depth -= 1
        elif token.kind == "close":
            _number_item(outside)
        elif depth:
            notes[-1].append(token)
        else:
            outside.append(token)
    return outside, notes
