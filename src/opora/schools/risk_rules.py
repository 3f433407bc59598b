"""When a school's choice of risks is complete (order line 4.1): no rows, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

HIGH: Final = "high"
LETTERS: Final = {"low": "Н", "middle": "С", "high": "В"}
LEVEL_WORDS: Final = {"none": "не указана", "low": "низкая", "middle": "средняя", "high": "высокая"}


class Choice(Protocol):
    """One factor of one school as far as the rules look at it."""

    @property
    def number(self) -> int: ...
    @property
    def level(self) -> str: ...
    @property
    def is_chosen(self) -> bool | None: ...
    @property
    def reason(self) -> str: ...


def lacks_reason(choice: Choice) -> bool:
    """Whether a high factor is left out without a word."""
    return choice.level == HIGH and choice.is_chosen is False and not choice.reason


def lacks(choices: Iterable[Choice], *, least: int, most: int) -> tuple[str, ...]:
    """What a choice still lacks, in Russian; nothing when it is complete."""
    told = list(choices)
    chosen = sum(one.is_chosen is True for one in told)
    found = []
    if chosen < least:
        found.append(f"выбрано {chosen}, нужно не меньше {least}")
    if chosen > most:
        found.append(f"выбрано {chosen}, можно не больше {most}")
    for one in told:
        if one.level == HIGH and one.is_chosen is None:
            found.append(f"№ {one.number}: высокая значимость, решения нет")
        elif lacks_reason(one):
            found.append(f"№ {one.number}: не взят, причина не указана")
    return tuple(found)


def cell_words(level: str, is_chosen: bool | None, reason: str) -> str:
    """A cell in words: «высокая, в работе», «высокая, не взят: решено в прошлом году»."""
    words = LEVEL_WORDS[level] if level in LETTERS else "значимость не указана"
    if is_chosen is None:
        return words
    if is_chosen:
        return f"{words}, в работе"
    if reason:
        return f"{words}, не взят: {reason}"
    return f"{words}, не взят" + (", причина не указана" if level == HIGH else "")
