"""From the wording of a line to whom its promise speaks of and how many it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from opora.indicators.kind import Scope
from opora.indicators.register import KINDS_BY_CODE

_NUMBERS: Final = {
    "одн": 1, "дву": 2, "два": 2, "две": 2, "тре": 3, "три": 3, "четыр": 4, "пят": 5, "шест": 6, "сем": 7,
    "восьм": 8, "восем": 8, "девят": 9, "десят": 10,
}  # fmt: skip
_COUNT: Final = (
    r"(\d{1,4}|одн\w*|дву[хм]\w*|два|две|трех|три|четыр\w+|"
    r"пят[ьи]|шест[ьи]|сем[ьи]|вос[е]?м[ьи]\w*|девят[ьи]|десят[ьи])"
)
_AT_LEAST: Final = re.compile(
    rf"\b(?:не\s+менее|не\s+менее\s+чем|минимум|как\s+минимум|не\s+меньше)\s+{_COUNT}\b(?!\s*%|\s*процент)"
)
_THINGS: Final = (
    r"(?:вебинар|семинар|совещан|встреч|консультац|посещени|выезд|мероприят|мастер|заседан|заняти|сесси|"
    r"конференц|тренинг|практик|отчет|справ|документ|рекомендац|публикац|анкет|групп|чат|спис|шаблон|форм|урок|стол)"
)
_THING_COUNTED: Final = re.compile(
    rf"(?<![\d.№+-]){_COUNT}(?:\s+[а-я-]+(?:ых|их|ые|ие|ой|ый|ая))?\s+{_THINGS}"
)
_UNCOUNTED: Final = re.compile(r"\d\s*(?:этап|класс|полугод|кварт|раз\w*\s+в)")

_ALL: Final = r"(?:все[хм]|всеми|все|кажд\w+|100\s*%)"
_BETWEEN: Final = r"(?:\s+[а-яa-z-]+){0,2}?\s+"
_SCHOOL: Final = (
    r"(?:школ|оо\b|оу\b|общеобразоват|образовательн\w+\s+(?:организац|учрежд)|шнор|шссу|организац|учрежден)"
)
_OF_MUNICIPALITIES: Final = re.compile(
    rf"\b{_ALL}{_BETWEEN}?(?:муниципальн\w+\s+(?:образован|район|округ)|муниципалитет|район|\bмо\b)"
)
_OF_CURATORS: Final = re.compile(
    rf"\b{_ALL}{_BETWEEN}?куратор|(?<!работы )\bкуратор(?:ами|ов)\b(?!\s+школ\w*\s+для)"
)
_OF_SCHOOLS: Final = re.compile(
    rf"\b{_ALL}{_BETWEEN}?{_SCHOOL}|\b\d{{2,3}}\s*%\s+{_SCHOOL}"
    rf"|сайт\w*\s+(?:{_ALL}\s+)?(?:школ|оо\b|образовательн)|школьны[хе]\s+координатор"
)
_ONE_EACH: Final = 1


@dataclass(frozen=True, slots=True)
class Target:
    """Whom the promise speaks of, and how many of each: `number` is 1 unless the words count."""

    scope: Scope
    number: int


def suggest_target(text: str, promise: str, kind: str) -> Target:
    """Read the target; the promise is asked first, then the text, then the kind's own custom."""
    promised, told = _fold(promise), _fold(text)
    number = _number(promised) or _number(told)
    scope = _scope(promised, kind) or _scope(told, kind) or KINDS_BY_CODE[kind].default_scope
    if scope == "one" and number:
        return Target("number", number)
    return Target(scope, number or _ONE_EACH)


def _scope(words: str, kind: str) -> Scope | None:
    if _OF_MUNICIPALITIES.search(words):
        return "municipalities"
    if _OF_SCHOOLS.search(words):
        return "schools"
    if kind in ("forms_filled", "documents_published") and _OF_CURATORS.search(words):
        return "curators"
    return None


def _number(words: str) -> int:
    for pattern in (_AT_LEAST, _THING_COUNTED):
        for found in pattern.finditer(words):
            number = _value(found.group(1))
            if 0 < number < 1000 and not _UNCOUNTED.match(words, found.start(1)):
                return number
    return 0


def _value(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next((number for start, number in _NUMBERS.items() if word.startswith(start)), 0)


def _fold(text: str) -> str:
    return " ".join(text[:6000].lower().replace("ё", "е").split())
