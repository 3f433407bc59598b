"""What people write in a cell of a risk table: a level, a choice, a reason, in any of the usual ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from opora.core.russian import fold

# Latin letters that look like ours come out of spreadsheets all the time: B, C, H.
_LEVELS: Final = {
    **dict.fromkeys(("н", "h", "низкая", "низкий", "низкое", "низк", "low", "1"), "low"),
    **dict.fromkeys(("с", "c", "средняя", "средний", "среднее", "средн", "medium", "middle", "2"), "middle"),
    **dict.fromkeys(("в", "b", "высокая", "высокий", "высокое", "высок", "high", "3"), "high"),
    **dict.fromkeys(("нет", "-", "0", "отсутствует", "none", "не указана"), "none"),
}
_CHOSEN: Final = {
    "+", "х", "x", "v", "да", "✓", "✔", "☑", "*", "взят", "взята", "взят в работу", "в работе", "в работу",
    "выбран", "выбрана", "выбрано", "yes",
}  # fmt: skip
_LEFT: Final = {
    "не взят", "не взята", "не выбран", "не выбрана", "не в работе", "не берем", "не берется", "no", "☐",
}  # fmt: skip
_BARE_NO: Final = {"нет", "-", "0"}
_PARTS: Final = re.compile(r"[,;/()\n]|(?<=\w)\s*(?=[+✓✔☑*])|(?<=\w)\s*[-](?=\s*$)")


@dataclass(frozen=True, slots=True)
class CellWords:
    """What a cell says; None where it says nothing of it."""

    level: str | None = None
    is_chosen: bool | None = None
    reason: str = ""


def read_cell(text: str, *, only_choice: bool = False) -> CellWords | None:
    """The meaning of a cell; None when it is none. With `only_choice` a bare «нет» is a choice, else a level."""
    words, _, reason = text.partition(":")
    level: str | None = None
    is_chosen: bool | None = None
    for part in _parts(words):
        if part in _CHOSEN:
            said: bool | None = True
        elif part in _LEFT or (only_choice and part in _BARE_NO):
            said = False
        elif part in _LEVELS:
            if level not in (None, _LEVELS[part]):
                return None
            level = _LEVELS[part]
            continue
        else:
            return None
        if is_chosen not in (None, said):
            return None
        is_chosen = said
    if level is None and is_chosen is None:
        return None
    return CellWords(level, is_chosen, " ".join(reason.split()) if is_chosen is False else "")


def tells_only_choice(texts: Iterable[str]) -> bool:
    """Whether no cell of a table names a level: then «нет» and «-» speak of the choice."""
    for text in texts:
        told = read_cell(text)
        if told is not None and told.level not in (None, "none"):
            return False
    return True


def _parts(words: str) -> list[str]:
    folded = fold(words)
    if folded in _LEVELS or folded in _CHOSEN or folded in _LEFT:
        return [folded]
    left = folded.removesuffix("-").rstrip()
    if left != folded and left in _LEVELS:
        return [left, "не взят"]
    parts = [part.strip() for part in _PARTS.split(folded)]
    return [one for part in parts if part for one in _apart(part)]


def _apart(part: str) -> list[str]:
    """«н х» is two words of which each means something; «высокая значимость» is one."""
    part = part.removesuffix(" значимость").removesuffix(" риск")
    first, _, rest = part.partition(" ")
    return [first, rest] if first in _LEVELS and rest in _CHOSEN | _LEFT else [part]
