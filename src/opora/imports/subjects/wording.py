"""Cleaning of cell texts and small judgements about Russian wording: what goes on, what is cut, what is joined."""

from __future__ import annotations

import functools
import re

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_BROKEN_WORD = re.compile(r"([а-яёА-ЯЁ]+)[-‐‑]\s*\n\s*([а-яё]+)")
_BROKEN_FIGURES = re.compile(r"(\d[-–])\s*\n\s*(\d)")
_FINAL = re.compile(r"[.!?;:…)»\"”]$")
_FOOTNOTE = re.compile(r"[¹²³⁴-⁹]+$")
_LAST_WORD = re.compile(r"([а-яё]+)[-‐‑]$", re.IGNORECASE)
_FIRST_WORD = re.compile(r"([а-яё]+)")
_TAIL = 400  # letters: how far back the end of a text is looked at
PREPOSITIONS = frozenset(
    [
        "в",
        "во",
        "на",
        "по",
        "с",
        "со",
        "к",
        "ко",
        "о",
        "об",
        "обо",
        "от",
        "до",
        "для",
        "из",
        "у",
        "за",
        "под",
        "при",
        "над",
        "про",
        "через",
        "между",
        "без",
        "и",
        "или",
        "а",
        "но",
        "не",
        "том",
        "числе",
        "также",
        "что",
        "которые",
        "который",
        "которая",
        "для",
        "их",
        "его",
        "её",
        "ее",
    ]
)
_ADJECTIVE = re.compile(r"(?:ого|его|ому|ему|ыми|ими|ых|их|ой|ый|ий|ая|яя|ое|ее|ые|ие|ую|юю)$", re.IGNORECASE)
_NOUNS_LIKE_ADJECTIVES = re.compile(
    r"(?:[нт]ие|[нт]ий|ствие|ствий|тие|тий|чие|сие|ций|стой|дошкольной|управляющий|учащиеся|учащихся"
    r"|обучающиеся|обучающихся|"
    r"директорий|категорий|организаций|(?:[аеиоу]ции)|данные|данных|рабочий|рабочих|заведующий|ведущий"
    r"|других|иное|иные|них|"
    r"руководящий|педагогический|бой|герой|край|чай|май)$",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """The words of a cell on one line: no soft hyphens, no odd spaces, no bold marks, a word broken by a line made whole."""
    if "\n" in text:
        text = _BROKEN_WORD.sub(lambda found: _whole(found.group(1), found.group(2)), text)
        text = _BROKEN_FIGURES.sub(r"\1\2", text)
    text = _INVISIBLE.sub("", text).replace("**", "")
    return " ".join(text.split())


@functools.lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Words for comparing: lower case, «е» for «ё», one kind of dash and of quotes."""
    text = text.lower().replace("ё", "е")
    return re.sub(r"[«»„“”\"]", '"', re.sub(r"[‐‑‒–—−]", "-", text))


def joined(upper: str, lower: str) -> str:
    """Two parts of one text that a page or a row has cut; a word cut by a hyphen becomes whole."""
    if not upper or not lower:
        return upper or lower
    ending = upper[-_TAIL:]
    left, right = _LAST_WORD.search(ending), _FIRST_WORD.match(lower)
    if left and right:
        return (
            upper[: len(upper) - len(ending) + left.start()]
            + _whole(left.group(1), right.group(1))
            + lower[right.end() :]
        )
    if _is_cut_within_a_word(ending, lower):
        return upper + lower
    if upper.endswith(("/", "(", "«")) or lower[0] in ",.;:)»":
        return upper + lower
    return f"{upper} {lower}"


def _is_cut_within_a_word(upper: str, lower: str) -> bool:
    """«координато» and «р»: the page took the last letters of a word with it."""
    tail, word = re.match(r"[а-яё]{1,3}(?![а-яё])", lower), re.search(r"[а-яё]{4,}$", upper, re.IGNORECASE)
    if not tail or not word or tail.group() in PREPOSITIONS:
        return False
    words = _dictionary()
    return not words.word_is_known(word.group().lower()) and bool(
        words.word_is_known((word.group() + tail.group()).lower())
    )


def _whole(left: str, right: str) -> str:
    """«обес-» and «печение» are one word, «школ-» and «участниц» keep the hyphen: the dictionary decides."""
    words = _dictionary()
    if words.word_is_known((left + right).lower()) and not (
        len(left) > 2
        and words.word_is_known(left.lower())
        and words.word_is_known(right.lower())
        and len(right) > 3
    ):
        return left + right
    if words.word_is_known(left.lower()) or words.word_is_known(right.lower()):
        return f"{left}-{right}"
    return left + right


@functools.cache
def _dictionary():  # type: ignore[no-untyped-def]  # pymorphy3 carries no types
    """Loaded only when a word is really cut by a hyphen: it costs a tenth of a second and 30 MB."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def goes_on(text: str) -> bool:
    """Does the text begin as a continuation of what stood before: a small letter, a closing sign, an opening bracket."""
    return bool(re.match(r"[а-яёa-z,;:)»(/+]|[-–—]\s?[а-яё]+\s*\)", text))


def is_unfinished(text: str) -> bool:
    """Does the text end where no sentence ends: on a comma, a hyphen, a small word, in open quotes or brackets."""
    text = _FOOTNOTE.sub("", text.rstrip()[-_TAIL:])
    if not text:
        return False
    if text[-1] in ",-–—(«/" or has_open_bracket(text):
        return True
    last = re.search(r"([А-Яа-яЁё]+)$", text)
    return bool(last) and last.group(1).lower() in PREPOSITIONS if last else False


def has_open_bracket(text: str) -> bool:
    """Is a bracket or a quote opened and not closed."""
    return text.count("(") > text.count(")") or text.count("«") > text.count("»") + text.count('"')


def ends_on_adjective(text: str) -> bool:
    """Does the text end on a word that waits for its noun («…в муниципальной»)."""
    last = re.search(r"([а-яё]+)$", text)
    return (
        bool(last)
        and len(last.group(1)) > 4
        and bool(_ADJECTIVE.search(last.group(1)))
        and not (_NOUNS_LIKE_ADJECTIVES.search(last.group(1)))
        if last
        else False
    )


def is_final(text: str) -> bool:
    """Does the text end with a mark that ends a thought."""
    return bool(_FINAL.search(text.rstrip()))


def capitals(text: str) -> float:
    """The share of capital letters among the letters."""
    letters = [sign for sign in text if sign.isalpha()]
    return sum(sign.isupper() for sign in letters) / len(letters) if letters else 0.0
