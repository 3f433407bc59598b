"""What stands beside a term in its cell and is no term: places, stages, classes, numbers of documents."""

from __future__ import annotations

from functools import lru_cache

from opora.core.periods.tokens import Token

_BEFORE_NUMBER = (
    "школ", "сош", "оош", "нош", "мбоу", "моу", "мкоу", "маоу", "мбу", "мау", "гбоу", "гимнази", "лице",
    "доу", "мдоу", "мбдоу", "каб", "кабинет", "ауд", "ул", "улиц", "пр", "просп", "пер", "д", "дом",
    "корп", "класс", "этап", "тур", "блок", "модул", "групп", "заняти", "заседани", "часть", "част",
    "пункт", "п", "пп", "раздел", "приложени", "форм", "вебинар", "семинар", "смен", "поток", "волн",
    "шаг", "уровен", "уровн", "протокол", "задани", "позици", "строк",
)  # fmt: skip
_STREETS = ("ул", "улиц", "просп", "пер", "переул", "бульвар", "шосс")
_AFTER_NUMBER = (
    "этап", "тур", "класс", "кл", "школ", "человек", "чел", "блок", "модул", "групп", "поток", "волн",
    "смен", "шаг", "экз", "шт", "участник", "заняти", "заседани", "вебинар", "семинар", "балл",
    "процент", "мероприяти", "посещени", "консультаци", "сесси", "уровн", "уровен", "парт",
)  # fmt: skip
_DOCUMENTS = (
    "приказ", "письм", "постановлени", "распоряжени", "протокол", "положени", "договор", "соглашени",
)  # fmt: skip
_SHORT = frozenset({"п", "пп", "д", "пр", "пер", "ул", "доу", "кл", "чел", "шт", "каб", "ауд", "нош", "моу"})
_NUMBERS = ("number", "ordinal", "roman")
_BETWEEN_ROMANS = ("dash", "comma", "and", "to", "slash", "dot", "filler", "from", "until")
_SUFFIXES = frozenset({
    "й", "ый", "ой", "ий", "го", "ого", "его", "му", "ому", "м", "ом", "ем", "я", "ая", "ья", "е", "ое",
    "ье", "ые", "ие", "х", "ых", "ю", "ую", "ью", "ей", "их",
})  # fmt: skip
_TERM_UNITS = (
    "month",
    "quarter",
    "half",
    "decade",
    "week",
    "halfpart",
    "number_word",
    "day_word",
    "month_word",
)


@lru_cache(maxsize=4096)
def is_stem(word: str, stems: tuple[str, ...]) -> bool:
    return any(word == stem if stem in _SHORT else word.startswith(stem) for stem in stems)


def with_ordinals(tokens: list[Token]) -> list[Token]:
    """Make «1-й», «3я», «15-го», «двадцать пятого» and Roman numbers one piece each."""
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        following = tokens[place + 1 : place + 3]
        kind = token.kind
        if kind == "dot" and out and out[-1].kind != "number":
            # Only «1.» is told from «1»; an unknown «сокр.» before a month may be a part of it.
            if _is_unknown_part(out[-1], following):
                out.append(Token("doubt", ""))
            place += 1
            continue
        if kind == "number" and len(token.text) <= 2:
            if len(following) == 2 and following[0].kind == "dash" and _is_suffix(following):
                out.append(Token("ordinal", token.text, token.value, token.glued))
                place += 3
                continue
            if (
                following
                and following[0].glued
                and following[0].text in _SUFFIXES
                and following[0].text != "м"
            ):
                out.append(Token("ordinal", token.text, token.value, token.glued))
                place += 2
                continue
        if kind == "tens" and following and following[0].kind == "ordinal" and 0 < following[0].value < 10:
            out.append(Token("ordinal", token.text, token.value + following[0].value))
            place += 2
            continue
        if token.roman and _is_roman_here(tokens, place):
            out.append(Token("roman", token.text, token.roman, token.glued))
            place = _past_suffix(tokens, place + 1)
            continue
        out.append(token)
        place += 1
    return out


def _is_unknown_part(token: Token, following: list[Token]) -> bool:
    if token.kind != "word" or len(token.text) > 5 or is_stem(token.text, _BEFORE_NUMBER):
        return False
    return bool(following) and following[0].kind in ("month", "quarter", "half")


