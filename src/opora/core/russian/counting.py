"""A number with the word that agrees with it."""

from __future__ import annotations

from typing import Final

NBSP: Final = "\u00a0"


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form of a word after a whole number: 1 школа, 2 школы, 5 школ, 11 школ, 21 школа."""
    last, last_two = abs(number) % 10, abs(number) % 100
    if last == 1 and last_two != 11:
        return one
    if 2 <= last <= 4 and not 12 <= last_two <= 14:
        return few
    return many


def counted(number: int, one: str, few: str, many: str) -> str:
    """The number and its word with a no-break space; thousands are parted by one as well: «4 500 строк»."""
    return f"{number:,}".replace(",", NBSP) + NBSP + plural(number, one, few, many)
