"""What a kind of indicator is: its name, its rule in words and the words it is recognised by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Where = Literal["text", "promise", "both"]
Scope = Literal["one", "schools", "curators", "municipalities", "number"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that speak for a kind when they stand in one sentence.

    `words` are beginnings of folded words parted by spaces; `|` parts equals, `=` asks for the whole word.
    The first is the head: where it stands decides how loudly the mark speaks. `weight` runs from 1 (a hint)
    to 4 (certain); `within` is how many words may part the head from the others, either side.
    """

    words: str
    weight: float
    where: Where = "both"
    within: int = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of counting a promise. Needs no Django: the console reads orders without it.

    `rule` is the sentence «Как считается»; `unit` the genitive plural after «9 из 11»; `default_scope` whom
    the promise speaks of when it does not say. `absorbs` are kinds that are only a part of this one, so that
    their words speak for it; one that `rises` does so even when only the text names it. `brings` are kinds
    that the line promises as well when its text names them. What is not `is_built` is counted by a document
    and a confirmation until its room exists.
    """

    code: str
    title: str
    rule: str
    unit: str
    marks: tuple[Mark, ...]
    default_scope: Scope = "one"
    is_built: bool = False
    absorbs: tuple[str, ...] = ()
    brings: tuple[str, ...] = ()
    rises: bool = False
