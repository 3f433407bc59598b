"""The Russian words a term is made of, each with its kind and number."""

from __future__ import annotations

from functools import lru_cache

_SOFT = ("ь", "я", "ю", "ем", "е", "и")
_HARD = ("", "а", "у", "ом", "е")
_MONTH_FORMS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("январ", _SOFT, ("янв", "январ")),
    ("феврал", _SOFT, ("фев", "февр", "феврал")),
    ("март", _HARD, ("мар",)),
    ("апрел", _SOFT, ("апр", "апрел")),
    ("ма", ("й", "я", "ю", "ем", "е"), ()),
    ("июн", _SOFT, ("июн",)),
    ("июл", _SOFT, ("июл",)),
    ("август", _HARD, ("авг",)),
    ("сентябр", _SOFT, ("сен", "сент", "сентяб")),
    ("октябр", _SOFT, ("окт", "октяб")),
    ("ноябр", _SOFT, ("ноя", "нояб")),
    ("декабр", _SOFT, ("дек", "декаб")),
)
MONTHS: dict[str, int] = {
    form: number
    for number, (stem, endings, short) in enumerate(_MONTH_FORMS, 1)
    for form in (*(stem + ending for ending in endings), *short)
}
_ORDINALS = [
    "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат",
    "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат",
    "девятнадцат", "двадцат",
]  # fmt: skip
_ORDINAL_ENDINGS = [
    "ый", "ой", "ий", "ая", "яя", "ое", "ее", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем", "ую",
    "юю", "ей", "ые", "ие", "ых", "их", "ья", "ье", "ьего", "ьему", "ьем", "ью", "ьей",
]  # fmt: skip
_NUMERALS = {
    "один": 1, "одного": 1, "одна": 1, "одной": 1, "одну": 1, "одному": 1,
    "два": 2, "две": 2, "двух": 2, "три": 3, "трех": 3, "четыре": 4, "четырех": 4, "пять": 5, "пяти": 5,
    "шесть": 6, "шести": 6, "семь": 7, "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9,
    "десять": 10,
    "десяти": 10, "двенадцать": 12, "двенадцати": 12, "пятнадцать": 15, "пятнадцати": 15, "двадцати": 20,
    "тридцати": 30,
}  # fmt: skip
_WEEKDAYS = (
    ["понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень"],
    ("", "а", "у", "ы", "и", "е", "е", "ам", "ем", "ом", "ой", "ей", "ю", "я", "ям", "ник"),
)
_SAME: tuple[tuple[str, str], ...] = (
    ("from", "с со"),
    ("after", "после"),
    ("since", "от"),
    ("to", "по"),
    ("until", "до к ко"),
    ("and", "и да"),
    ("not", "не"),
    ("later", "позднее позже поздней"),
    ("earlier", "ранее раньше"),
    ("rarely", "реже менее чаще меньше"),
    ("filler", "в во на течение течении теч протяжении весь всего всей всем целом период периода периоде"),
    ("filler", "периоду срок срока сроки сроков включительно включ вкл начиная календарного календарный"),
    ("filler", "календарном между месяце т есть однако но ориентировочно примерно предположительно планово"),
    ("limit", "крайний предельный"),
    ("month_word", "месяц месяца месяцев месяцу мес"),
    ("year_word", "год года году годом годы годов годам годах гг г"),
    ("day_word", "день дня дней дню дни дн сутки суток"),
    ("half_year_word", "полгода полугода"),
    ("workday", "рабочий рабочих рабочего рабочие календарных"),
    ("quarter", "кв квар кварт"),
    ("half", "полуг"),
    ("halfpart", "пол"),
    ("week", "нед"),
    ("study", "уч учебн"),
    ("times", "раз раза разу р"),
    ("twice", "дважды"),
    ("thrice", "трижды"),
    ("once", "однажды единожды"),
    ("number_word", "число числа числу числе числах"),
    ("stay", "постоянно перманентно бессрочно"),
    ("onward", "далее дальнейшем впоследствии"),
    ("term", "четверть четверти четвертей четвертям четвертях"),
    ("current", "текущего текущий текущем этого сего нынешнего"),
)  # fmt: skip
_SEASONS = (("зим", 4), ("весн", 1), ("весен", 1), ("лет", 2), ("осен", 3))
_SEASON_ENDINGS = [
    "а", "ы", "е", "у", "ой", "о", "ом", "ь", "и", "ью", "ний", "него", "нему", "ним", "нем", "нее",
    "няя", "ней", "нюю", "не",
]  # fmt: skip
_EDGES = {
    **dict.fromkeys(["начало", "начала", "начале", "началу", "нач"], 1),
    **dict.fromkeys(["середина", "середине", "середины", "середину", "сер", "серед"], 2),
    **dict.fromkeys(["конец", "конца", "конце", "концу", "окончания", "окончанию", "кон"], 3),
}
_PREFIXES: tuple[tuple[str, str, int], ...] = (
    ("квартал", "quarter", 0),
    ("полугоди", "half", 0),
    ("декад", "decade", 0),
    ("недел", "week", 0),
    ("половин", "halfpart", 0),
    ("учебн", "study", 0),
    ("последн", "ordinal", -1),
    ("кажд", "each", 0),
    ("следующ", "relative", 1),
    ("будущ", "relative", 1),
    ("прошл", "relative", -1),
    ("предыдущ", "relative", -1),
    ("минувш", "relative", -1),
)
# Words that turn the dates beside them into something else; with them the phrase is left to a person.
_TURNING = [
    "кром", "исключ", "или", "либо", "если", "перенес", "перенос", "отмен", "каникул", "семестр",
    "триместр", "накануне", "итогам", "результатам", "завершении", "окончании", "перед", "состоянию",
    "приостан", "сдвиг", "вместо", "взамен", "отлож", "без", "минус",
]  # fmt: skip
_TURNING_EXACT = frozenset({"без", "или", "либо", "перед", "если"})
RECURRENCES: tuple[tuple[str, str], ...] = (
    ("ежедневн", "daily"),
    ("ежесуточн", "daily"),
    ("еженед", "weekly"),
    ("ежемес", "monthly"),
    ("помесячн", "monthly"),
    ("ежекв", "quarterly"),
    ("поквартальн", "quarterly"),
    ("ежеполуг", "half-yearly"),
    ("ежегод", "yearly"),
    ("ежедекадн", "other"),
    ("ежечасн", "other"),
)
_ROMAN_LETTERS = {
    "i": "i", "і": "i", "l": "i", "v": "v", "у": "v", "y": "v", "x": "x", "х": "x", "ш": "iii", "п": "ii",
}  # fmt: skip
_ROMANS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}


