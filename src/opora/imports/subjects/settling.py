"""Columns settled by the words of a header and by what stands in the rows under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from opora.imports.subjects.columns import Columns, Header
from opora.imports.subjects.grid import GridRow
from opora.imports.subjects.headers import Role, is_section_header
from opora.imports.subjects.numbering import is_number
from opora.imports.subjects.terms import is_month_heading, looks_like_term
from opora.imports.subjects.wording import fold


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
        year=_year_column(header, body, taken),
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
        if _uncounted(header.words[column]) == _uncounted(header.words[term])
        or re.search(r"20\d\d|полугоди", header.words[column])
    ]
    if len(dated) < 2 or term not in dated or not all(_share(body, column) for column in dated):
        return ()
    return tuple((column, header.words[column]) for column in dated)


def _uncounted(words: str) -> str:
    """«Дата 1» and «Дата 2» are one header counted."""
    return re.sub(r"[\s№.]*\b(?:\d|[ivx]+)$", "", fold(words))


def _year_column(header: Header, body: Sequence[GridRow], taken: set[int]) -> int | None:
    """A column «Год» beside that of months."""
    for column, words in sorted(header.words.items()):
        if column not in taken and re.match(r"(?:учебный )?год\b", fold(words)):
            texts = [row.at(column) for row in body if row.at(column)]
            if texts and all(re.fullmatch(r"20\d\d(?: ?г\w*\.?)?", text) for text in texts):
                return column
    return None


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
