"""What the words of a column's header say the column holds."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from opora.imports.subjects.terms import MONTH, month_of
from opora.imports.subjects.wording import fold


class Role(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    TERM = "term"
    START = "start"
    END = "end"
    WAVE = "wave"
    MARK = "mark"
    PROMISE = "promise"
    RESPONSIBLE = "responsible"
    SECTION = "section"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A role and how well the words fit it; `label` is what a mark or a wave stands for («II квартал 2022»)."""

    role: Role
    weight: int = 5
    label: str = ""


_NUMBER = re.compile(
    r"(?:(?:[№#n]{1,2}o?|номер|no\.?)[\s.]*(?:п\W{0,2}п|пункта?|мероприяти\w*|строк\w*|раздел\w*|пунктов)?"
    r"|п\W{0,2}п|пункт)[\s.:]*(?:дорожной карты|плана|дк)?[\s.]*"
)
_OTHER_NUMBER = re.compile(r"(?:№|номер)\s")
_FACT = re.compile(
    r"отметк|\bфакт|\bоб исполнен|\bо выполнен|\bо реализации|\bоб? осуществлен|исполнено|выполнено"
    r"|ход (?:исполн|выполн|реализ)|статус|"
    r"степень выполнен|процент"
)
_START = re.compile(r"\bначал\w*|\bстарт\w*|^с$|^дата с$|^от$|с какого")
_END = re.compile(r"окончан|заверш|\bконец\b|\bконца\b|^по$|^до$|^дата по$")
_WAVE = re.compile(
    r"(?:\b(?:\d|[ivx]+|перв\w+|втор\w+|трет\w+|четверт\w+)\s*-?\s*\w{0,3}\s*(?:этап|волн|поток|тур"
    r"|групп))|(?:этап|волн|поток|тур)\w*\s*(?:№\s*)?(?:\d|[ivx]+)\b"
)
_QUARTER = re.compile(
    r"^(?:(i{1,3}|iv|[1-4])\s*-?\s*(?:й|ый|ой)?\s*(?:кв\w*\.?)?|кв\w*\.?\s*(i{1,3}|iv"
    r"|[1-4]))(?:\s*(20\d\d)\s*(?:г\w*\.?)?)?$"
)
_HALF = re.compile(
    r"^(i{1,2}|[12]|перв\w+|втор\w+)\s*-?\s*(?:е|ое)?\s*пол(?:угоди\w*|уг?\.?"
    r"|\.)?(?:\s*(20\d\d)\s*(?:г\w*\.?)?)?$"
)
_YEAR = re.compile(r"^(20\d\d)\s*(?:г\w*\.?)?$")
_MONTH_YEAR = re.compile(rf"^({MONTH})\.?\s*(20\d\d)?\s*(?:г\w*\.?)?$")
_LONGEST_HEADER = 250
_DEEPEST_STEM = 60  # a header says early what it is about; further in, the words are a line's
_MONTH_NAMES = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ROMAN_MONTHS = {**_ROMAN, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}
_LIKE_ROMAN = str.maketrans("хіу", "xiv")

