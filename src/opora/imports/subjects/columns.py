"""Which column of a table holds what: by the header's words and by what stands under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from opora.imports.subjects.grid import GridRow
from opora.imports.subjects.headers import (
    Meaning,
    Role,
    combined,
    mark_label,
    mark_unit,
    roman_month,
)
from opora.imports.subjects.numbering import is_number
from opora.imports.subjects.terms import has_day_or_month, looks_like_term
from opora.imports.subjects.wording import fold

TIMED = frozenset({Role.TERM, Role.START, Role.END, Role.WAVE, Role.MARK})
_LEAST_UNTIMED = 5  # without a column of terms only «мероприятие», «действие», «содержание» make a header
_SUB_WORDS = re.compile(
    r"^(?:план\w*|факт\w*|с|по|от|до|всего|начал\w*.*|оконч\w*.*|заверш\w*.*|муницип\w*.*|школ\w*.*"
    r"|регион\w*.*|в том числе.*)$"
)
_DEED = re.compile(
    r"^(?:проведени|организаци|участи|подготовк|разработк|создани|обеспечени|формировани|анализ|назначени"
    r"|утверждени|размещени|посещени|"
    r"мониторинг|сбор|заседани|совещани|семинар|вебинар|корректиров|изучени|выявлени|реализаци)"
)


@dataclass(frozen=True, slots=True)
class Header:
    """A header found in the rows: what each column means and how many rows it takes."""

    meanings: dict[int, Meaning]
    words: dict[int, str]
    length: int

    def has(self, role: Role) -> bool:
        return any(meaning.role is role for meaning in self.meanings.values())

    @property
    def is_timed(self) -> bool:
        roles = [meaning.role for meaning in self.meanings.values()]
        return any(role in TIMED - {Role.MARK} for role in roles) or len(self.marked) >= 2

    @property
    def marked(self) -> tuple[tuple[int, str], ...]:
        """The columns of a matrix of quarters, months, half-years or years, with their labels."""
        marks = [(column, m.label) for column, m in sorted(self.meanings.items()) if m.role is Role.MARK]
        units = [mark_unit(label) for _, label in marks]
        return tuple(mark for mark, unit in zip(marks, units, strict=True) if units.count(unit) > 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """The settled columns of a table. `waves` and `marks` are (column, label) in order of the grid."""

    text: int
    number: int | None = None
    term: int | None = None
    start: int | None = None
    end: int | None = None
    waves: tuple[tuple[int, str], ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    promises: tuple[int, ...] = ()
    responsibles: tuple[int, ...] = ()
    section: int | None = None
    year: int | None = None
    weight: int = 5
    goes_down: bool = False

    @property
    def timed(self) -> tuple[int, ...]:
        """All columns that speak of time."""
        single = [column for column in (self.term, self.start, self.end) if column is not None]
        return (*single, *(column for column, _ in self.waves), *(column for column, _ in self.marks))


def header_at(rows: Sequence[GridRow], at: int) -> Header | None:
    """The header of a roadmap that begins in this row, its lower levels included; None where there is none."""
    row = rows[at]
    if not _may_be_header(row):
        return None
    words = _spread(row)
    if not any(combined(row.texts[column], "") for column in row.own):
        return None
    best: Header | None = None
    for length in range(1, 4):
        header = _read(words, length)
        if header and (best is None or header.is_timed or not best.is_timed):
            best = header
        if at + length >= len(rows) or not _is_lower_level(rows[at + length], words):
            break
        words = _lower(words, rows[at + length])
    return best


def _may_be_header(row: GridRow) -> bool:
    own = row.own
    if len(own) < 2 or row.only_text or row.is_hidden or row.merged:
        return False
    texts = [row.texts[column] for column in own]
    if any(len(text) > 170 for text in texts) or (
        sum(is_number(text) for text in texts) > 0 and not _has_quarters(texts)
    ):
        return False
    low = [text for text in texts if text[0].islower()]
    if len(low) < len(texts) and any(len(text) > 20 for text in low):
        return False  # a row cut by a page goes on in small letters
    return not any(_DEED.match(fold(text)) for text in texts)


def _has_quarters(texts: list[str]) -> bool:
    """Are figures in the row those of quarters: several labels of one kind, each its own."""
    labels = [label for text in texts if (label := mark_label(text))]
    return len(set(labels)) == len(labels) >= 2 and len({mark_unit(label) for label in labels}) == 1


def _spread(row: GridRow) -> dict[int, tuple[str, str]]:
    """The words over each grid column as (upper, lower)."""
    words: dict[int, tuple[str, str]] = {}
    for column in row.filled:
        for reached in range(column, column + row.reaches(column)):
            words[reached] = (row.texts[column], "")
    return words


def _lower(words: dict[int, tuple[str, str]], row: GridRow) -> dict[int, tuple[str, str]]:
    """The words with one more level; a column with nothing above it takes the words of its left neighbour."""
    result = dict(words)
    for column in row.own:
        for reached in range(column, column + row.reaches(column)):
            upper = " ".join(part for part in words.get(reached, ("", "")) if part)
            if not upper:
                left = [other for other in words if other < reached]
                upper = " ".join(part for part in words[max(left)] if part) if left else ""
            result[reached] = (upper, row.texts[column])
    return result


def _is_lower_level(row: GridRow, words: dict[int, tuple[str, str]]) -> bool:
    own = row.own
    if (
        not own
        or row.is_hidden
        or (is_numbering(row) and not _is_under_one(own, words))
        or (row.only_text and row.reaches(own[0]) > 2 and not mark_label(row.only_text))
    ):
        return False
    for column in own:
        text, above = row.texts[column], " ".join(words.get(column, ("", ""))).strip()
        if len(text) > 60 or text == above:
            return False
        meant = combined(above, "") if above else None
        if meant and meant.role in (Role.NUMBER, Role.TEXT):
            return False
        is_figure = text.isdigit() and _is_under_one(own, words)
        alone = combined(text, "")
        if alone and alone.role is Role.NUMBER:
            return False  # a header of its own begins here
        if not (is_figure or mark_label(text) or _SUB_WORDS.match(fold(text)) or alone):
            return False
        if re.search(r"20\d\d", text) and has_day_or_month(text) and not mark_label(text):
            return False
    narrow = [column for column in own if column not in words]
    under_wide = any(
        words.get(column) and sum(value == words[column] for value in words.values()) > 1 for column in own
    )
    return bool(narrow) or under_wide or len(own) <= 1


def _is_under_one(own: list[int], words: dict[int, tuple[str, str]]) -> bool:
    """Do all figures stand under one wide header: quarters or months of a term."""
    above = {words.get(column) for column in own}
    upper = above.pop() if len(above) == 1 else None
    return (
        bool(upper)
        and len(words) > len(own)
        and bool(re.search(r"срок|квартал|месяц|период|20\d\d", fold(" ".join(upper or ()))))
    )


def _read(words: dict[int, tuple[str, str]], length: int) -> Header | None:
    meanings: dict[int, Meaning] = {}
    for column, (upper, lower) in words.items():
        found = combined(upper, lower)
        if found:
            meanings[column] = found
    _see_months(meanings, words)
    numbers = [column for column, meaning in meanings.items() if meaning.role is Role.NUMBER]
    if len(numbers) > 1 and not any(meaning.role is Role.TEXT for meaning in meanings.values()):
        meanings[numbers[-1]] = Meaning(Role.TEXT, 4)  # «№ п/п» and «Пункт плана»
    header = Header(
        meanings, {column: f"{upper} {lower}".strip() for column, (upper, lower) in words.items()}, length
    )
    if not header.has(Role.TEXT) or len(meanings) < 0.5 * len(words):
        return None
    if header.is_timed:
        return header
    if header.has(Role.MARK):
        return None  # a lone «Март» is the term of a line
    weight = max(meaning.weight for meaning in meanings.values() if meaning.role is Role.TEXT)
    is_plan = header.has(Role.RESPONSIBLE) or header.has(Role.PROMISE)
    return header if is_plan and weight >= _LEAST_UNTIMED else None


def _see_months(meanings: dict[int, Meaning], words: dict[int, tuple[str, str]]) -> None:
    """«I»–«IV» among other Roman numerals of a matrix are months and no quarters."""
    found = {
        column: month
        for column, meaning in meanings.items()
        if meaning.role is Role.MARK
        and (month := roman_month(words[column][1] or words[column][0], meaning.label))
    }
    if any(mark_unit(meanings[column].label) == "месяц" for column in found):
        meanings.update({column: Meaning(Role.MARK, 8, month) for column, month in found.items()})


def is_numbering(row: GridRow) -> bool:
    """A row of column numbers «1 2 3 4», as some forms print under the header."""
    texts = [row.texts[column].strip(" .") for column in row.own]
    if len(texts) < 3 or not all(text.isdigit() for text in texts):
        return False
    figures = [int(text) for text in texts]
    return figures[0] <= 2 and all(later - earlier == 1 for earlier, later in pairwise(figures))


def is_foreign_header(row: GridRow) -> bool:
    """Does the row open a table of another kind: a list of schools, of people, of sums."""
    own = row.own
    if len(own) < 2 or not _may_be_header(row):
        return False
    texts = [row.texts[column] for column in own]
    if any(len(text) > 80 or not re.match(r"[А-ЯЁA-Z№#%]|n п/п|20\d\d", text) for text in texts):
        return False
    if any(looks_like_term(text) and has_day_or_month(text) for text in texts):
        return False
    found = [combined(text, "") for text in texts]
    has_number = any(item and item.role is Role.NUMBER for item in found)
    known = sum(item is not None for item in found)
    return (has_number and known >= 2) or known == len(own) >= 3 or bool(re.match(r"№|n п/п", fold(texts[0])))
