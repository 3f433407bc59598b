"""Names and posts of people in the case that a document asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Final, Literal

from opora.core.russian.counting import NBSP

Case = Literal["genitive", "dative", "accusative", "instrumental", "prepositional"]

_GRAMMEMES: Final[dict[Case, str]] = {
    "genitive": "gent", "dative": "datv", "accusative": "accs",
    "instrumental": "ablt", "prepositional": "loct",
}  # fmt: skip
# Heads of a post that are not nouns for the dictionary.
_PARTICIPLE_HEADS: Final = frozenset(
    (
        "исполняющий",
        "исполняющая",
        "заведующий",
        "заведующая",
        "управляющий",
        "управляющая",
        "ответственный",
        "ответственная",
        "уполномоченный",
        "уполномоченная",
        "дежурный",
        "дежурная",
    )
)
_NAME_SUFFIXES: Final = frozenset(("оглы", "кызы", "оглу", "гызы", "улы", "уулу"))
_RUSSIAN_WORD: Final = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
_WRITTEN_INITIALS: Final = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.)*")


def full_name_in(
    case: Case, last: str, first: str, middle: str = "", *, exceptions: Mapping[str, str] | None = None
) -> str:
    """The full name in a case; `exceptions` gives words as a person mended them: {"Коваль": "Ковалю"}."""
    parts = (("LASTNAME", last.strip()), ("FIRSTNAME", first.strip()), ("MIDDLENAME", middle.strip()))
    mended = exceptions or {}
    gender = _gender(last.strip(), first.strip(), middle.strip())
    return " ".join(mended.get(word) or _name_in(case, part, gender, word) for part, word in parts if word)


def post_in(case: Case, post: str, *, exceptions: Mapping[str, str] | None = None) -> str:
    """The post in a case: words up to its head are declined, what follows the head stays as it is.

    «заместитель директора» → «заместителю директора»; `exceptions` gives whole posts as a person mended them.
    """
    mended = (exceptions or {}).get(post)
    return mended or _post_in(case, post)


def initials(full_name: str, *, is_surname_first: bool = True) -> str:
    """«Иванова А. П.», or «А. П. Иванова» when the surname goes last; no-break spaces between."""
    words = [word for word in full_name.split() if word.lower() not in _NAME_SUFFIXES]
    if not words:
        return ""
    if _WRITTEN_INITIALS.fullmatch(words[0]):
        last, given = words[-1], words[:-1]
    else:
        last, given = words[0], words[1:]
    letters = [letter for word in given for letter in _initials_of(word)]
    return NBSP.join((last, *letters) if is_surname_first else (*letters, last))


def _initials_of(word: str) -> list[str]:
    if _WRITTEN_INITIALS.fullmatch(word):
        return [f"{letter.upper()}." for letter in word if letter.isalpha()]
    return ["-".join(f"{part[0].upper()}." for part in word.split("-") if part)]


@lru_cache(maxsize=10_000)
def _name_in(case: Case, part: str, gender: str, word: str) -> str:
    from pytrovich.enums import Case as PetrovichCase
    from pytrovich.enums import Gender, NamePart

    declined = _maker().make(NamePart[part], Gender[gender], PetrovichCase[case.upper()], word)
    return str(declined)


@lru_cache(maxsize=10_000)
def _gender(last: str, first: str, middle: str) -> str:
    if middle.lower().endswith(("кызы", "гызы")):
        return "FEMALE"
    try:
        found = _detector().detect(lastname=last or None, firstname=first or None, middlename=middle or None)
    except ValueError:
        return "MALE"
    return "FEMALE" if str(found).lower().endswith("female") else "MALE"


@lru_cache(maxsize=5_000)
def _post_in(case: Case, post: str) -> str:
    words = post.split(" ")
    declined: list[str] = []
    for place, word in enumerate(words):
        if not _RUSSIAN_WORD.fullmatch(word) or (word.isupper() and len(word) > 1):
            return " ".join((*declined, *words[place:]))
        declined.append(_like(word, _word_in(_GRAMMEMES[case], word.lower())))
        if _is_head(word.lower()):
            return " ".join((*declined, *words[place + 1 :]))
    return " ".join(declined)


def _like(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _word_in(grammeme: str, word: str) -> str:
    parts = word.split("-")
    if len(parts) > 1 and all(_is_noun(part) for part in parts):
        return "-".join(_word_in(grammeme, part) for part in parts)
    readings = [reading for reading in _morph().parse(word) if {"nomn", "sing"} in reading.tag]
    if not readings:
        return word
    best = max(readings, key=_liking)
    # A person is meant: the accusative of a masculine adjective is that of the living («старшего методиста»).
    is_masculine = "masc" in best.tag and best.tag.POS in ("ADJF", "PRTF")
    inflected = best.inflect({"gent" if is_masculine and grammeme == "accs" else grammeme, "sing"})
    return str(inflected.word) if inflected else word


def _liking(reading: Any) -> tuple[bool, bool, float]:
    tag = reading.tag
    return "masc" in tag or "femn" in tag, "anim" in tag or tag.POS in ("ADJF", "PRTF"), reading.score


def _is_noun(word: str) -> bool:
    return any({"nomn", "NOUN"} in reading.tag for reading in _morph().parse(word))


def _is_head(word: str) -> bool:
    """Whether the word is the person itself («директор»), after which nothing is declined."""
    if word in _PARTICIPLE_HEADS:
        return True
    named = [reading for reading in _morph().parse(word.split("-")[-1]) if "nomn" in reading.tag]
    is_person = any(reading.tag.POS == "NOUN" and "anim" in reading.tag for reading in named)
    return is_person and not any(reading.tag.POS in ("ADJF", "PRTF") for reading in named)


@cache
def _morph() -> Any:
    # 0.2 s and 30 MB of dictionary: only the process that writes documents pays for it.
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@cache
def _maker() -> Any:
    # Reads its rules from a file: on first use only.
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()


@cache
def _detector() -> Any:
    # Reads its rules from a file: on first use only.
    from pytrovich.detector import PetrovichGenderDetector

    return PetrovichGenderDetector()
