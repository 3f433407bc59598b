"""Rows of a roadmap's table that are not lines: totals, notes, signatures, repealed lines, titles."""

from __future__ import annotations

import re

from opora.imports.subjects.columns import Columns
from opora.imports.subjects.grid import GridRow
from opora.imports.subjects.numbering import is_number
from opora.imports.subjects.wording import fold

_TOTAL = re.compile(r"(?:итого|всего)\b.{0,40}$")
_NOTE = re.compile(
    r"(?:\*+|[¹²³⁴⁵]|\d\s?(?=[-–—]\s)|<\d+>|\[\d+\]|примечани[ея]\b|сноска|\(?в ред\b|\(?в редакции"
    r"|\(?(?:п\.|пункт|строка|раздел|позиция)?\s*[\d.]*\s*"
    r"\(?(?:введен|дополнен|изложен|исключен)\w*\b|\((?:п\.|пункт|строка|раздел)\s*[\d.]+\s)"
)
_REPEALED = re.compile(
    r"[-–—(]*\s*(?:утратил\w* силу|исключ[её]н[аоы]?\b|исключить|отмен[её]н[аоы]?\b|признан\w* утратившим)"
)
_SIGNATURE = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+|[А-ЯЁ][а-яё]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|_{4,}")
_SIGNER = re.compile(
    r"(?:и\.? ?о\.? )?(?:директор|начальник|руководител|заведующ|глава|председател|заместител|исполнител"
    r"|исп\.|методист|согласовано|утверждаю|составил|тел\.|м\.п\.|дата\b.*подпись)"
)
_TITLE = re.compile(
    r"дорожн\w+ карт|план\w* (?:основн\w+ |муниципальн\w+ )?(?:мероприят|работ|действ)|план-график"
    r"|план \(.?дорожн|комплекс мер|муниципальный план|^план\b|программа мер|^мероприятия (?:по|для|на)\b.*20\d\d"
)
_AMENDED = re.compile(
    r"\s*\((?:в ред(?:акции|\.)?|п\. ?[\d.]* введ|пункт [\d.]* введ|введен|изменен)[^()]*\)\s*$",
    re.IGNORECASE,
)


def is_total(row: GridRow) -> bool:
    first = fold(row.texts[row.own[0]]).strip(' ".:')
    return bool(_TOTAL.match(first)) and len(row.own) < max(3, len(row.texts))


def is_note(row: GridRow) -> bool:
    """A footnote or a note of amendment printed as a row of its own."""
    text = row.only_text
    return bool(text) and bool(_NOTE.match(fold(text)))


def is_note_text(text: str) -> bool:
    return bool(_NOTE.match(fold(text)))


def is_signature(row: GridRow, columns: Columns) -> bool:
    """«Директор … И.О. Фамилия» under the table of a spreadsheet."""
    own = row.own
    if len(own) > 4 or (columns.number is not None and is_number(row.at(columns.number))):
        return False
    texts = [row.texts[column] for column in own]
    signer = bool(_SIGNER.match(fold(texts[0])))
    return signer and (
        (len(own) == 1 and len(texts[0]) < 60)
        or any(_SIGNATURE.search(text) and len(text) < 60 for text in texts)
    )


def is_signature_text(text: str) -> bool:
    return bool(_SIGNER.match(fold(text))) and len(text) < 160


def is_repealed(text: str) -> bool:
    return bool(_REPEALED.match(fold(text)))


def is_title(text: str) -> bool:
    """Does the text name the roadmap itself."""
    return bool(_TITLE.search(fold(text)))


def without_amendment(text: str) -> str:
    """The words of a line without the closing «(в ред. приказа от … № …)»."""
    return _AMENDED.sub("", text)
