"""A list of municipalities: which column is the region, the name, the methodical centre, its address and its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean, fold
from opora.imports.table import Source, Table
from opora.schools.told_places import ToldMunicipality

MOST: Final = 1_000
_HEAD_ROWS: Final = 15
_ORDER: Final = re.compile(r"^(?:№|n|№ ?п/?п|п/?п)\.?$")
# In the order of trying: what is narrow comes before what is wide.
_COLUMNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("head_post", re.compile(r"должност")),
    ("head_name", re.compile(r"\bфио\b|ф\. ?и\. ?о|руководител|директор|фамили")),
    ("place", re.compile(r"место (?:составл|издан|подписан)")),
    ("centre_address", re.compile(r"адрес|телефон|контакт")),
    (
        "centre_short_name",
        re.compile(r"(?:кратк|коротк|сокращ)\w*.*(?:центр|учрежд|организ|имц|наимен|назв)|имц, коротко"),
    ),
    ("centre_name", re.compile(r"центр|имц|ммс|методическ|учреждени|организац")),
    ("region", re.compile(r"^регион|субъект|^область$|^край$|^республика")),
    (
        "name",
        re.compile(
            r"муниципалитет|муниципальн\w* (?:образ|округ|район)|район|округ|^мо$|^город|наименован|названи"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class MunicipalitySheet:
    """Everything that was read, and what a person should know of it."""

    rows: tuple[ToldMunicipality, ...]
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The sheet as plain lists and texts."""
        return {"rows": [row.as_json() for row in self.rows], "remarks": list(self.remarks)}


def understand(source: Source) -> MunicipalitySheet:
    """The municipalities of a file. Refused with F-NOTABLE where none are found, F-ROWS where there are too many."""
    found = [one for table in source.tables if (one := _sheet(table)) is not None]
    rows = tuple(row for one in found for row in one.rows)
    if not rows:
        raise Refused(
            "Не найден список муниципалитетов: нужна строка заголовков со столбцом «Муниципалитет», ещё понимаем "
            "«Регион», «Методический центр», «Краткое название центра», «Адрес», «Должность руководителя», "
            "«Руководитель», «Место составления документов».",
            code="F-NOTABLE",
        )
    if len(rows) > MOST:
        raise Refused(f"В списке больше {MOST} муниципалитетов. Разделите файл.", code="F-ROWS", status=413)
    remarks = [remark for one in found for remark in one.remarks]
    return MunicipalitySheet(rows, (*dict.fromkeys(remarks), *(words for _, words in source.remarks)))


def _sheet(table: Table) -> MunicipalitySheet | None:
    rows = [
        (row.place.row, [" ".join(clean(row.text_at(column)).split()) for column in range(table.width)])
        for row in table.rows
    ]
    for place, (_, head) in enumerate(rows[:_HEAD_ROWS]):
        columns = _columns(head)
        if "name" in columns and (len(columns) > 1 or table.width == 1):
            return _read(table.sheet, rows[place + 1 :], columns, head)
    return None


def _columns(head: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in _COLUMNS:
        for column, text in enumerate(head):
            if column in found.values() or not text or len(text) > 90 or _ORDER.match(fold(text)):
                continue
            if pattern.search(fold(text)):
                found[name] = column
                break
    return found


def _read(
    sheet: str, rows: Sequence[tuple[int, list[str]]], columns: dict[str, int], head: Sequence[str]
) -> MunicipalitySheet:
    where = f"лист «{sheet}», " if sheet else ""
    told = []
    for number, row in rows:
        words = {name: row[column] for name, column in columns.items()}
        if words["name"] and not fold(words["name"]).startswith(("итого", "всего")):
            told.append(ToldMunicipality(row_place=f"{where}строка {number}", **words))
    remarks = [
        f"Столбец «{text[:60]}» не вносится: это не сведения о муниципалитете."
        for column, text in enumerate(head)
        if text and column not in columns.values() and not _ORDER.match(fold(text))
    ]
    return MunicipalitySheet(tuple(told), tuple(remarks))
