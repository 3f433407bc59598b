"""A table of risk profiles: which column is the school, which the factors, and what each cell says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.imports.table import Source, Table

MOST_CELLS: Final = 20_000
_HEAD_ROWS: Final = 12
_NUMBER: Final = re.compile(r"^(?:№|n|r|р|риск|фактор|направление)?\s*(\d{1,2})(?:$|[.):\s])")
_SCHOOL: Final = re.compile(r"школ|\bоо\b|\bоу\b|общеобразовательн|образовательная орг|учрежден|организаци")
_PLACE: Final = re.compile(r"муниципал|район|округ|\bмо\b|город")
_FACTOR: Final = re.compile(r"фактор|риск|направлени")
_LEVEL: Final = re.compile(r"значимост|уровень|степень")
_CHOICE: Final = re.compile(r"в работ|выбран|выбор|взят|активир")
_REASON: Final = re.compile(r"причин|обоснован|почему")
_ORDER: Final = re.compile(r"^(?:№|n|№ ?п/?п|п/?п)$")
_CELL: Final = re.compile(r'(?:"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*))([\t\n]|\Z)')

Grid = list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One school of the table: where it stands, what it is called, and the words of its cells by factor number."""

    place: str
    school: str
    municipality: str
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class RiskSheet:
    """Everything that was read, and what a person should know of it."""

    rows: tuple[RiskRow, ...]
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain lists and texts."""
        return asdict(self)


def sheet_of(told: Mapping[str, Any]) -> RiskSheet:
    """The sheet of its JSON."""
    rows = tuple(
        RiskRow(
            str(row["place"]),
            str(row["school"]),
            str(row["municipality"]),
            tuple((int(number), str(text)) for number, text in row["cells"]),
        )
        for row in told["rows"]
    )
    return RiskSheet(rows, tuple(str(one) for one in told["remarks"]))


def understand(source: Source, *, factors: Mapping[str, str], many: str = "рисков") -> RiskSheet:
    """The risk profiles of a file; `factors` is the catalogue: number → name; `many` is the programme's word for them.

    Refused with F-NOTABLE where no table has a column of schools and one of a factor.
    """
    catalogue = {int(number): name for number, name in factors.items()}
    sheets = [_sheet(_grid_of(table), catalogue) for table in source.tables]
    found = [one for one in sheets if one is not None]
    if not found:
        raise not_found(catalogue, many)
    rows = tuple(row for one in found for row in one.rows)
    remarks = [remark for one in found for remark in one.remarks]
    return RiskSheet(rows, (*dict.fromkeys(remarks), *(words for _, words in source.remarks)))


def understand_text(text: str, *, factors: Mapping[str, str]) -> RiskSheet | None:
    """The same of lines parted by tabs, as a spreadsheet puts them on the clipboard; None where there is no head."""
    catalogue = {int(number): name for number, name in factors.items()}
    return _sheet([(f"строка {place}", row) for place, row in enumerate(cells_of(text), 1)], catalogue)


def cells_of(text: str) -> list[list[str]]:
    """The rectangle of a clipboard: quoted cells may hold new lines. Refused when it is too large."""
    check_count(text.count("\t") + text.count("\n") + 1)
    rows = _split(text.replace("\r\n", "\n").replace("\r", "\n"))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return [[" ".join(clean(cell).split()) for cell in row] for row in rows]


def _split(text: str) -> list[list[str]]:
    """Cells by rows; a cell in quotes may hold tabs, new lines and doubled quotes."""
    rows: list[list[str]] = [[""]]
    for found in _CELL.finditer(text):
        quoted, plain, end = found.groups()
        rows[-1][-1] = quoted.replace('""', '"') if quoted is not None else plain
        if end == "\t":
            rows[-1].append("")
        elif end:
            rows.append([""])
        else:
            break
    return rows


def check_count(cells: int) -> None:
    """Refused when there are more cells than a person can look through."""
    if cells > MOST_CELLS:
        told, most = (f"{number:,}".replace(",", " ") for number in (cells, MOST_CELLS))
        raise Refused(
            f"В таблице {told} ячеек, можно не больше {most}. Вставьте только столбцы школы и факторов, "
            "без пустых строк, или разделите таблицу на части.",
            code="F-ROWS",
            status=413,
        )


def not_found(factors: Mapping[int, str], many: str = "рисков") -> Refused:
    """No table of profiles: says what is looked for."""
    example = next(iter(factors.values()), "название")
    return Refused(
        f"Не найдена таблица {many}: нужен столбец «Школа» и столбцы {many} — номер от 1 до "
        f"{max(factors, default=12)} или название («{example}»).",
        code="F-NOTABLE",
    )


def _grid_of(table: Table) -> Grid:
    check_count(len(table.rows) * table.width)
    where = f"лист «{table.sheet}», " if table.sheet else ""
    return [
        (
            f"{where}строка {row.place.row}",
            [" ".join(clean(row.text_at(column)).split()) for column in range(table.width)],
        )
        for row in table.rows
    ]


def _sheet(grid: Grid, factors: Mapping[int, str]) -> RiskSheet | None:
    """What a grid says; a table with schools across is turned round."""
    for turned in (grid, _turned(grid)):
        for place in range(min(len(turned), _HEAD_ROWS)):
            found = _listed(turned, place, factors) or _crossed(turned, place, factors)
            if found is not None:
                return found
    return None


def _turned(grid: Grid) -> Grid:
    width = max((len(row) for _, row in grid), default=0)
    return [
        (f"столбец {column + 1}", [row[column] if column < len(row) else "" for _, row in grid])
        for column in range(width)
    ]


def _crossed(grid: Grid, place: int, factors: Mapping[int, str]) -> RiskSheet | None:
    """A row a school, a column a factor; a head of two rows is met too."""
    head = grid[place][1]
    columns, numbers = {}, set()
    for column, text in enumerate(head):
        number = factor_number(text, factors)
        if number is not None and number not in numbers:
            columns[column] = number
            numbers.add(number)
    if not columns:
        return None
    school = next((_school_column(grid[above][1]) for above in _upwards(place, grid)), None)
    if school is None and min(columns) > 0 and not _means_something(head[min(columns) - 1]):
        school = min(columns) - 1
    if school is None or school in columns:
        return None
    town = next((_found(_PLACE, grid[above][1], {school, *columns}) for above in _upwards(place, grid)), None)
    known = {school, town, *columns}
    remarks = [
        f"Столбец «{text[:60]}» не похож ни на школу, ни на фактор: он пропущен."
        for column, text in enumerate(head)
        if text and column not in known and not _ORDER.match(fold(text))
    ]
    rows = [
        RiskRow(
            where,
            _at(row, school),
            _at(row, town),
            tuple((number, _at(row, column)) for column, number in columns.items() if _at(row, column)),
        )
        for where, row in grid[place + 1 :]
        if _at(row, school) and not _is_count(_at(row, school))
    ]
    return RiskSheet(tuple(row for row in rows if row.cells), tuple(remarks))


def _listed(grid: Grid, place: int, factors: Mapping[int, str]) -> RiskSheet | None:
    """A row a school and a factor: «Школа», «Фактор», «Значимость», «В работе», «Причина»."""
    head = grid[place][1]
    school = _school_column(head)
    if school is None or any(factor_number(text, factors) for text in head):
        return None
    factor = _found(_FACTOR, head, {school})
    level = _found(_LEVEL, head, {school, factor})
    choice = _found(_CHOICE, head, {school, factor, level})
    if factor is None or (level is None and choice is None):
        return None
    town = _found(_PLACE, head, {school, factor, level, choice})
    reason = _found(_REASON, head, {school, factor, level, choice})
    rows, remarks = [], []
    for where, row in grid[place + 1 :]:
        number = factor_number(_at(row, factor), factors)
        if not _at(row, school):
            continue
        if number is None:
            remarks.append(f"{where}: фактора «{_at(row, factor)[:60]}» нет в программе, строка пропущена.")
            continue
        words = "; ".join(text for text in (_at(row, level), _chosen_words(_at(row, choice))) if text)
        why = _at(row, reason)
        text = f"{words}: {why}" if why else words
        rows.append(RiskRow(where, _at(row, school), _at(row, town), ((number, text),)))
    return RiskSheet(tuple(_together(rows)), tuple(remarks))


def _together(rows: Iterable[RiskRow]) -> Iterator[RiskRow]:
    """The rows of one school as one row."""
    found: dict[tuple[str, str], RiskRow] = {}
    for row in rows:
        key = (fold(row.school), fold(row.municipality))
        first = found.setdefault(key, row)
        if first is not row:
            found[key] = RiskRow(first.place, first.school, first.municipality, (*first.cells, *row.cells))
    yield from found.values()


def _chosen_words(text: str) -> str:
    """The column «в работе» says yes or no: in it a bare «нет» is a choice, not a level."""
    return "не взят" if fold(text) in {"нет", "-", "0", "не выбран"} else text


def factor_number(text: str, factors: Mapping[int, str]) -> int | None:
    """The number of the factor that a head or a cell names: by its words, else by its number alone."""
    said = fold(text)
    if not said:
        return None
    number = _NUMBER.match(said)
    words = said[number.end() :].strip(" .:)-") if number else said
    if words:
        named = [one for one, name in factors.items() if _same(words, fold(name))]
        if len(named) == 1:
            return named[0]
        return None
    told = int(number[1]) if number else 0
    return told if told in factors else None


def _same(words: str, name: str) -> bool:
    if words == name or (len(words) >= 10 and (name.startswith(words) or words.startswith(name))):
        return True
    one, other = _stems(words), _stems(name)
    return len(one) >= 2 and all(any(_begin(a, b) for b in other) for a in one)


def _stems(text: str) -> list[str]:
    """The words of a name cut to their beginnings: people shorten them, «дефицит пед. кадров»."""
    return [word[:5] for word in re.findall(r"[а-яa-z0-9]+", text) if len(word) > 2]


def _begin(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _school_column(head: Sequence[str]) -> int | None:
    named = [
        column
        for column, text in enumerate(head)
        if _SCHOOL.search(fold(text)) and len(text) < 60 and not re.search(r"\d", text)
    ]
    plain = [column for column in named if not re.search(r"низк|уровень|риск", fold(head[column]))]
    return plain[0] if plain else None


def _found(pattern: re.Pattern[str], head: Sequence[str], taken: Iterable[int | None]) -> int | None:
    busy = set(taken)
    return next(
        (column for column, text in enumerate(head) if column not in busy and pattern.search(fold(text))),
        None,
    )


def _means_something(text: str) -> bool:
    """Whether the head of a column says that it is not the column of schools: an empty one may be, so may «Риск»."""
    return bool(text) and not _FACTOR.search(fold(text))


def _upwards(place: int, grid: Grid) -> Iterator[int]:
    """The row of the head, then up to two above it, as far as they help."""
    for above in (place, place - 1, place - 2):
        if above >= 0 and _school_column(grid[above][1]) is not None:
            yield above


def _at(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _is_count(text: str) -> bool:
    return fold(text).startswith(("итого", "всего"))
