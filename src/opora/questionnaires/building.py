"""A form written back as a workbook in XLSForm: from the compiled form, or from rows put together on a page; pure."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from opora.core.workbook import workbook_in
from opora.questionnaires.content import Choice, Form, Question, every_question
from opora.questionnaires.expressions import resolved, runs_of, tokens_of

_SPOKEN: Final = "::Русский (ru)"
COLUMNS: Final = (
    "type", "name", f"label{_SPOKEN}", f"hint{_SPOKEN}", "required", f"required_message{_SPOKEN}", "relevant",
    "constraint", f"constraint_message{_SPOKEN}", "calculation", "default", "appearance", "choice_filter",
)  # fmt: skip
_TYPES: Final = {
    "one": "select_one",
    "many": "select_multiple",
    "calculated": "calculate",
    "group": "begin_group",
    "repeat": "begin_repeat",
}
Lists = dict[tuple[Choice, ...], str]


def workbook_from(form: Form) -> bytes:
    """The bytes of an XLSForm (xlsx) that says the same as the form."""
    names_by_path = names_of(form)
    lists: Lists = {}
    rows = list(_rows(form.questions, names_by_path, lists))
    columns = list(dict.fromkeys(name for known in lists for choice in known for name, _ in choice.columns))
    choices = [
        [name, choice.code, choice.label, *(dict(choice.columns).get(column, "") for column in columns)]
        for known, name in lists.items()
        for choice in known
    ]
    settings = [form.title, "form", "Русский (ru)"]
    return book_of(
        {
            "survey": [list(COLUMNS), *rows],
            "choices": [["list_name", "name", f"label{_SPOKEN}", *columns], *choices],
            "settings": [["form_title", "form_id", "default_language"], settings],
        }
    )


def names_of(form: Form) -> dict[str, str]:
    """The names by which formulas may speak of questions, by their paths: only those that one question bears."""
    questions = every_question(form.questions)
    times = Counter(question.name for question in questions)
    return {question.path: question.name for question in questions if times[question.name] == 1}


def book_of(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """The bytes of a workbook with these rows of texts; the first row of every sheet is its head."""
    buffer = io.BytesIO()
    book = workbook_in(buffer)
    plain = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True}
    text, head = book.add_format(plain), book.add_format({**plain, "bold": True, "bg_color": "#E7EEF7"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.set_column(0, max(len(row) for row in rows), 24)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                if words:
                    sheet.write_string(number, column, words, text if number else head)
    book.close()
    return buffer.getvalue()


def _rows(questions: Sequence[Question], names: Mapping[str, str], lists: Lists) -> Iterator[list[str]]:
    for question in questions:
        kind = _TYPES.get(question.kind, question.kind)
        if question.choices:
            kind = f"{kind} {lists.setdefault(question.choices, f'list{len(lists) + 1}')}"
        if question.kind == "calculated" and not question.calculation:
            kind = "hidden"
        required = "yes" if question.required == "true()" else as_written(question.required, question, names)
        yield [
            kind,
            question.name,
            question.label,
            question.hint,
            required,
            question.required_message,
            as_written(question.relevant, question, names),
            as_written(question.constraint, question, names),
            question.constraint_message,
            as_written(question.calculation, question, names),
            question.default,
            question.appearance,
            as_written(question.choice_filter, question, names),
        ]
        if question.kind in ("group", "repeat"):
            yield from _rows(question.questions, names, lists)
            yield [f"end_{question.kind}"]


def as_written(formula: str, question: Question, names: Mapping[str, str]) -> str:
    """A formula as a methodologist writes it: paths become `${name}` again."""
    if not formula or "${" in formula:
        return formula
    tokens = tokens_of(formula)
    words = [token.words for token in tokens]
    for run, (first, last) in reversed(runs_of(tokens)):
        name = names.get(resolved(run, question.path) or "")
        if name and run != ".":
            words[first:last] = [f"${{{name}}}"]
    return _spaced(words)


def _spaced(words: Sequence[str]) -> str:
    """The pieces with spaces where a person puts them."""
    written = ""
    for place, one in enumerate(words):
        after = words[place - 1] if place else ""
        is_close = (
            one in (",", ")", "]", "[", "/")
            or after in ("(", "[", "/", "")
            or (
                one == "("
                and after
                not in ("and", "or", "div", "mod", "=", ",", "+", "-", "*", "<", ">", "<=", ">=", "!=")
            )
        )
        written += one if is_close else f" {one}"
    return written