# The earliest stem in the header decides; of two at one place the upper one.
_STEMS: tuple[tuple[Role, int, re.Pattern[str]], ...] = (
    (
        Role.OTHER,
        9,
        re.compile(
            r"источник|объем\w* (?:фин|бюдж|сред|расх)|финанс|бюджет|стоимост|\bцена|тыс\. ?руб|\bруб"
            r"|сумм[аы]|примечан|участник|аудитори|категори|контингент|"
            r"охват|количеств|кол-во|подпис|основани[ея]|обосновани|нормативн|контролир|кто контрол"
            r"|контроль\b|единиц\w* измер|ед\. ?изм|значени|"
            r"ссылк|место|площадк|адрес|формат|форма (?:провед|работ|организ|контрол|реализ|обуч|мероприят"
            r"|участ)|способ|ресурс|целев\w+ групп|"
            r"фио|ф\. ?и\. ?о|должност|телефон|школ[аы]\b|класс|предмет|учрежден|организаци[яи]\b"
            r"|вид расход|статус|уровень|балл|дата рожд|контакт|email|e-mail"
        ),
    ),
    (
        Role.RESPONSIBLE,
        9,
        re.compile(
            r"ответственн|исполнител|соисполн|\bотв\.?\b|кто (?:провод|отвеча|выполня|исполн|делает)"
            r"|организатор|должностн\w+ лиц|куратор\w* мероп"
        ),
    ),
    (Role.TERM, 9, re.compile(r"\bсрок")),
    (Role.TERM, 8, re.compile(r"\bдат[аыу]\b|календарн")),
    (Role.TERM, 7, re.compile(r"\bпериод")),
    (Role.TERM, 6, re.compile(r"\bврем[яе]|\bкогда\b|\bдедлайн|\bмесяц|\bграфик")),
    (Role.TEXT, 10, re.compile(r"мероприят")),
    (
        Role.PROMISE,
        9,
        re.compile(
            r"показател\w* (?:реализ|выполн|исполн|результ|эффект)"
            r"|что (?:получ|будет|должн)|ожидаем\w+ (?:результ|итог|эффект"
            r"|показ)|(?:планируем|конечн|предполаг|прогнозир)\w+ (?:результ|итог)"
        ),
    ),
    (Role.PROMISE, 8, re.compile(r"результат|показател|\bитог")),
    (Role.PROMISE, 7, re.compile(r"\bвыход\b|продукт|индикатор|критери|\bэффект|ожидаем")),
    (
        Role.PROMISE,
        6,
        re.compile(
            r"вид\w* (?:документ|отчет)|документ|форм\w+ (?:представ|предостав|отчет|документ|подтвержд"
            r"|заверш|результ|выход|фиксац)|подтвержд|отчетн|информация об итог"
        ),
    ),
    (Role.TEXT, 9, re.compile(r"действи|\bмер[аы]\b")),
    (
        Role.TEXT,
        8,
        re.compile(
            r"содержание (?:деятельн|работ|мероп|действ|задач)|план\w* работ|виды? (?:деятельност|работ)"
            r"|поручени"
        ),
    ),
    (
        Role.TEXT,
        6,
        re.compile(
            r"содержани|описани|событи|\bшаг|активност|этап\w* (?:работ|реализ|деятельн)|^работ[аы]$"
            r"|^дел[ао]$|что (?:(?:необходимо|нужно|надо) )?(?:сдела|дела)"
        ),
    ),
    (Role.TEXT, 4, re.compile(r"\bтем[аы]\b|тематик|вопрос|задани|деятельност|наименовани|названи|\bпункт")),
    (Role.TEXT, 3, re.compile(r"направлени|\bраздел|\bблок|\bмодул")),
    (Role.TEXT, 2, re.compile(r"\bзадач|\bэтап|\bцел[ьи]\b|рисков|\bриск|\bдефицит|\bпроблем|фактор")),
)
_NEUTRAL = re.compile(
    r"^(?:полное |краткое |общее |основн\w+ |планируем\w+ |муниципальн\w+ |запланирован\w+ |конкретн\w+ )*"
    r"(?:наименовани[ея]|названи[ея]|перечень|описани[ея]|содержани[ея]|планируем\w+|основн\w+|виды?"
    r"|формулировк\w+|конкретн\w+)\s+"
)
_NOT_A_DEED = re.compile(
    r"наименовани[ея] (?:\w+ )?(?:оо\b|оу\b|образоват|общеобраз|учрежд|организ|школ|услуг|товар|должност"
    r"|статьи|статей|показат|расход|предмет|дисципл|программ|риск|"
    r"муницип|документ|результат|работник|продукц|оборуд|курс|район|объект|имущест)|(?:тема|название"
    r"|наименование) (?:урок|занят|курс)|номер|вид\w* (?:расход|услуг|товар)"
)
_TERM_IN_TAIL = re.compile(r"^(?:место|форма|формат|участники|время)\b.*(?:\bсрок|\bдат[аы]\b)")
_RESULT_OR_DEED = re.compile(
    r"наименовани[ея] (?:результат\w*|структурн\w+ элемент\w*|задач\w*)\b.*(?:мероприят|контрольн)"
)
_PERSON = re.compile(r"^(?:фио|ф\. ?и\. ?о\.?|должност\w*|фамили\w*)\b.*(?:ответственн|исполнител)")
_SECTION_WORDS = re.compile(
    r"^(?:№\s*)?(?:наименовани\w+ |название )?(?:стратегическ\w+ |приоритетн\w+ |основн\w+ )?(?:направлени"
    r"|раздел|блок|модул|этап|задач|цел[ьи]\b|рисков|риск|дефицит|проблем|фактор)"
)


