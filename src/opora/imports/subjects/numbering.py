"""Numbers of lines and sections: reading them, comparing them, guessing a lost one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opora.imports.subjects.found import RawLine

_NUMBER = re.compile(r"(?:№\s*)?(\d{1,3}(?:\s?[.,]\s?\d{1,3}){0,4})\s?[.)]{0,2}")
_LETTERED = re.compile(
    r"([IVXІХ]+\.\d+(?:\.\d+)*|\d{1,3}(?:\.\d{1,3})*[.)]?\s?[а-яa-z])\s?[.)]{0,2}", re.IGNORECASE
)
_ROMAN = re.compile(r"[IVXІХ]{1,5}[.)]?")
_PREFIX = re.compile(r"(?:№\s*)?(\d{1,3}(?:\.\d{1,3}){1,4}[.)]?|\d{1,3}[.)])\s*(?=[^\d\s.,)])")
_STAGE_WORD = r"(?:этап|квартал|полугоди|кв\b|четверт|волн|тур\b)"
_LABEL = re.compile(
    r"(?:(?i:раздел|блок|направлени[ея]|модуль|этап|часть|глава|задача|цель|подраздел)"
    r"\s*(?:№\s*)?(?:\d{1,2}(?:\.\d+)*|[IVXivxІХ]{1,5})\s*[.:)–—-]*"
    r"|[IVXivxІХ]{1,5}\s*[.)]|[IVXІХ]{1,5}\s+(?=[А-Яа-яЁё])(?!" + _STAGE_WORD + ")"
    r"|(?:\d{1,2}\.)*\d{1,2}\s*[.)](?!\d)|\d{1,2}(?:\.\d{1,2})*\s+(?=[А-ЯЁ]))\s*"
)


def is_number(text: str) -> bool:
    """Is the cell a line's number and nothing else: «1», «1.», «1)», «1.1.», «2.10», «1.1а», «I.2»."""
    return bool(text) and len(text) <= 14 and bool(_NUMBER.fullmatch(text) or _LETTERED.fullmatch(text))


def is_roman(text: str) -> bool:
    """Is the cell a Roman numeral alone."""
    return bool(_ROMAN.fullmatch(text.strip()))


def plain(text: str) -> str:
    """The number as printed, without the closing dot or bracket and inner spaces."""
    found = _NUMBER.fullmatch(text.strip())
    if found:
        return re.sub(r"\s", "", found.group(1)).replace(",", ".")
    return re.sub(r"\s", "", text).rstrip(".)")


def parts(number: str | None) -> tuple[int, ...]:
    """«1.10» as (1, 10); empty for what is not plain figures."""
    if not number or not re.fullmatch(r"\d+(?:\.\d+)*", number):
        return ()
    return tuple(int(part) for part in number.split("."))


def split_prefix(text: str) -> tuple[str, str]:
    """A number printed in the same cell as the words, and the words without it."""
    found = _PREFIX.match(text)
    return (plain(found.group(1)), text[found.end() :]) if found else ("", text)


def without_label(title: str) -> str:
    """A section's title without «Раздел I.», «1.», «Направление 2:»; the whole where nothing else is left."""
    found = _LABEL.match(title)
    rest = title[found.end() :].strip(" .:–—-") if found else title
    return rest if re.search(r"[а-яёa-z]", rest, re.IGNORECASE) else title


def has_label(title: str) -> bool:
    """Does the title begin with a section's label: «1.», «IV.», «Раздел 2», «Блок III»."""
    return bool(_LABEL.match(title))


def label_figure(title: str) -> int | None:
    """The figure of the label, where it is one: «3. Методическое…» → 3."""
    found = re.match(r"(?:[а-яё]+\s*(?:№\s*)?)?(\d{1,2})\b(?!\.\d)", title.lower())
    return int(found.group(1)) if found else None


def suggested(lines: Sequence[RawLine], figures: Sequence[int | None]) -> list[str | None]:
    """For each line that lost its number or repeats one, the number its neighbours call for; None where all is well.

    `figures` are the figures printed with the sections («3. Методическое…» → 3).
    """
    result: list[str | None] = [None] * len(lines)
    seen: set[tuple[int, str]] = set()
    is_numbered = sum(line.number is not None for line in lines) * 2 >= len(lines)
    for at, line in enumerate(lines):
        if line.number is None:
            if is_numbered and not line.is_shared_number:
                result[at] = _from_neighbours(lines, result, at, figures)
        elif (line.section, line.number) in seen and not line.is_shared_number:
            follower = _after(
                lines[at - 1].number if at and lines[at - 1].section == line.section else None,
                result[at - 1] if at else None,
            )
            if follower and (line.section, follower) not in seen and follower.startswith(line.number):
                result[at] = follower
        seen.add((line.section, result[at] or line.number or ""))
    return result


def _from_neighbours(
    lines: Sequence[RawLine], result: Sequence[str | None], at: int, figures: Sequence[int | None]
) -> str | None:
    section = lines[at].section
    if at and lines[at - 1].section == section and (follower := _after(lines[at - 1].number, result[at - 1])):
        return follower
    below = next((line for line in lines[at + 1 :] if line.section == section and line.number), None)
    figure = figures[section - 1] if 0 < section <= len(figures) else None
    if below and (found := parts(below.number)) and found[-1] > 1:
        gap = sum(line.number is None for line in lines[at : lines.index(below)])
        return ".".join(map(str, (*found[:-1], found[-1] - gap))) if found[-1] > gap else None
    is_nested = any(len(parts(line.number)) == 2 for line in lines)
    return f"{figure or section}.1" if is_nested and section else None


def _after(printed: str | None, guessed: str | None) -> str | None:
    above = parts(guessed or printed)
    return ".".join(map(str, (*above[:-1], above[-1] + 1))) if above else None