def _is_suffix(following: list[Token]) -> bool:
    return following[0].glued and following[1].glued and following[1].text in _SUFFIXES


def _past_suffix(tokens: list[Token], place: int) -> int:
    following = tokens[place : place + 2]
    if len(following) == 2 and following[0].kind == "dash" and _is_suffix(following):
        return place + 2
    return place


def _is_roman_here(tokens: list[Token], place: int) -> bool:
    """Whether a word that may be a Roman number stands before a quarter, a week, a stage and the like."""
    for token in tokens[_past_suffix(tokens, place + 1) : place + 12]:
        if token.kind in ("quarter", "half", "decade", "week", "halfpart"):
            return True
        if token.roman or token.kind in _BETWEEN_ROMANS:
            continue
        if token.kind == "word" and is_stem(token.text, _AFTER_NUMBER):
            return True
        break
    before = tokens[place - 1] if place else None
    return before is not None and (before.kind in ("quarter", "half") or is_stem(before.text, _BEFORE_NUMBER))


def without_surroundings(tokens: list[Token]) -> list[Token]:
    """Drop the numbers that belong to places, stages, classes, people and documents beside the term."""
    return _without_documents(_without_numbers(tokens))


def _without_numbers(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind in _NUMBERS:
            if _counts_something(tokens, place):
                _drop_span(out)
                out.append(Token("word", ""))
                place += 1
                continue
            if _is_house(out):
                out.append(Token("word", "№"))
                place += 1
                continue
            named = next((each for each in reversed(out[-2:]) if each.kind != "dot"), None)
            if named is not None and _names_a_place(named):
                place = _past_numbers(tokens, place)
                out.append(Token("word", "№"))
                continue
        out.append(token)
        place += 1
    return out


def _is_house(out: list[Token]) -> bool:
    """«ул. Советская, 15»: the first number after the name of a street."""
    for token in reversed(out[-6:]):
        if token.kind not in ("word", "comma", "dot"):
            return False
        if is_stem(token.text, _STREETS):
            return True
        if token.text == "№":
            return False
    return False


def _drop_span(out: list[Token]) -> None:
    """Also drop the first number of «5–9 классы», «1, 2 этапы»."""
    while len(out) > 1 and out[-1].kind in ("dash", "and", "comma") and out[-2].kind in _NUMBERS:
        del out[-2:]


def _counts_something(tokens: list[Token], place: int) -> bool:
    after = place + 1
    if after < len(tokens) and tokens[after].kind == "dot":
        after += 1
    if after >= len(tokens):
        return False
    following = tokens[after]
    return following.kind == "count" or (following.kind == "word" and is_stem(following.text, _AFTER_NUMBER))


def _names_a_place(token: Token) -> bool:
    return token.kind == "sign" or (token.kind == "word" and is_stem(token.text, _BEFORE_NUMBER))


def _past_numbers(tokens: list[Token], place: int) -> int:
    """Past «12, 15 и 20» after «школы №», but not past a number that has a unit of time of its own."""
    place += 1
    while place + 1 < len(tokens) and tokens[place].kind in ("comma", "and", "dash", "slash", "dot"):
        following = tokens[place + 2].kind if place + 2 < len(tokens) else ""
        if tokens[place + 1].kind != "number" or following in _TERM_UNITS:
            break
        place += 2
    return place


def _without_documents(tokens: list[Token]) -> list[Token]:
    """Drop the date of «приказ от 01.02.2022 № 12»: it is not the term."""
    out: list[Token] = []
    place = 0
    is_document = False
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "word" and is_stem(token.text, _DOCUMENTS):
            is_document = True
        if is_document and token.kind == "since":
            after = _past_date(tokens, place + 1)
            if after:
                out.append(Token("word", "от"))
                place = after
                is_document = False
                continue
        out.append(token)
        place += 1
    return out


def _past_date(tokens: list[Token], place: int) -> int:
    kinds = [token.kind for token in tokens[place : place + 3]]
    if kinds[:1] == ["date"]:
        return place + (2 if kinds[1:2] == ["year"] else 1)
    if kinds[:2] == ["number", "month"]:
        return place + (3 if kinds[2:] == ["year"] else 2)
    return 0