@functools.lru_cache(maxsize=4096)
def meaning(header: str) -> Meaning | None:
    """The role that the words of one header cell speak for; None where they say nothing."""
    if len(header) > _LONGEST_HEADER:
        return None
    words = fold(header).strip(" .:;*¹²³0123456789" if len(header) > 12 else " .:;*")
    if not words:
        return None
    if _NUMBER.fullmatch(words):
        return Meaning(Role.NUMBER, 9)
    if _OTHER_NUMBER.match(words) or _FACT.search(words):
        return Meaning(Role.OTHER, 9)
    if _TERM_IN_TAIL.match(words):
        return Meaning(Role.TERM, 7)
    if _RESULT_OR_DEED.match(words):
        return Meaning(Role.TEXT, 9)
    if _PERSON.match(words):
        return Meaning(Role.RESPONSIBLE, 8)
    return _timed(words) or _by_stem(words)


def _timed(words: str) -> Meaning | None:
    if len(words) > 70:
        return None
    begins, ends = bool(_START.search(words)), bool(_END.search(words))
    is_about_time = re.search(
        r"\bсрок|\bдат|\bпериод|\bврем|реализ|исполн|провед|мероприят|работ|^\w+$|план|(?:г\.|год)", words
    )
    if (
        begins != ends
        and is_about_time
        and not re.search(r"результ|показател|ответствен|форма|документ|итог", words)
    ):
        return Meaning(Role.START if begins else Role.END, 8)
    if re.search(r"\bсрок|\bдат|\bпериод", words) and _WAVE.search(words):
        return Meaning(Role.WAVE, 8, words)
    return None


def _by_stem(words: str) -> Meaning | None:
    start = _NEUTRAL.match(words)
    body, shift = (words[start.end() :], start.end()) if start else (words, 0)
    found = [
        (match.start(), order, role, weight)
        for order, (role, weight, stem) in enumerate(_STEMS)
        if (match := stem.search(body))
    ]
    if _NOT_A_DEED.search(words):
        found = [item for item in found if item[2] is not Role.TEXT]
        if not found:
            return Meaning(Role.OTHER, 6)
    if not found:
        return _by_stem_alone(words) if shift else None
    at, _, role, weight = min(found)
    return Meaning(role, weight) if at + shift <= _DEEPEST_STEM else None


def _by_stem_alone(words: str) -> Meaning | None:
    """«Наименование», «Содержание» before words that say nothing themselves."""
    if _NOT_A_DEED.search(words):
        return Meaning(Role.OTHER, 6)
    return Meaning(Role.TEXT, 4) if re.match(r"наименован|названи|содержан|описан|перечень", words) else None


def is_section_header(header: str) -> bool:
    """Does the header name a grouping: «Направление», «Раздел», «Блок», «Задача»."""
    return bool(_SECTION_WORDS.match(fold(header)))


