"""The blank of a form as a workbook to be filled in without the product, and a filled one read back; pure."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import xlsxwriter

from opora.core.russian import fold
from opora.core.workbook import small_workbook_in
from opora.questionnaires.content import Answers, Choice, Form, Question
from opora.questionnaires.sizes import MOST_ROWS
from opora.questionnaires.xlsform import RawSheet

MAIN, LISTS, CODE = "Ответы", "Списки", "Код"
BLANK_ROWS: Final = 40
_HEADS: Final = ("Вопрос", "Ответ", "Как отвечать", CODE)
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']+")
_ROW_OF: Final = "№ "
_HOW: Final = {
    "integer": "Целое число",
    "decimal": "Число, например 12,5",
    "date": "День: 15.09.2022",
    "one": "Один ответ из списка",
    "many": "Один или несколько ответов из списка через точку с запятой",
    "file": "Файл приложите на странице",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A repeat with its own sheet: the repeats around it, and what is asked in a row."""

    question: Question
    around: tuple[Question, ...]
    asked: tuple[Question, ...]


@dataclass(slots=True)
class ReadBack:
    """What a filled blank says, and what of it was not understood: (sheet, row, words)."""

    answers: Answers
    remarks: list[tuple[str, int, str]] = field(default_factory=list)


def blank_of(form: Form, answers: Answers) -> bytes:
    """The bytes of an .xlsx: a row for every question with what is answered already, a sheet for every repeat."""
    return _Blank(form).written(answers)


def blocks_of(questions: Iterable[Question], around: tuple[Question, ...] = ()) -> Iterator[Block]:
    """The repeats of a form, outer ones first."""
    for question in questions:
        if question.kind == "repeat":
            yield Block(question, around, tuple(asked_in(question.questions)))
            yield from blocks_of(question.questions, (*around, question))
        elif question.kind == "group":
            yield from blocks_of(question.questions, around)


def asked_in(questions: Iterable[Question]) -> Iterator[Question]:
    """What a person answers among the questions, groups opened, repeats left to their own sheets."""
    for question in questions:
        if question.kind == "group":
            yield from asked_in(question.questions)
        elif question.kind not in ("repeat", "note", "calculated") and not question.calculation:
            yield question


