"""The order that approved the roadmap: number, date, issuer, signatory and the roadmap's title, from the words before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from opora.imports.draft import DraftOrder
from opora.imports.subjects.numbering import has_label
from opora.imports.subjects.rowkinds import is_title
from opora.imports.subjects.terms import MONTH, is_month_heading, month_of
from opora.imports.subjects.wording import fold

_KIND = re.compile(
    r"(?:п ?р ?и ?к ?а ?з|р ?а ?с ?п ?о ?р ?я ?ж ?е ?н ?и ?е|п ?о ?с ?т ?а ?н ?о ?в ?л ?е ?н ?и ?е|решение)\b"
)
_APPROVED = re.compile(
    r"утвержд(?:ен|аю|ена|ено|ены)\b|приложение\b.*к (?:приказ|распоряж|постановл)|к (?:приказ|распоряж"
    r"|постановл)\w+|приложение\b"
)
_BODY = re.compile(
    r"(?:об? |в целях|в соответствии|на основании|во исполнение|в рамках|с целью|приказываю|постановляет"
    r"|в связи|руководствуясь|\d+\.\s)"
)
_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}})[./](\d{{1,2}})[./](\d{{4}}|\d{{2}})(?!\d)"
    rf"|[«\"]?(\d{{1,2}})[»\"]?\s+({MONTH})\s+(\d{{4}})"
)
_NUMBER = re.compile(r"(?:№|\bN)\s*([0-9A-Za-zА-Яа-яЁё][\wА-Яа-яЁё.]*(?:\s?[-–/]\s?[\wА-Яа-яЁё.]+)*)")
_OF_SCHOOL = re.compile(r"(?:школ\w*|сош|оош|гимнази\w*|лице\w*|оу|сад\w*|доу|приложение|приложения)\s*$")
_NAME = re.compile(
    r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
    r"|[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s[А-ЯЁ]\.\s?[А-ЯЁ]\."
)
_POST = re.compile(
    r"(?:и\.? ?о\.? ?|исполняющ\w+ обязанности )?(?:директор|начальник|глава|председател|заместител"
    r"|руководител|заведующ|ректор|министр)"
)
_INSTITUTION = re.compile(
    r"министерств|департамент|управлени|администраци|комитет|отдел|учрежден|школ|служб|центр|институт"
    r"|правительств|прокуратур|\b(?:уо|мбоу|маоу|мкоу|мку|мбу|имц|оо)\b|дворец|академи|муниципальн"
    r"|детский сад|гимнази|лице[йя]|район|округ|област|республик|кра[йя]\b|город"
)
_FOOTNOTE = re.compile(r"(?<=\d\+)\d(?=[\s»]|$)|[¹²³⁴⁵]")


def order_of(words: Sequence[str]) -> DraftOrder:
    """The requisites as printed before the roadmap; what is not printed stays None."""
    folded = [fold(text) for text in words]
    at = next(
        (
            i
            for i, text in enumerate(folded)
            if _KIND.fullmatch(text.strip(" .:"))
            or re.match(_KIND.pattern + r"(?:\s[^.;:]{3,120}?)?\s*(?:\bот|№)\s", text)
        ),
        None,
    )
    approved = next((i for i, text in enumerate(folded) if re.match(r"утвержд", text)), None)
    annexed = next(
        (
            i
            for i, text in enumerate(folded)
            if re.match(
                r"(?:приложение\b.*)?к (?:приказ|распоряж|постановл)|приложение.*к (?:приказ|распор|постан)",
                text,
            )
        ),
        None,
    )
    order = DraftOrder()
    if at is not None:
        order.issuer = _issuer(words[:at])
        _requisites(order, _until_body(words[at:], folded[at:]))
    for start in (approved, annexed):
        if start is not None and order.number is None:
            region = words[start : start + 8]
            _requisites(order, _short(region))
            order.issuer = order.issuer or _approver(region)
    order.signed_by = _signatory(words, folded)
    return order


def _until_body(words: Sequence[str], folded: Sequence[str]) -> str:
    kept = [words[0]]
    for text, low in list(zip(words, folded, strict=True))[1:10]:
        if _BODY.match(low) and not re.match(r"от\b|№", low):
            break
        kept.append(text)
    return " ".join(kept)


def _short(words: Sequence[str]) -> str:
    kept: list[str] = []
    for text in words:
        if is_title(text) and kept and not re.search(r"приказ|распоряж|постановл", fold(text)):
            break
        kept.append(text)
    return " ".join(kept)


def _requisites(order: DraftOrder, text: str) -> None:
    text = re.sub(r"«\s*(\d+)\s*»", r"«\1»", re.sub(r"[_\s]+", " ", text))  # blanks filled in by hand
    found = next((match for match in _DATE.finditer(text.lower()) if _day(match)), None)
    if found and order.date is None:
        order.date = _day(found)
    numbers = [
        match for match in _NUMBER.finditer(text) if not _OF_SCHOOL.search(fold(text[: match.start()]))
    ]
    if found:
        numbers.sort(key=lambda match: (match.start() < found.start(), abs(match.start() - found.start())))
    if numbers and order.number is None:
        order.number = re.sub(r"\s+", "", numbers[0].group(1)).rstrip(".,")


def _day(found: re.Match[str]) -> date | None:
    try:
        if found.group(1):
            year = int(found.group(3))
            return date(year + 2000 if year < 100 else year, int(found.group(2)), int(found.group(1)))
        return date(int(found.group(6)), month_of(found.group(5)) or 0, int(found.group(4)))
    except ValueError:
        return None


def days_in(text: str) -> list[date]:
    """All calendar days printed in a text."""
    return [day for found in _DATE.finditer(text.lower()) if (day := _day(found))]


def _issuer(words: Sequence[str]) -> str | None:
    first = next((at for at, text in enumerate(words) if _INSTITUTION.search(fold(text))), len(words))
    kept = [
        text
        for text in words[first:]
        if len(text) < 250
        and not re.match(
            r"российская федерация|утвержд|согласован|_+|\d|тел|инн|огрн|e-?mail|адрес|приложение", fold(text)
        )
    ]
    return " ".join(kept[-6:]) or None


def _approver(words: Sequence[str]) -> str | None:
    text = " ".join(words)
    found = re.search(
        r"(?:приказом|распоряжением|постановлением|приказу|распоряжению"
        r"|постановлению)\s+(.{3,200}?)\s*(?:от\s|№\s)",
        text,
        re.IGNORECASE,
    )
    if found and re.search(r"[а-яё]{3}", found.group(1), re.IGNORECASE):
        return found.group(1).strip(" ,")
    return None


def _signatory(words: Sequence[str], folded: Sequence[str]) -> str | None:
    """The name beside a post: on its line or alone on one of the next four."""
    signed: str | None = None
    for i, text in enumerate(folded):
        if not _POST.match(text) or len(text) > 200:
            continue
        for j in range(i, min(i + 5, len(words))):
            if j > i and _POST.match(folded[j]):
                break
            name = _name_in(words[j])
            if name and (j == i or len(words[j]) <= 60):
                signed = name
                break
    return signed


def _name_in(text: str) -> str | None:
    """«А.Б. Примерный» of «Министр А.Б. Примерный»: the word before the initials may be a post."""
    found = [match.group() for match in _NAME.finditer(text)]
    if found and _POST.match(fold(found[0])):
        found = [match.group() for match in _NAME.finditer(text, len(found[0].split()[0]))]
    return found[0] if found else None


def title_of(words: Sequence[str], rows: Sequence[str]) -> str:
    """The roadmap's own title; a footnote digit glued to a word («500+1») is dropped from it."""
    found = _trailing_title(words) or " ".join(rows[:1]) or _subject(words)
    return _FOOTNOTE.sub("", found).strip(" *")


