"""The sheets of an XLSForm workbook as rows with known columns: headers, languages, types; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from opora.core.russian.letters import fold
from opora.questionnaires.content import Kind

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
# The words of a column, by the names that workbooks give to it.
_SAME: Final = {
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "constraint message": "constraint_message",
    "constraintmsg": "constraint_message",
    "required message": "required_message",
    "requiredmsg": "required_message",
    "list name": "list_name",
    "listname": "list_name",
    "value": "name",
    "title": "form_title",
    "read_only": "readonly",
    "read only": "readonly",
    "choice filter": "choice_filter",
    "repeat count": "repeat_count",
}
# Columns that are read in a language.
_SPOKEN: Final = ("label", "hint", "constraint_message", "required_message")
READ: Final = frozenset(
    {
        "type",
        "name",
        "required",
        "relevant",
        "constraint",
        "calculation",
        "default",
        "appearance",
        "choice_filter",
        *_SPOKEN,
    }
)
_OF_CHOICES: Final = frozenset({"", "list_name", "name", *_SPOKEN})
_RUSSIAN: Final = re.compile(r"рус|russian|\(ru\)|^ru(?:-ru)?$", re.IGNORECASE)
_YES: Final = frozenset({"yes", "true", "true()", "истина", "да", "1"})
_NO: Final = frozenset({"", "no", "false", "false()", "ложь", "нет", "0"})

TYPES: Final[dict[str, Kind]] = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "select_one": "one",
    "select1": "one",
    "select_multiple": "many",
    "select_all_that_apply": "many",
    "file": "file",
    "image": "file",
    "photo": "file",
    "note": "note",
    "calculate": "calculated",
    "calculation": "calculated",
    "hidden": "calculated",
    "begin_group": "group",
    "begin_repeat": "repeat",
}
# What the telephone of an interviewer tells of itself: nothing of it is asked from a person.
SILENT: Final = frozenset(
    {
        "start", "end", "today", "deviceid", "username", "phonenumber", "subscriberid", "simserial", "email",
        "audit", "start-geopoint",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its number in the file and the words of its filled cells by column."""

    row: int
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Workbook:
    """The three sheets as lines; `strange` are columns that mean nothing here, with the first row that uses each."""

    survey: tuple[Line, ...]
    choices: tuple[Line, ...]
    settings: Mapping[str, str]
    strange: tuple[tuple[str, str, int], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it was read: rows with their numbers, cells by the number of the column."""

    name: str
    rows: tuple[tuple[int, Mapping[int, str]], ...]


def workbook_of(sheets: Iterable[RawSheet]) -> Workbook | None:
    """The sheets of a form; None when there is no sheet «survey» with a column «type»."""
    known = {sheet.name.strip().lower(): sheet for sheet in sheets if sheet.rows}
    if SURVEY not in known:
        return None
    settings = _settings(known.get(SETTINGS))
    survey, strange = _lines(known[SURVEY], settings)
    if not any(line.get("type") for line in survey):
        return None
    choices, _ = _lines(known[CHOICES], settings) if CHOICES in known else ((), ())
    return Workbook(survey, choices, settings, strange)


def _settings(sheet: RawSheet | None) -> Mapping[str, str]:
    if sheet is None or len(sheet.rows) < 2:
        return {}
    heads, values = sheet.rows[0][1], sheet.rows[1][1]
    return {_column(head)[0]: values.get(place, "").strip() for place, head in heads.items()}


def _lines(
    sheet: RawSheet, settings: Mapping[str, str]
) -> tuple[tuple[Line, ...], tuple[tuple[str, str, int], ...]]:
    columns = {place: _column(head) for place, head in sheet.rows[0][1].items()}
    taken = _spoken(columns, settings.get("default_language", ""))
    lines: list[Line] = []
    strange: dict[str, int] = {}
    for row, cells in sheet.rows[1:]:
        told = {}
        for place, words in cells.items():
            name, language = columns.get(place, ("", ""))
            if name in _SPOKEN:
                if taken.get(name) == place and words.strip():
                    told[name] = words.strip()
                continue
            if name and not language:
                told[name] = words.strip()
            if name and words.strip() and name not in READ:
                strange.setdefault(name, row)
        lines.append(Line(row, told))
    return tuple(lines), tuple((sheet.name, name, row) for name, row in strange.items())


def _column(head: str) -> tuple[str, str]:
    """The name of a column and its language: «label::Русский (ru)» is («label», «Русский (ru)»)."""
    name, _, language = head.strip().partition("::")
    if not language and ":" in name:
        name, _, language = name.partition(":")
    name = name.strip().lower()
    return _SAME.get(name, name), language.strip()


def column_of(name: str) -> str:
    """The name under which a column that a filter names is kept."""
    return _column(name)[0]


def columns_of(line: Line) -> tuple[tuple[str, str], ...]:
    """The columns of a choice that filters may ask of, besides its code and words."""
    return tuple((name, words) for name, words in line.cells.items() if words and name not in _OF_CHOICES)


def _spoken(columns: Mapping[int, tuple[str, str]], usual: str) -> dict[str, int]:
    """The column to read of those that say the same in several languages: Russian, the usual one, any."""
    taken: dict[str, tuple[int, int]] = {}
    for place, (name, language) in columns.items():
        if name not in _SPOKEN:
            continue
        is_usual = bool(usual) and fold(language) == fold(usual)
        rank = 0 if _RUSSIAN.search(language) else 1 if is_usual else 2 if not language else 3
        if name not in taken or (rank, place) < taken[name]:
            taken[name] = (rank, place)
    return {name: place for name, (_, place) in taken.items()}


def type_of(words: str) -> tuple[str, str, bool]:
    """The type of a row in one word, the list of its choices, whether «or_other» is asked for."""
    parts = words.split()
    if not parts:
        return "", "", False
    head = parts[0].lower()
    if head in ("begin", "end") and len(parts) > 1:
        return f"{head}_{parts[1].lower()}", "", False
    if head == "select" and len(parts) > 1:
        head, parts = f"select_{parts[1].lower()}", parts[1:]
    rest = parts[1:]
    is_open = bool(rest) and rest[-1].lower() in ("or_other", "other")
    if is_open:
        rest = rest[:-2] if rest[-2:-1] == ["or"] else rest[:-1]
    return head, " ".join(rest), is_open


def required_of(words: str) -> str:
    """«Required» as a formula: nothing, true(), or the formula itself."""
    told = words.strip().lower()
    return "" if told in _NO else "true()" if told in _YES else words


def lists_of(choices: Sequence[Line]) -> dict[str, list[Line]]:
    """The rows of the sheet of choices by the name of their list."""
    found: dict[str, list[Line]] = {}
    for line in choices:
        if line.get("list_name"):
            found.setdefault(line.get("list_name"), []).append(line)
    return found
