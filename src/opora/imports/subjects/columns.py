"""Which column of a table holds what: by the header's words and by what stands under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from opora.imports.subjects.grid import GridRow
from opora.imports.subjects.headers import Meaning, Role, combined, is_section_header, mark_label, mark_unit
from opora.imports.subjects.numbering import is_number
from opora.imports.subjects.terms import has_day_or_month, is_month_heading, looks_like_term
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
    if len(own) < 2 or row.only_text or row.is_hidden:
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
        if not (is_figure or mark_label(text) or _SUB_WORDS.match(fold(text)) or combined(text, "")):
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
    header = Header(
        meanings, {column: f"{upper} {lower}".strip() for column, (upper, lower) in words.items()}, length
    )
    if not header.has(Role.TEXT) or len(meanings) < 0.5 * len(words):
        return None
    if header.is_timed:
        return header
    weight = max(meaning.weight for meaning in meanings.values() if meaning.role is Role.TEXT)
    is_plan = header.has(Role.RESPONSIBLE) or header.has(Role.PROMISE)
    return header if is_plan and weight >= _LEAST_UNTIMED else None


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
    if any(len(text) > 80 or not re.match(r"[А-ЯЁA-Z№#]|n п/п", text) for text in texts):
        return False
    if any(looks_like_term(text) and has_day_or_month(text) for text in texts):
        return False
    found = [combined(text, "") for text in texts]
    has_number = any(item and item.role is Role.NUMBER for item in found)
    known = sum(item is not None for item in found)
    return (has_number and known >= 2) or known == len(own) >= 3 or bool(re.match(r"№|n п/п", fold(texts[0])))


def settle(header: Header, rows: Sequence[GridRow]) -> Columns | None:
    """The columns that header and contents agree upon; None where nothing can be the activity."""
    body = [row for row in rows if len(row.own) >= 2]
    text = _text_column(header, body)
    if text is None:
        return None
    taken = {text}
    number = _number_column(header, body, taken)
    taken |= {number} if number is not None else set()
    timed = _timed_columns(header, body, taken)
    taken |= {column for column in timed if column is not None}
    waves = tuple(
        (column, meaning.label)
        for column, meaning in sorted(header.meanings.items())
        if meaning.role is Role.WAVE
    )
    marks = header.marked
    if not waves:
        waves = _term_waves(header, timed[0], body)
    return Columns(
        text=text,
        number=number,
        term=None if waves else timed[0],
        start=timed[1],
        end=timed[2],
        waves=waves,
        marks=marks,
        promises=_ranked(header, Role.PROMISE, taken),
        responsibles=tuple(sorted(_ranked(header, Role.RESPONSIBLE, taken))),
        section=_section_column(header, body, taken),
        weight=header.meanings[text].weight if text in header.meanings else 3,
        goes_down=_goes_down(timed[0], text, body),
    )


def _goes_down(term: int | None, text: int, body: Sequence[GridRow]) -> bool:
    """Does a month printed once before the activities stand for the blank cells below it."""
    if term is None or term > text:
        return False
    texts = [row.at(term) for row in body]
    named = [value for value in texts if value]
    return bool(named) and len(named) < len(texts) and bool(texts[0]) and all(map(is_month_heading, named))


def _ranked(header: Header, role: Role, taken: set[int]) -> tuple[int, ...]:
    found = [
        (-meaning.weight, column)
        for column, meaning in header.meanings.items()
        if meaning.role is role and column not in taken
    ]
    return tuple(column for _, column in sorted(found))


def _share(rows: Sequence[GridRow], column: int) -> float:
    return sum(bool(row.at(column)) and column not in row.merged for row in rows) / len(rows) if rows else 0.0


def _length(rows: Sequence[GridRow], column: int) -> float:
    texts = [row.at(column) for row in rows if row.at(column)]
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _text_column(header: Header, body: Sequence[GridRow]) -> int | None:
    """The column of activities: the best header, unless its cells are merged over lines that another column tells apart."""
    found = sorted(
        (-meaning.weight, column) for column, meaning in header.meanings.items() if meaning.role is Role.TEXT
    )
    if not found:
        return None
    best = found[0][1]
    same = [column for weight, column in found if header.words.get(column) == header.words.get(best)]
    if len(same) > 1:  # one header over two columns: a number and the words
        best = max(same, key=lambda column: _length(body, column))
    for _, column in found:
        if (
            _share(body, best) < 0.6
            and _share(body, column) > _share(body, best) + 0.3
            and _length(body, column) > 15
        ):
            best = column
    return best


def _number_column(header: Header, body: Sequence[GridRow], taken: set[int]) -> int | None:
    named = [column for column, meaning in sorted(header.meanings.items()) if meaning.role is Role.NUMBER]
    for column in named:
        if any(is_number(row.at(column)) for row in body):
            return column
    width = max((len(row.texts) for row in body), default=0)
    for column in range(width):
        known = header.meanings.get(column)
        if column in taken or (known and known.role is not Role.TEXT):
            continue
        texts = [row.at(column) for row in body if row.at(column)]
        if texts and len(texts) >= 0.5 * len(body) and sum(map(is_number, texts)) >= 0.7 * len(texts):
            return column
    return named[0] if named else None


def _timed_columns(
    header: Header, body: Sequence[GridRow], taken: set[int]
) -> tuple[int | None, int | None, int | None]:
    terms = _ranked(header, Role.TERM, taken)
    starts, ends = _ranked(header, Role.START, taken), _ranked(header, Role.END, taken)
    if starts or ends:
        return (
            None if (starts and ends) or not terms else terms[0],
            starts[0] if starts else None,
            ends[0] if ends else None,
        )
    if not header.has(Role.WAVE) and not header.marked:
        best = _best_term(header, terms, body, taken)
        return best, None, None
    return terms[0] if terms and _term_share(body, terms[0]) > 0.2 else None, None, None


def _term_share(body: Sequence[GridRow], column: int) -> float:
    texts = [row.at(column) for row in body if row.at(column)]
    return sum(map(looks_like_term, texts)) / len(texts) if texts else 0.0


def _best_term(
    header: Header, terms: tuple[int, ...], body: Sequence[GridRow], taken: set[int]
) -> int | None:
    for column in terms:
        if _term_share(body, column) >= 0.3:
            return column
    width = max((len(row.texts) for row in body), default=0)
    free = [
        column
        for column in range(width)
        if column not in taken
        and (column not in header.meanings or header.meanings[column].role is Role.OTHER)
        and column not in terms
    ]
    dated = [column for column in free if _term_share(body, column) >= 0.6]
    is_said_fact = {
        column for column in dated if re.search(r"факт|отметк|выполнен", fold(header.words.get(column, "")))
    }
    dated = [column for column in dated if column not in is_said_fact]
    if dated and (not terms or not any(row.at(terms[0]) for row in body)):
        return max(dated, key=lambda column: _term_share(body, column))
    return terms[0] if terms else None


def _term_waves(header: Header, term: int | None, body: Sequence[GridRow]) -> tuple[tuple[int, str], ...]:
    """Several columns of terms that differ by a year or a half-year are waves too."""
    terms = sorted(_ranked(header, Role.TERM, set()))
    if term is None or len(terms) < 2:
        return ()
    dated = [
        column
        for column in terms
        if header.words[column] == header.words[term] or re.search(r"20\d\d|полугоди", header.words[column])
    ]
    if len(dated) < 2 or term not in dated or not all(_share(body, column) for column in dated):
        return ()
    return tuple((column, header.words[column]) for column in dated)


def _section_column(header: Header, body: Sequence[GridRow], taken: set[int]) -> int | None:
    """A column of groupings: its cells are merged, blank or the same over several lines."""
    for column in sorted(header.meanings):
        if column in taken or not is_section_header(header.words.get(column, "")):
            continue
        texts = [row.at(column) for row in body]
        distinct = len({text for text in texts if text})
        if distinct and distinct <= 0.7 * len(texts):
            return column
    return None
