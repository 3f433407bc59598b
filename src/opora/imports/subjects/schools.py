"""A list of schools: which column is the municipality, the name, the category and the days, and what each row says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.imports.table import Source, Table
from opora.schools.told import ToldSchool

MOST_SCHOOLS: Final = 5_000
_HEAD_ROWS: Final = 15
_ORDER: Final = re.compile(r"^(?:№|n|№ ?п/?п|п/?п|№ ?строки)\.?$")
# In the order of trying: what is narrow comes before what is wide («краткое наименование» is not the name).
_COLUMNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("reason", re.compile(r"причин|основани. (?:исключ|выбы)|почему")),
    ("until", re.compile(r"дата (?:исключ|выбыт|выход|окончан|заверш)|исключен|выбыл|^по$|участвует по")),
    ("since", re.compile(r"дата (?:включ|вхожд|начал|вступл)|включен|участвует с|^с$|год включ")),
    ("kind", re.compile(r"категори|шнор|шссу|статус|тип участ|основание участ")),
    ("site", re.compile(r"сайт|адрес в сети|ссылк|url|http")),
    ("latitude", re.compile(r"широт|^lat")),
    ("longitude", re.compile(r"долгот|^lon|^lng")),
    ("phone", re.compile(r"телефон|^тел\b")),
    (
        "address",
        re.compile(r"^(?!.*(?:электрон|эл\.|сет|сайт|почт[аы]\b|e-?mail)).*(?:адрес|местонахожд)"),
    ),
    ("short_name", re.compile(r"(?:кратк|коротк|сокращ)\w*")),
    (
        "municipality",
        re.compile(r"муниципалитет|муниципальн\w* (?:образ|округ|район)|район|округ|^мо$|^город|мсу"),
    ),
    ("region", re.compile(r"^регион|субъект|^область|^край$|^республика")),
    ("number", re.compile(r"^номер(?: (?:школы|оо|оу))?$|^№ (?:школы|оо|оу)$")),
    ("name", re.compile(r"школ|\bоо\b|\bоу\b|наименован|названи|организаци|учрежден")),
)
# Without these a table of schools says nothing that we keep.
_NAMES: Final = ("name", "short_name")
# People are never in a list of schools; a table with these columns is something else.
_STRAY: Final = re.compile(r"\bфио\b|фамили|снилс|дата рожд")


@dataclass(frozen=True, slots=True)
class SchoolSheet:
    """Everything that was read, and what a person should know of it."""

    rows: tuple[ToldSchool, ...]
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain lists and texts."""
        return {"rows": [row.as_json() for row in self.rows], "remarks": list(self.remarks)}


def understand(source: Source) -> SchoolSheet:
    """The schools of a file.

    Refused with F-NOTABLE where no table has a column of schools, F-ROWS where there are more than a person looks
    through.
    """
    sheets = [_sheet(table) for table in source.tables]
    found = [one for one in sheets if one is not None]
    rows = tuple(row for one in found for row in one.rows)
    if not found:
        raise Refused(
            "Не найден список школ: нужна строка заголовков со столбцом «Школа» или «Наименование», "
            "ещё понимаем «Регион», «Муниципалитет», «Краткое наименование», «Номер», «Сайт», «Адрес», «Телефон», "
            "«Широта», «Долгота», «Категория», «Дата включения».",
            code="F-NOTABLE",
        )
    if not rows:
        raise Refused("В таблице есть заголовки, но нет ни одной школы под ними.", code="F-NOTABLE")
    if len(rows) > MOST_SCHOOLS:
        raise Refused(
            f"В списке больше {MOST_SCHOOLS} школ. Разделите файл по муниципалитетам.",
            code="F-ROWS",
            status=413,
        )
    remarks = [remark for one in found for remark in one.remarks]
    return SchoolSheet(rows, (*dict.fromkeys(remarks), *(words for _, words in source.remarks)))


def columns_of(head: Sequence[str]) -> dict[str, int]:
    """Field → column of a row of titles; each column is one field only."""
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS:
        for column, text in enumerate(head):
            if column in found.values() or not text or len(text) > 90 or _ORDER.match(fold(text)):
                continue
            if pattern.search(fold(text)):
                found[name] = column
                break
    return found


def _sheet(table: Table) -> SchoolSheet | None:
    rows = [
        (row.place.row, [_line(row.text_at(column)) for column in range(table.width)]) for row in table.rows
    ]
    for place, (_, head) in enumerate(rows[:_HEAD_ROWS]):
        columns = columns_of(head)
        # One title alone may be a heading above the table: «Список школ».
        filled = sum(bool(text) for text in head)
        if any(name in columns for name in _NAMES) and (filled > 1 or table.width == 1):
            return _read(table.sheet, rows[place + 1 :], columns, head)
    return None


def _read(
    sheet: str, rows: Sequence[tuple[int, list[str]]], columns: dict[str, int], head: Sequence[str]
) -> SchoolSheet:
    where = f"лист «{sheet}», " if sheet else ""
    told = []
    for number, row in rows:
        words = {name: row[column] for name, column in columns.items()}
        called = words.get("name") or words.get("short_name", "")
        if called and not fold(called).startswith(("итого", "всего")) and not called.isdecimal():
            told.append(ToldSchool(place=f"{where}строка {number}", **words))
    remarks = [
        f"Столбец «{text[:60]}» не вносится: это не сведения о школе."
        for column, text in enumerate(head)
        if text and column not in columns.values() and not _ORDER.match(fold(text))
    ]
    if any(_STRAY.search(fold(text)) for text in head):
        remarks.insert(0, "В таблице есть столбцы о людях: они не читаются и никуда не записываются.")
    return SchoolSheet(tuple(told), tuple(remarks))


def _line(text: str) -> str:
    return " ".join(clean(text).split())
