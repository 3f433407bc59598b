"""Answers for SPSS and whoever reads its files: codes as numbers in csv, and the syntax that names them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from opora.questionnaires.answered import Answered
from opora.questionnaires.content import Form
from opora.questionnaires.grids import Column, Grid, grids_of, rows_of, told, value_at

_NAME: Final = re.compile(r"^[A-Za-z][A-Za-z0-9_]{0,59}$")
_TAKEN: Final = frozenset(["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"])
# SPSS counts bytes: a label of a variable 256, of a value 120, a text 32,767.
_MOST_LABEL, _MOST_VALUE, _MOST_TEXT = 250, 118, 32_000
_MADE_ON: Final = (1980, 1, 1, 0, 0, 0)
ABOUT: Final = (
    "Каждая таблица лежит файлом .csv (UTF-8, разделитель «;», дробная часть через точку), рядом — файл .sps.\n"
    "В SPSS: положите файлы в одну папку, откройте .sps, выберите «Выполнить» → «Все»: таблица откроется\n"
    "с названиями вопросов и ответов. Вопрос «несколько ответов» — по столбцу на ответ: 1 — отмечен, 0 — нет.\n"
    "В codebook.csv — какой столбец какому вопросу и ответу соответствует.\n"
)


@dataclass(frozen=True, slots=True)
class Variable:
    """One column for SPSS; `codes` are its numbers with their words, `choice` the answer whose mark it is."""

    name: str
    label: str
    column: Column | None
    codes: tuple[tuple[int, str, str], ...] = ()
    choice: str = ""


def archive_of(form: Form, answers: Sequence[Answered], *, is_nameless: bool) -> bytes:
    """A zip: for each table its csv and syntax, a codebook, and a note on how to open them; the same for the same."""
    buffer = io.BytesIO()
    book: list[list[str]] = [["таблица", "переменная", "вопрос", "код", "ответ"]]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, grid in enumerate(grids_of(form)):
            stem = "answers" if place == 0 else f"repeat{place}"
            variables = _variables(grid, is_nameless)
            cells = _cells(grid, variables, answers)
            _put(archive, f"{stem}.csv", _csv([[one.name for one in variables], *cells]))
            _put(archive, f"{stem}.sps", _syntax(stem, variables, cells).encode("utf-8-sig"))
            book += _book(stem, variables)
        _put(archive, "codebook.csv", _csv(book))
        _put(archive, "ПРОЧТИТЕ.txt", ABOUT.encode("utf-8-sig"))
    return buffer.getvalue()


def _variables(grid: Grid, is_nameless: bool) -> list[Variable]:
    made = [Variable("answer_no", "Номер ответа", None)]
    if not is_nameless:
        made.append(Variable("answered_by", "Кто отвечал", None))
    taken = {one.name for one in made}
    for place, column in enumerate(grid.columns, 1):
        question = column.question
        name = _name(question.name, place, taken)
        if question.kind == "many":
            for number, choice in enumerate(question.choices, 1):
                mark = f"{name}_{number}"
                taken.add(mark.lower())
                label = f"{column.label}: {choice.label}"
                made.append(Variable(mark, label, column, ((0, "", "нет"), (1, "", "да")), choice.code))
            continue
        codes: tuple[tuple[int, str, str], ...] = ()
        if question.kind == "one":
            # The codes of the form are kept where they are whole numbers; others are counted from 1.
            whole = all(re.fullmatch(r"\d{1,6}", choice.code) for choice in question.choices)
            codes = tuple(
                (int(choice.code) if whole else number, choice.code, choice.label)
                for number, choice in enumerate(question.choices, 1)
            )
        made.append(Variable(name, column.label, column, codes))
    return made


def _name(name: str, place: int, taken: set[str]) -> str:
    kept = name if _NAME.match(name) and name.lower() not in _TAKEN else f"q{place}"
    while kept.lower() in taken:
        kept = f"{kept[:50]}_{place}"
    taken.add(kept.lower())
    return kept


def _cells(grid: Grid, variables: Sequence[Variable], answers: Sequence[Answered]) -> list[list[str]]:
    lines = []
    for number, row in rows_of(grid, [one.data for one in answers]):
        line = []
        for variable in variables:
            if variable.column is None:
                line.append(str(number) if variable.name == "answer_no" else _text(answers[number - 1].name))
            else:
                line.append(_cell(variable, value_at(row, variable.column.names)))
        lines.append(line)
    return lines


def _cell(variable: Variable, value: Any) -> str:
    assert variable.column is not None
    if value is None or value in ("", []):
        return ""
    question = variable.column.question
    if variable.choice:
        return "1" if variable.choice in (value if isinstance(value, list) else [value]) else "0"
    if question.kind == "one":
        return next((str(number) for number, code, _ in variable.codes if code == value), "")
    if question.kind == "date":
        return str(value)[:10].replace("-", "/")
    said = told(question, value)
    return str(said) if isinstance(said, int | float) else _text(str(said))


def _text(text: str) -> str:
    """A text in one line: SPSS ends a row at a new line even inside of quotes."""
    return " ".join(text.split())


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _syntax(stem: str, variables: Sequence[Variable], cells: Sequence[Sequence[str]]) -> str:
    widths = [max((len(row[place].encode()) for row in cells), default=0) for place in range(len(variables))]
    lines = [
        "* Encoding: UTF-8.",
        "SET UNICODE=ON.",
        "SET DECIMAL=DOT.",
        "GET DATA /TYPE=TXT",
        f"  /FILE='{stem}.csv'",
        "  /ENCODING='UTF8'",
        '  /DELIMITERS=";"',
        "  /QUALIFIER='\"'",
        "  /ARRANGEMENT=DELIMITED",
        "  /FIRSTCASE=2",
        "  /VARIABLES=",
        *(f"    {one.name} {_format(one, width)}" for one, width in zip(variables, widths, strict=True)),
        "  .",
        "VARIABLE LABELS",
        *(f"  {one.name} {_quoted(one.label, _MOST_LABEL)}" for one in variables),
        "  .",
    ]
    for one in variables:
        if one.codes:
            words = " ".join(f"{number} {_quoted(label, _MOST_VALUE)}" for number, _, label in one.codes)
            lines.append(f"VALUE LABELS {one.name} {words}.")
    lines += ["EXECUTE.", f"SAVE OUTFILE='{stem}.sav'.", ""]
    return "\r\n".join(lines)


def _format(variable: Variable, width: int) -> str:
    if variable.column is None:
        return "F8.0" if variable.name == "answer_no" else f"A{max(width, 1)}"
    if variable.codes:
        return "F8.0"
    match variable.column.question.kind:
        case "integer" | "repeat":
            return "F12.0"
        case "decimal":
            return "F16.4"
        case "date":
            return "SDATE10"
    return f"A{min(max(width, 1), _MOST_TEXT)}"


def _quoted(text: str, most: int) -> str:
    """A label in quotes, cut by bytes between letters."""
    cut = _text(text).encode()[:most].decode(errors="ignore")
    return "'" + cut.replace("'", "''") + "'"


def _book(stem: str, variables: Sequence[Variable]) -> list[list[str]]:
    rows = []
    for one in variables:
        rows.append([stem, one.name, _text(one.label), "", ""])
        rows += [[stem, one.name, "", str(number), _text(label)] for number, _, label in one.codes]
    return rows


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _MADE_ON), content, zipfile.ZIP_DEFLATED)