@functools.lru_cache(maxsize=4096)
def mark_label(header: str) -> str:
    """«II квартал», «март», «1 полугодие», «2023» for the header of a matrix column; empty where it is none."""
    if len(header) > 40:
        return ""
    words = fold(header).strip(" .,")
    if found := _QUARTER.match(words):
        figure = found.group(1) or found.group(2)
        return f"{_ROMAN.get(figure) or figure} квартал" + (f" {found.group(3)}" if found.group(3) else "")
    if found := _HALF.match(words):
        half = 1 if found.group(1) in ("i", "1") or found.group(1).startswith("перв") else 2
        return f"{half} полугодие" + (f" {found.group(2)}" if found.group(2) else "")
    if (found := _MONTH_YEAR.match(words)) and month_of(found.group(1)):
        return words.rstrip(" г.") if found.group(2) else found.group(1)
    if found := _YEAR.match(words):
        return f"{found.group(1)} год"
    figure = _ROMAN_MONTHS.get(words.translate(_LIKE_ROMAN), 0)
    return _MONTH_NAMES[figure - 1] if figure > len(_ROMAN) else ""


def roman_month(header: str, label: str) -> str:
    """The month of a column «I»–«IV» that stands among «V»–«XII»; empty where the header is no Roman numeral alone."""
    figure = _ROMAN_MONTHS.get(fold(header).strip(" .").translate(_LIKE_ROMAN))
    return label.replace(f"{figure} квартал", _MONTH_NAMES[figure - 1]) if figure else ""


def mark_unit(label: str) -> str:
    """What a column of a matrix stands for: a month, or the word after the figure."""
    return (
        "месяц" if month_of(label.split(" 20")[0]) else label.split(" ")[-1 if label.endswith("год") else 1]
    )


def is_wave(header: str) -> bool:
    """«1 этап», «вторая волна»: one of several date columns."""
    return bool(_WAVE.search(fold(header)))


@functools.lru_cache(maxsize=4096)
def combined(upper: str, lower: str) -> Meaning | None:
    """The role of a column with a header of two levels."""
    top, sub = meaning(upper), meaning(lower)
    if not lower or lower == upper:
        label = "" if upper.strip(" .").isdigit() else mark_label(upper)
        return Meaning(Role.MARK, 8, label) if label else _wave_alone(upper) or top
    if top and (
        top.role in (Role.PROMISE, Role.RESPONSIBLE, Role.NUMBER) or (top.role is Role.OTHER and not sub)
    ):
        return top
    if re.match(r"факт", fold(lower)):
        return Meaning(Role.OTHER, 9)
    if top and top.role is Role.OTHER and sub and sub.role in (Role.OTHER, Role.PROMISE, Role.NUMBER):
        return top
    if not (top and top.role is Role.OTHER):
        if label := _month_figure(upper, lower) or mark_label(lower):
            year = re.search(r"20\d\d", upper)
            is_yearless = year and not re.search(r"20\d\d", label)
            return Meaning(Role.MARK, 8, f"{label} {year.group()}" if is_yearless and year else label)
        if wave := _wave_alone(lower):
            return wave
    if sub and sub.role is not Role.NUMBER:
        return sub
    return top or sub


def _month_figure(upper: str, lower: str) -> str:
    """«9» under «Месяц» is September."""
    is_month = "месяц" in fold(upper) and lower.isdigit() and 1 <= int(lower) <= 12
    return _MONTH_NAMES[int(lower) - 1] if is_month else ""


def _wave_alone(header: str) -> Meaning | None:
    words = fold(header)
    return (
        Meaning(Role.WAVE, 8, header)
        if len(words) <= 40 and _WAVE.search(words) and not _has_other_role(words)
        else None
    )


def _has_other_role(words: str) -> bool:
    found = _by_stem(words)
    return bool(found) and found.role in (Role.PROMISE, Role.RESPONSIBLE, Role.OTHER) if found else False