class _Blank:
    """One workbook while it is written."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._buffer = io.BytesIO()
        self._book = small_workbook_in(self._buffer)
        plain = {
            "font_name": "Times New Roman",
            "font_size": 11,
            "valign": "top",
            "text_wrap": True,
            "border": 1,
        }
        self._text = self._book.add_format({**plain, "num_format": "@"})
        self._head = self._book.add_format({**plain, "bold": True, "bg_color": "#E7EEF7"})
        self._soft = self._book.add_format({**plain, "font_color": "#777777", "font_size": 9})
        self._names: set[str] = {MAIN.lower(), LISTS.lower()}
        self._lists: dict[tuple[Choice, ...], str] = {}

    def written(self, answers: Answers) -> bytes:
        self._book.set_properties({"title": self._form.title})
        main = self._book.add_worksheet(MAIN)
        blocks = [
            (block, self._book.add_worksheet(self._name(block.question)))
            for block in blocks_of(self._form.questions)
        ]
        lists = self._book.add_worksheet(LISTS)
        self._write_main(main, answers)
        for block, sheet in blocks:
            self._write_block(sheet, block, answers)
        for column, known in enumerate(self._lists):
            for row, choice in enumerate(known):
                lists.write_string(row, column, choice.label, self._text)
        self._book.close()
        return self._buffer.getvalue()

    def _name(self, question: Question) -> str:
        whole = _NOT_IN_NAMES.sub(" ", question.label or question.name).strip()[:28] or question.name[:28]
        name, number = whole, 2
        while name.lower() in self._names:
            name, number = f"{whole[:25]} {number}", number + 1
        self._names.add(name.lower())
        return name

    def _write_main(self, sheet: Any, answers: Answers) -> None:
        for column, width in enumerate((60, 40, 30, 18)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, _HEADS[column], self._head)
        sheet.freeze_panes(1, 0)
        row = 1
        for question, value in _with_headings(self._form.questions, answers):
            if question.kind == "group":
                sheet.write_string(row, 0, question.label, self._head)
            else:
                sheet.write_string(row, 0, question.label, self._text)
                sheet.write_string(row, 1, written_value(question, value), self._text)
                sheet.write_string(row, 2, _how(question), self._soft)
                sheet.write_string(row, 3, question.path, self._soft)
                self._offer(sheet, row, row, 1, question)
            row += 1

    def _write_block(self, sheet: Any, block: Block, answers: Answers) -> None:
        heads = [(f"{_ROW_OF}{one.label or one.name}", f"{_ROW_OF}{one.path}") for one in block.around]
        heads += [(one.label, one.path) for one in block.asked]
        for column, (label, code) in enumerate(heads):
            sheet.set_column(column, column, 10 if column < len(block.around) else 28)
            sheet.write_string(0, column, label, self._head)
            sheet.write_string(1, column, code, self._soft)
        sheet.freeze_panes(2, 0)
        before = len(block.around)
        for column, question in enumerate(block.asked, start=before):
            self._offer(sheet, 2, BLANK_ROWS + 1, column, question)
        for row, (numbers, told) in enumerate(_rows_told(block, answers), start=2):
            for column, number in enumerate(numbers):
                sheet.write_string(row, column, str(number), self._text)
            for column, question in enumerate(block.asked, start=before):
                value = _at(told, question.path.removeprefix(f"{block.question.path}/"))
                sheet.write_string(row, column, written_value(question, value), self._text)

    def _offer(self, sheet: Any, first: int, last: int, column: int, question: Question) -> None:
        """A list to choose from; several answers are typed, so the list only helps there."""
        if question.kind not in ("one", "many"):
            return
        if question.choices not in self._lists:
            place = len(self._lists)
            letter = xlsxwriter.utility.xl_col_to_name(place)
            self._lists[question.choices] = f"='{LISTS}'!${letter}$1:${letter}${len(question.choices)}"
        sheet.data_validation(
            first,
            column,
            last,
            column,
            {
                "validate": "list",
                "source": self._lists[question.choices],
                "error_type": "stop" if question.kind == "one" else "information",
                "error_title": "Такого ответа в списке нет",
                "error_message": "Выберите ответ из списка; несколько ответов — через точку с запятой.",
            },
        )


def _with_headings(questions: Iterable[Question], answers: Any) -> Iterator[tuple[Question, Any]]:
    known = answers if isinstance(answers, Mapping) else {}
    for question in questions:
        value = known.get(question.name)
        if question.kind == "group":
            inner = list(_with_headings(question.questions, value))
            if inner and question.label:
                yield question, None
            yield from inner
        elif question.kind not in ("repeat", "note", "calculated") and not question.calculation:
            yield question, value


def _how(question: Question) -> str:
    needed = "" if question.required else "необязательно"
    return ". ".join(part for part in (question.hint, _HOW.get(question.kind, ""), needed) if part)


def written_value(question: Question, value: Any) -> str:
    """A value as a person types it into a cell."""
    if value in (None, "", []) or question.kind == "file":
        return ""
    if question.kind in ("one", "many"):
        labels = {choice.code: choice.label for choice in question.choices}
        codes = value if isinstance(value, list) else [str(value)]
        return "; ".join(labels.get(str(code), str(code)) for code in codes)
    if question.kind == "date" and isinstance(value, str) and value[4:5] == "-":
        return ".".join(reversed(value.split("-")))
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _rows_told(block: Block, answers: Answers) -> Iterator[tuple[tuple[int, ...], Mapping[str, Any]]]:
    """The rows that the answers hold, each with the numbers of the rows around it."""
    rows: list[tuple[tuple[int, ...], Any]] = [((), answers)]
    before = ""
    for question in (*block.around, block.question):
        inner: list[tuple[tuple[int, ...], Any]] = []
        for numbers, told in rows:
            found = _at(told, question.path.removeprefix(before))
            for number, row in enumerate(found if isinstance(found, list) else (), start=1):
                inner.append(((*numbers, number), row))
        rows, before = inner, f"{question.path}/"
    for numbers, row in rows:
        yield numbers[:-1], row if isinstance(row, Mapping) else {}


def _at(answers: Any, way: str) -> Any:
    for step in way.split("/"):
        answers = answers.get(step) if isinstance(answers, Mapping) else None
    return answers


def read_back(form: Form, sheets: Sequence[RawSheet]) -> ReadBack:
    """The answers of a filled blank. Empty cells say nothing; what is not understood becomes a remark."""
    found = ReadBack({})
    for sheet in sheets:
        if not _read_main(form, sheet, found):
            for block in blocks_of(form.questions):
                if _read_block(block, sheet, found):
                    break
    return found


def _read_main(form: Form, sheet: RawSheet, found: ReadBack) -> bool:
    heads = next(
        ((number, cells) for number, cells in sheet.rows[:5] if {CODE, "Ответ"} <= set(cells.values())), None
    )
    if heads is None:
        return False
    code_at, answer_at = (
        next(column for column, words in heads[1].items() if words == name) for name in (CODE, "Ответ")
    )
    asked = {question.path: question for question in _main_questions(form.questions)}
    for number, cells in sheet.rows:
        code, words = cells.get(code_at, ""), cells.get(answer_at, "")
        if number <= heads[0] or not words:
            continue
        question = asked.get(code)
        if question is None:
            found.remarks.append((sheet.name, number, f"кода «{code[:60]}» в форме нет: строка пропущена"))
            continue
        _put(found.answers, code, _value(question, words, (sheet.name, number), found))
    return True


def _main_questions(questions: Iterable[Question]) -> Iterator[Question]:
    return (question for question, _ in _with_headings(questions, {}) if question.kind != "group")


def _read_block(block: Block, sheet: RawSheet, found: ReadBack) -> bool:
    asked = {question.path: question for question in block.asked}
    heads = next(
        ((number, cells) for number, cells in sheet.rows[:5] if asked.keys() & set(cells.values())), None
    )
    if heads is None:
        return False
    columns = {column: asked[code] for column, code in heads[1].items() if code in asked}
    around = {
        column: place
        for column, code in heads[1].items()
        for place, one in enumerate(block.around)
        if code == f"{_ROW_OF}{one.path}"
    }
    for number, cells in sheet.rows:
        told = {column: words for column, words in cells.items() if column in columns and words}
        if number <= heads[0] or not told:
            continue
        numbers = [cells.get(column, "") for column, _ in sorted(around.items(), key=lambda one: one[1])]
        rows = _holder(block, numbers, found.answers)
        if rows is None or len(rows) >= MOST_ROWS:
            words = (
                "больше строк, чем можно" if rows is not None else "не указано, к какой строке она относится"
            )
            found.remarks.append((sheet.name, number, f"{words}: строка пропущена"))
            continue
        row: dict[str, Any] = {}
        for column, words in told.items():
            question = columns[column]
            inner = question.path.removeprefix(f"{block.question.path}/")
            _put(row, inner, _value(question, words, (sheet.name, number), found))
        rows.append(row)
    return True


def _holder(block: Block, numbers: Sequence[str], answers: Answers) -> list[Any] | None:
    """The list of rows to which a row belongs; None when the rows around it are not named or not there."""
    holder: Any = answers
    before = ""
    for question, number in zip(block.around, numbers, strict=False):
        rows = _at(holder, question.path.removeprefix(before))
        place = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
        if not isinstance(rows, list) or not 1 <= place <= len(rows):
            return None
        holder, before = rows[place - 1], f"{question.path}/"
    if len(numbers) < len(block.around):
        return None
    way = block.question.path.removeprefix(before)
    rows = _at(holder, way)
    if not isinstance(rows, list):
        rows = []
        _put(holder, way, rows)
    return rows


def _put(answers: dict[str, Any], way: str, value: Any) -> None:
    if value is None:
        return
    *steps, last = way.split("/")
    for step in steps:
        answers = answers.setdefault(step, {})
    answers[last] = value


def _value(question: Question, words: str, place: tuple[str, int], found: ReadBack) -> Any:
    if question.kind == "file":
        found.remarks.append((*place, f"«{question.label}»: файл приложите на странице"))
        return None
    if question.kind not in ("one", "many"):
        return words
    by_words = {fold(choice.code): choice.code for choice in question.choices}
    by_words |= {fold(choice.label): choice.code for choice in question.choices}
    if fold(words) in by_words:
        code = by_words[fold(words)]
        return code if question.kind == "one" else [code]
    pieces = [piece.strip() for piece in re.split(r"[;\n]", words) if piece.strip()]
    codes = [by_words[fold(piece)] for piece in pieces if fold(piece) in by_words]
    unknown = [piece for piece in pieces if fold(piece) not in by_words]
    if question.kind == "one" or unknown:
        named = (unknown or pieces)[0][:80]
        found.remarks.append((*place, f"«{question.label}»: ответа «{named}» в списке нет"))
    return (codes or None) if question.kind == "many" else None
