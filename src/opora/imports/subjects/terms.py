"""Does a cell speak of time: a quick look by vocabulary, before the period reader is asked."""

from __future__ import annotations

import functools
import re

from opora.imports.subjects.wording import fold

MONTH = (
    r"(?:январ\w*|янв\b|феврал\w*|фев\w?\b|март\w*|мар\b|апрел\w*|апр\b|ма[йяюе]\b|маем\b|июн\w*|июл\w*"
    r"|август\w*|авг\b|"
    r"сентябр\w*|сент?\b|октябр\w*|окт\b|ноябр\w*|ноя\b|нояб\b|декабр\w*|дек\b)"
)
MONTHS = ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_DAYS = r"\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?|(?:19|20)\d\d-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?)?"
_YEAR = r"(?:19|20)\d\d(?:\s*[-/]\s*(?:20)?\d\d)?"
_ROMAN = r"\b[ivx]+(?=[\s,-]|\b)"
_STRONG = re.compile(
    rf"\b{MONTH}|{_DAYS}|\b{_YEAR}|кварт|\bкв\b|полугод|учебн\w* год|\bуч\w*\.? ?(?:года?|г\b)|в течени"
    rf"|в ходе|весь (?:год|период)|"
    r"весь срок|постоян|системат|регуляр|ежегодн|ежемесяч|ежекварт|еженедел|ежеднев|"
    r"\bраз[а]? в\b|раз/|по (?:отдельн\w*|мере|план\w*|график\w*|запрос\w*|необходим\w*|согласован\w*"
    r"|итог\w*|заявк\w*|плану|"
    r"результат\w*|утвержд\w*|окончан\w*|завершен\w*|особ\w*|индивидуальн\w*|срок\w*|вторник\w*|сред\w*"
    r"|четверг\w*|пятниц\w*|понедельник\w*)|"
    r"согласно (?:график|план|срок)|каникул|\bнедел|декад|\bвесн|\bосен|\bзим[аоы]|\bлет[оа]м?\b"
    r"|\b[1234] ?четверт|(?:перв|втор|трет)\w* четверт|"
    r"по факту|не позднее|рабочих дн|календарных дн|\bдн(?:я|ей)\b|ежегодно|однократ|до начала|после"
    r"|на период|период реализац|"
    r"срок\w* реализац|в срок|в сроки|по необходимости|\bпри\b необходимост|один раз|два раза|дважды|месяц"
    r"|круглогодич|бессрочн|в дальнейшем"
)
_WEAK = re.compile(
    r"\b(?:до|по|с|со|в|к|на|и|не|позднее|начиная|год\w*|гг?|числ\w*|каждо\w*|кажды\w*|перв\w*|втор\w*"
    r"|трет\w*|четверт\w*|половин\w*|начал\w*|"
    r"конец|конц\w*|середин\w*|течени\w*|всего|весь|вс[её]|года?|период\w*|раз\w?|месяц\w*|течение|основ\w*|"
    r"реже|чаще|одного|менее|мере|необходимости|срок\w*|этап\w*|далее|ежегодно|дня?|дней|дни|рабочи\w*"
    r"|календарны\w*|час\w*|мин\w*|"
    r"ежегодн\w*|проект\w*|реализаци\w*|учебн\w*|отдельн\w*|график\w*|план\w*|плану|запрос\w*"
    r"|установленн\w*|определ\w*|"
    r"федеральн\w*|региональн\w*|координатор\w*|ректор\w*|итог\w*|результат\w*|утвержд\w*|окончани\w*"
    r"|завершени\w*|ориентировочно|"
    r"далее|затем|либо|или|после|при|от|через|за|для|ежемесячно|последн\w*|[ivx]+)\b"
)
_LONE_YEAR = re.compile(r"^[\s,.–—-]*(?:(?:19|20)\d\d)?\s*(?:год[ау]?|гг?\.?)?[\s,.]*$")


@functools.lru_cache(maxsize=4096)
def looks_like_term(text: str) -> bool:
    """Is the cell mostly words of time: «март-апрель 2022», «по мере необходимости», «2 раза в год»."""
    if not text or len(text) > 220:
        return False
    folded = fold(text)
    if not _STRONG.search(folded):
        return False
    rest = _WEAK.sub(" ", _STRONG.sub(" ", folded))
    left = [word for word in re.findall(r"[a-zа-я]{3,}", rest) if not re.fullmatch(MONTH, word)]
    return len(left) <= max(1, len(folded.split()) // 4)


def has_day_or_month(text: str) -> bool:
    """Does the text name a month, a quarter, a half-year or a date at all."""
    return bool(re.search(rf"\b{MONTH}|{_DAYS}|квартал|полугод", fold(text)))


def is_month_heading(text: str) -> bool:
    """Is the text a stretch of the calendar and nothing more: «Сентябрь», «III квартал», «Август – сентябрь 2022 года»."""
    folded = re.sub(rf"\b{_YEAR}|\bгод\w*|\bгг?\b|учебн\w*", " ", fold(text))
    bare = re.sub(
        rf"\b{MONTH}|\b[ivx1-4]+\b|[1-4]-?(?:й|ый|ой|ое|е)?\s*(?=кварт|полуг)|квартал\w*|полугоди\w*|"
        r"перв\w+|втор\w+|трет\w+|четверт\w+|\bи\b|месяц\w*|\bкв\b",
        " ",
        folded,
    )
    return bool(re.search(rf"\b{MONTH}|квартал|полугоди|\bкв\b", folded)) and not re.search(
        r"[а-яa-z0-9]", bare
    )


def is_piece_of_term(text: str) -> bool:
    """Is the cell a lone tail of a term cut by a page: «2022», «года», «2022 г.»."""
    return bool(text) and bool(_LONE_YEAR.match(text.lower()))


def month_of(text: str) -> int | None:
    """The month a word names, 1–12."""
    word = fold(text).strip(" .")
    if not re.fullmatch(MONTH + r"\.?", word):
        return None
    return next((at + 1 for at, stem in enumerate(MONTHS) if at != 4 and word.startswith(stem)), 5)


def term_in_heading(text: str) -> str:
    """The stretch that a heading names in brackets: «1 этап (февраль – май 2022)»; empty where it names none."""
    for inner in re.findall(r"\(([^()]+)\)", text):
        if looks_like_term(inner) and has_day_or_month(inner):
            return str(inner)
    return ""
