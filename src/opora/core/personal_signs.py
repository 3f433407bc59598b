"""What in a text or a table looks like data of a person that have no place here: СНИЛС, passports, lists of pupils.

Pure, and never the last word: a sign is shown with its place, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

SNILS: Final = "СНИЛС"
PASSPORT: Final = "паспорт"
CERTIFICATE: Final = "свидетельство о рождении"
BIRTH: Final = "дату рождения человека"
PUPILS: Final = "список учеников с классами"

MOST_LINES: Final = 20_000
_MOST_LETTERS: Final = 4_000
_SHOWN_PLACES: Final = 5
_MANY: Final = 3
_HEADED: Final = 200
_LONG_LINE: Final = 300

_SNILS_WRITTEN: Final = re.compile(r"(?<![\d-])(\d{3})-(\d{3})-(\d{3})[ -](\d{2})(?![\d-])")
_SNILS_SPACED: Final = re.compile(r"(?<!\d)(?<!\d )(\d{3}) (\d{3}) (\d{3}) (\d{2})(?! ?\d)")
_SNILS_BARE: Final = re.compile(r"(?<!\d)\d{11}(?!\d)")
_SNILS_WORD: Final = re.compile(r"снилс|страхов\w+ номер", re.IGNORECASE)
# Ten bare digits are an ИНН: the series of a passport stands apart from its number.
_PASSPORT: Final = re.compile(r"(?<!\d)\d{2} ?\d{2}[ ,;|]+(?:№|N|номер)? ?\d{6}(?!\d)")
_PASSPORT_WORD: Final = re.compile(
    r"паспорт(?!\w*\s+(?:школ|кабинет|безопасн|проект|програм))|удостоверени\w+ личности",
    re.IGNORECASE,
)
_CERTIFICATE: Final = re.compile(r"(?<!\w)[IVXLС]{1,5}-[А-Я]{2} ?(?:№ ?)?\d{6}(?!\d)")
_BIRTH_WORD: Final = re.compile(
    r"дат\w+ рожд|родил(?:ся|ась)|\bг\. ?р\.|\bд\. ?р\.|год\w* рожд", re.IGNORECASE
)
_DAY: Final = re.compile(r"(?<!\d)\d{1,2}[./]\d{1,2}[./](?:19|20)?\d{2}(?!\d)")
_CAPITAL: Final = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_PATRONYMIC: Final = r"[А-ЯЁ][а-яё]+(?:вич|вна|ична|инична|ьич|оглы|кызы)"
_NAME: Final = re.compile(rf"\b{_CAPITAL}[ |;,\t]+{_CAPITAL}[ |;,\t]+{_PATRONYMIC}\b")
_TWO_WORDS: Final = re.compile(rf"\b({_CAPITAL})[ |;,\t]+({_CAPITAL})\b")
_CLASS: Final = re.compile(
    r"(?<![\w№./-])(?:1[01]|[1-9])[ -]?[«\"]?[А-ДЕЖЗИКЛМ][»\"]?(?![\w.])"
    r"|(?<!\d)(?:1[01]|[1-9]) ?(?:кл\b|класс\w{0,2}\b)"
)
_GROWN: Final = re.compile(
    r"учител|педагог|руководит|директор|завуч|заместител|куратор|методист|психолог|логопед|ответствен|эксперт|выступа|ведущ",
    re.IGNORECASE,
)
_PUPIL_WORD: Final = re.compile(r"учени|учащ|обучающ|воспитанник|выпускник", re.IGNORECASE)
_FIRST_NAMES: Final = frozenset(
    re.findall(
        r"\w+",
        """александр александра алексей алина алиса алёна анастасия анатолий ангелина андрей анна антон арина арсений
        артём артур богдан борис вадим валентина валерия варвара василий василиса вера вероника виктор виктория виталий
        владимир владислав вячеслав галина георгий глеб григорий дарина дарья денис диана дмитрий ева евгений евгения
        егор екатерина елена елизавета захар злата иван игорь илья ирина кира кирилл константин кристина ксения лев
        леонид лидия любовь людмила майя максим маргарита марина мария марк матвей милана мирон михаил надежда назар
        наталья никита николай нина оксана олег ольга павел пётр полина роман руслан савелий светлана семён сергей
        софия софья станислав степан тамара татьяна тимофей тимур ульяна фёдор юлия юрий яна ярослав""".replace(
            "ё", "е"
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Sign:
    """What something looks like, and the places where: «строка 5»."""

    what: str
    places: tuple[str, ...]

    @property
    def words(self) -> str:
        """«похоже на СНИЛС: строка 5, строка 9 и ещё 3»."""
        shown = ", ".join(self.places[:_SHOWN_PLACES])
        more = len(self.places) - _SHOWN_PLACES
        return f"похоже на {self.what}: {shown}{f' и ещё {more}' if more > 0 else ''}"


def signs_in(lines: Iterable[tuple[str, str]]) -> tuple[Sign, ...]:
    """Signs of personal data in lines of (place, text), of MOST_LINES at most; a row of a table is one line."""
    known = [
        (place, text[:_MOST_LETTERS]) for (place, text), _ in zip(lines, range(MOST_LINES), strict=False)
    ]
    found = (
        (SNILS, _with_snils(known)),
        (PASSPORT, _after(known, _PASSPORT_WORD, _PASSPORT)),
        (CERTIFICATE, [place for place, text in known if _CERTIFICATE.search(text)]),
        (BIRTH, _with_birth(known)),
        (PUPILS, _pupils(known)),
    )
    return tuple(Sign(what, tuple(dict.fromkeys(places))) for what, places in found if places)


def signs_in_text(text: str) -> tuple[Sign, ...]:
    """The same of a text: a place is the number of its line."""
    return signs_in((f"строка {number}", line) for number, line in enumerate(text.splitlines(), start=1))


def is_snils(digits: str) -> bool:
    """Whether eleven digits are a СНИЛС by its check number (ПП РФ от 16.07.2020: numbers over 001-001-998)."""
    if len(digits) != 11 or not digits.isdecimal() or int(digits[:9]) <= 1_001_998:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=False))
    return total % 101 % 100 == int(digits[9:])


def _with_snils(lines: Sequence[tuple[str, str]]) -> list[str]:
    """Written with hyphens a number is one by its check digits; bare digits need the word or the company of others."""
    found, bare, others, is_named = [], [], 0, False
    for place, text in lines:
        is_named = is_named or bool(_SNILS_WORD.search(text))
        written = [*_SNILS_WRITTEN.findall(text), *_SNILS_SPACED.findall(text)]
        if any(is_snils("".join(parts)) for parts in written):
            found.append(place)
        for digits in _SNILS_BARE.findall(text):
            if is_snils(digits) and (is_named or digits[0] not in "78"):
                bare.append(place)
            else:
                others += 1
    is_column = len(bare) >= _MANY and len(bare) > 4 * others
    return [*found, *bare] if is_named or is_column else found


def _after(lines: Sequence[tuple[str, str]], word: re.Pattern[str], value: re.Pattern[str]) -> list[str]:
    """Lines with the value in which, or in a heading above which, stands the word."""
    found, headed = [], 0
    for place, text in lines:
        named, held = word.search(text), value.search(text)
        if named:
            headed = _HEADED if len(text) < _LONG_LINE else 0
        is_near = named and held and abs(named.start() - held.start()) < _LONG_LINE
        if held and (headed > 0 or is_near):
            found.append(place)
        headed -= 1
    return found


def _with_birth(lines: Sequence[tuple[str, str]]) -> list[str]:
    found, headed = [], 0
    for place, text in lines:
        if _BIRTH_WORD.search(text):
            headed = _HEADED
        if headed > 0 and _DAY.search(text) and _names_somebody(text):
            found.append(place)
        headed -= 1
    return found


def _pupils(lines: Sequence[tuple[str, str]]) -> list[str]:
    """Three lines and more with a name and a class; not those of a table whose heading speaks of grown people."""
    found, is_grown = [], False
    for place, text in lines:
        if _GROWN.search(text):
            is_grown = not _PUPIL_WORD.search(text)
            continue
        if _PUPIL_WORD.search(text):
            is_grown = False
        if not is_grown and _CLASS.search(text) and _names_somebody(text):
            found.append(place)
    return found if len(found) >= _MANY else []


def _names_somebody(text: str) -> bool:
    if _NAME.search(text):
        return True
    pairs = _TWO_WORDS.findall(text.replace("ё", "е"))
    return any({first.lower(), second.lower()} & _FIRST_NAMES for first, second in pairs)


_book: ContextVar[list[Sign] | None] = ContextVar("personal_signs", default=None)


@contextmanager
def noticing() -> Iterator[list[Sign]]:
    """The list that signs found in the files of this request are put into."""
    kept: list[Sign] = []
    before = _book.set(kept)
    try:
        yield kept
    finally:
        _book.reset(before)


def notice(signs: Iterable[Sign]) -> None:
    """Put signs into the list of whoever asks for them; outside of it nothing happens."""
    kept = _book.get()
    if kept is not None:
        kept.extend(sign for sign in signs if sign not in kept)


def noticed() -> tuple[Sign, ...]:
    """What was noticed so far."""
    return tuple(_book.get() or ())
