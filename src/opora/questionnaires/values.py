"""What a person typed into a field, read as a value of its kind; pure."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from opora.questionnaires.content import Question

MOST_TEXT: Final = 20_000
_EPOCH: Final = date(1970, 1, 1)
_SPACES: Final = re.compile(r"[\s\u00a0\u202f]+")
_WHOLE: Final = re.compile(r"[+-]?\d{1,15}")
_PARTS: Final = re.compile(r"[+-]?(\d{1,15}([.,]\d{0,10})?|[.,]\d{1,10})")
_RUSSIAN_DAY: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True, slots=True)
class Told:
    """A value read: as it is kept, as formulas see it, and what is wrong with it (in words) or nothing."""

    value: Any
    text: str
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        return self.text == "" and not self.fault


NOTHING: Final = Told(None, "")


def told(question: Question, typed: Any) -> Told:
    """The value of a question from what was typed or kept: a text, a number, a list of codes, a file."""
    if typed is None or typed == "" or typed == []:
        return NOTHING
    if question.kind == "many":
        return _many(question, typed)
    if question.kind == "file":
        return _file(typed)
    if isinstance(typed, bool | dict | list) or (isinstance(typed, float) and not math.isfinite(typed)):
        return Told(None, "", "ответ не прочитан: ответьте ещё раз")
    words = str(typed).replace("\r\n", "\n").strip()
    if not words:
        return NOTHING
    read = _READERS.get(question.kind)
    return read(question, words) if read else Told(typed, words)


def _text(question: Question, words: str) -> Told:
    if len(words) > MOST_TEXT:
        return Told(words, words, f"слишком длинно: можно до {MOST_TEXT} знаков")
    return Told(words, words)


def _integer(question: Question, words: str) -> Told:
    bare = _SPACES.sub("", words).replace("−", "-")
    if not _WHOLE.fullmatch(bare):
        return Told(words, "", "нужно целое число, например 12")
    return Told(int(bare), str(int(bare)))


def _decimal(question: Question, words: str) -> Told:
    bare = _SPACES.sub("", words).replace("−", "-")
    if not _PARTS.fullmatch(bare):
        return Told(words, "", "нужно число, например 12,5")
    value = float(bare.replace(",", "."))
    return Told(value, number_text(value))


def _date(question: Question, words: str) -> Told:
    day = day_of(words)
    if day is None:
        return Told(words, "", "такого дня нет, напишите день, месяц и год: 15.09.2022")
    return Told(day.isoformat(), str(day_number(day)))


def _one(question: Question, words: str) -> Told:
    if words not in {choice.code for choice in question.choices}:
        return Told(words, "", "такого ответа в списке нет, выберите из списка")
    return Told(words, words)


def _many(question: Question, typed: Any) -> Told:
    codes = typed.split() if isinstance(typed, str) else typed
    known = [choice.code for choice in question.choices]
    if not isinstance(codes, list) or not all(isinstance(one, str) for one in codes):
        return Told(None, "", "ответ не прочитан: ответьте ещё раз")
    chosen = [code for code in known if code in codes]
    if set(codes) - set(known):
        return Told(codes, " ".join(chosen), "такого ответа в списке нет, выберите из списка")
    return Told(chosen or None, " ".join(chosen))


def _file(typed: Any) -> Told:
    if not isinstance(typed, dict) or not isinstance(typed.get("file"), int):
        return Told(None, "", "файл не дошёл: приложите его ещё раз")
    name = str(typed.get("name", ""))
    return Told({"file": typed["file"], "name": name}, name or "файл")


_READERS: Final = {"text": _text, "integer": _integer, "decimal": _decimal, "date": _date, "one": _one}


def day_of(words: str) -> date | None:
    """The day of a field: as the browser sends it, or 15.09.2022 typed by hand; None when there is no such day."""
    found = _RUSSIAN_DAY.fullmatch(words)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(words[:10]) if len(words) >= 10 and words[4:5] == "-" else None
    except ValueError:
        return None


def day_number(day: date) -> int:
    """A day as formulas compare it: days since 1970."""
    return (day - _EPOCH).days


def day_at(number: float) -> date | None:
    """The day of a number of days since 1970; None where there is no such day."""
    try:
        return date.fromordinal(_EPOCH.toordinal() + int(number))
    except (ValueError, OverflowError):
        return None


def number_text(value: float) -> str:
    """A number as formulas write it: 12, 12.5; empty for what is no number (a division by zero)."""
    if not math.isfinite(value):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.12g}"