def _trailing_title(words: Sequence[str]) -> str:
    starts = [i for i, text in enumerate(words) if is_title(text) and not _is_head(text)]
    if not starts:
        return ""
    while len(starts) > 1 and _GENERAL.fullmatch(fold(words[starts[-1]]).strip(" .:")):
        if not any(re.search(r"дорожн\w+ карт|20\d\d", fold(words[i])) for i in starts[:-1]):
            break
        starts.pop()  # «План действий» over the table of a paper that has told its name
    start = starts[-1]
    for i in reversed(starts[:-1]):
        if any(_is_head(text) or has_label(text) for text in words[i + 1 : start]) or start - i > 4:
            break
        start = i
    kept: list[str] = []
    for text in words[start:]:
        if kept and (has_label(text) or is_month_heading(text) or _is_head(text) or len(kept) > 5):
            break
        if kept and _PREFACE.match(fold(text)):
            break
        kept.append(text)
    return " ".join(kept)


_PREFACE = re.compile(
    r"(?:основн\w+ |ключев\w+ |целев\w+ )?(?:цел[ьи]|показател|задач[аи]|пояснительн|исполнител"
    r"|разработчик|ответственн|срок|период реализ"
    r"|нормативн|ожидаем|контакт|г\. |тел\b|email|e-mail)"
)
_GENERAL = re.compile(
    r"план (?:мероприятий|действий|работы?|реализации)|мероприятия (?:дорожной карты|плана)"
)


def _is_head(text: str) -> bool:
    """Words of the order itself and of the approval block, never of the title."""
    low = fold(text)
    return bool(
        re.match(
            r"об утвержд|о |об |утвержд|согласован|приложение|к приказ|приказом|приказ\b|от \d|№|\d+[.)]\s"
            r"|в целях|в соответствии|на основании|во исполнение|"
            r"контроль|приказываю|_+|[«\"]?\d+[»\"]? |прилагаем",
            low,
        )
        or _POST.match(low)
        or _NAME.fullmatch(text.strip())
        or re.search(r"\bприказываю|прилагаем|ознакомлен", low)
    )


def _subject(words: Sequence[str]) -> str:
    """«Об утверждении Дорожной карты …» where the roadmap bears no title of its own."""
    for i, text in enumerate(words):
        if re.match(r"об? утвержд|об? реализац|о плане|об организац", fold(text)):
            return " ".join(words[i : i + 1])
    return ""