def _exact_words() -> dict[str, tuple[str, int]]:
    words = {form: (kind, 0) for kind, forms in _SAME for form in forms.split()}
    words.update({form: ("month", number) for form, number in MONTHS.items()})
    words.update({form: ("edge", number) for form, number in _EDGES.items()})
    words.update({form: ("numeral", number) for form, number in _NUMERALS.items()})
    for number, stem in enumerate(_ORDINALS, 1):
        words.update({stem + ending: ("ordinal", number) for ending in _ORDINAL_ENDINGS})
    words.update({"тридцат" + ending: ("ordinal", 30) for ending in _ORDINAL_ENDINGS})
    words.update({"двадцать": ("tens", 20), "тридцать": ("tens", 30)})
    for number, stem in enumerate(_WEEKDAYS[0], 1):
        words.update({stem + ending: ("weekday", number) for ending in _WEEKDAYS[1]})
    for stem, number in _SEASONS:
        words.update({stem + ending: ("season", number) for ending in _SEASON_ENDINGS})
    words["лет"] = ("year_count", 0)
    return words


_EXACT = _exact_words()


@lru_cache(maxsize=4096)
def kind_of(word: str) -> tuple[str, int | str]:
    """The kind of a lower-case Cyrillic word and its number; ("word", 0) for a word that is not of terms."""
    if word in _EXACT:
        return _EXACT[word]
    for stem, code in RECURRENCES:
        if word.startswith(stem):
            return "recurrence", code
    for stem, kind, number in _PREFIXES:
        if word.startswith(stem):
            return kind, number
    if any(word == stem if stem in _TURNING_EXACT else word.startswith(stem) for stem in _TURNING):
        return "turning", 0
    return "word", 0


def roman(word: str) -> int:
    """The value of a Roman number up to XII, typed in Latin or in look-alike letters; 0 when it is none."""
    if len(word) > 5 or any(letter not in _ROMAN_LETTERS for letter in word):
        return 0
    return _ROMANS.get("".join(_ROMAN_LETTERS[letter] for letter in word), 0)


def _without_one(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))} | {word}


_NEAR_MONTHS = frozenset(near for form in MONTHS if len(form) >= 4 for near in _without_one(form))


def looks_like_month(word: str) -> bool:
    """Whether an unknown word is one slip of the pen away from a month: such a phrase must not be guessed."""
    return 4 <= len(word) <= 10 and not _NEAR_MONTHS.isdisjoint(_without_one(word))
