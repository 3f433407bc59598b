"""A day as people type it into a table: «01.09.2022», «1 сентября 2022 г.», «2022-09-01»."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from opora.core.russian import fold

_DIGITS: Final = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?: г\.?| года)?$")
_ISO: Final = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00)?)?$")
_WORDS: Final = re.compile(r"^(\d{1,2}) ([а-я]+) (\d{4})(?: г\.?| года)?$")
_MONTHS: Final = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


class NoSuchDay(ValueError):
    """The words name a day that no calendar has, or name none at all; `str` of it is a Russian sentence."""


def day_told(text: str) -> date | None:
    """The day of a cell; None of an empty one. NoSuchDay for 31 February and for words that are no day."""
    said = fold(text)
    if not said:
        return None
    if found := _DIGITS.match(said):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ISO.match(said):
        year, month, day = (int(part) for part in found.groups())
    elif found := _WORDS.match(said):
        day, year = int(found[1]), int(found[3])
        month = next((place for place, word in enumerate(_MONTHS, 1) if found[2].startswith(word)), 0)
    else:
        raise NoSuchDay(f"«{text[:40]}» не похоже на дату, пишут 01.09.2022")
    try:
        made = date(year + 2000 if year < 100 else year, month, day)
    except ValueError as error:
        raise NoSuchDay(f"«{text[:40]}»: такого дня нет") from error
    if not 2000 <= made.year <= 2100:
        raise NoSuchDay(f"«{text[:40]}»: год вне пределов, можно с 2000 по 2100")
    return made
