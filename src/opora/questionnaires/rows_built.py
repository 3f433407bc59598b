"""Rows of the page where a form is put together: to the page from a form, from the page to a form; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.questionnaires.building import as_written, names_of
from opora.questionnaires.content import Choice, Form, Kind, Question, every_question
from opora.questionnaires.expressions import resolved

MOST_ROWS: Final = 150
KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("text", "Текст, одна строка"),
    ("long", "Текст, несколько строк"),
    ("integer", "Целое число"),
    ("decimal", "Число"),
    ("date", "День"),
    ("one", "Один ответ из списка"),
    ("many", "Несколько ответов из списка"),
    ("file", "Файл"),
    ("note", "Пояснение"),
    ("calculated", "Вычисление"),
    ("group", "Раздел"),
    ("repeat", "Повторяющийся раздел"),
)
_MULTILINE: Final = "multiline"
_EQUAL: Final = re.compile(r"\s*([\w./\-]+)\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|(-?\d+(?:\.\d+)?))\s*")
_SELECTED: Final = re.compile(r"\s*selected\s*\(\s*([\w./\-]+)\s*,\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)\s*")
# What the page does not ask about and hands on as it stands.
KEPT: Final = (
    "required_message", "constraint", "constraint_message", "calculation", "default", "appearance", "relevant",
    "required",
)  # fmt: skip
_FORMULAS: Final = frozenset({"constraint", "calculation", "relevant", "required"})


@dataclass(frozen=True, slots=True)
class BuiltRow:
    """One row of the page; `choices` one a line, `when` is the name of another question, `answer` what it must be.

    `kept` is what the page does not ask about, `codes` are the codes of the choices by their words.
    """

    kind: str
    name: str
    label: str = ""
    hint: str = ""
    is_required: bool = False
    choices: str = ""
    when: str = ""
    answer: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_section(self) -> bool:
        return self.kind in ("group", "repeat")


def rows_from(form: Form) -> list[BuiltRow] | None:
    """The rows of a form; None when this page cannot show it: groups in groups, questions after groups, filters."""
    if any(question.choice_filter for question in every_question(form.questions)):
        return None
    rows: list[BuiltRow] = []
    by_path = {question.path: question for question in form.questions}
    for question in form.questions:
        by_path |= {inner.path: inner for inner in question.questions}
    names = names_of(form)
    has_section = False
    for question in form.questions:
        is_section = question.kind in ("group", "repeat")
        if (has_section and not is_section) or any(inner.questions for inner in question.questions):
            return None
        has_section = is_section
        rows.append(_row(question, by_path, names))
        rows += [_row(inner, by_path, names) for inner in question.questions]
    return rows


def _row(question: Question, by_path: Mapping[str, Question], names: Mapping[str, str]) -> BuiltRow:
    when, answer = _condition(question, by_path)
    kept = {name: getattr(question, name) for name in KEPT if getattr(question, name)}
    # A question may be moved into another section: formulas name others by `${name}`, not by a place.
    kept |= {
        name: as_written(formula, question, names) for name, formula in kept.items() if name in _FORMULAS
    }
    if when:
        kept.pop("relevant", None)
    if question.required == "true()":
        kept.pop("required", None)
    return BuiltRow(
        kind="long" if question.kind == "text" and question.appearance == _MULTILINE else question.kind,
        name=question.name,
        label=question.label,
        hint=question.hint,
        is_required=question.required == "true()",
        choices="\n".join(choice.label for choice in question.choices),
        when=when,
        answer=answer,
        kept=kept,
        codes={choice.label: choice.code for choice in question.choices},
    )


def _condition(question: Question, by_path: Mapping[str, Question]) -> tuple[str, str]:
    """The condition of a question as the page asks for it: another question and its answer; empty for any other."""
    found = _SELECTED.fullmatch(question.relevant) or _EQUAL.fullmatch(question.relevant)
    if not found:
        return "", ""
    other = by_path.get(resolved(found[1], question.path) or "")
    if other is None:
        return "", ""
    value = next((one for one in found.groups()[1:] if one is not None), "")
    words = {choice.code: choice.label for choice in other.choices}
    return other.name, words.get(value, value)


def form_from(title: str, rows: Sequence[BuiltRow]) -> Form:
    """The form that the rows make, formulas written with `${name}`: it is compiled from its workbook.

    Refused without a title, without questions, over 150 rows, and for what a row lacks, with its number.
    """
    title = clean(title).strip()
    if not title:
        raise Refused("Назовите форму.")
    if not any(not row.is_section for row in rows):
        raise Refused("Добавьте хотя бы один вопрос.")
    if len(rows) > MOST_ROWS:
        raise Refused(
            f"На странице можно собрать до {MOST_ROWS} строк. Большую форму загрузите книгой Excel."
        )
    by_name = {row.name: row for row in rows}
    made: list[Question] = []
    for number, row in enumerate(rows, start=1):
        question = _question(number, row, by_name)
        if row.is_section or not (made and made[-1].kind in ("group", "repeat")):
            made.append(question)
        else:
            made[-1] = replace(made[-1], questions=(*made[-1].questions, question))
    for question in made:
        if question.kind in ("group", "repeat") and not question.questions:
            raise Refused(
                f"В разделе «{question.label or question.name}» нет вопросов: добавьте их или уберите раздел."
            )
    return Form(title[:300], tuple(made))


def _question(number: int, row: BuiltRow, by_name: Mapping[str, BuiltRow]) -> Question:
    label = clean(row.label).strip()
    if not label and row.kind != "calculated":
        raise Refused(f"Строка {number}: напишите текст вопроса.")
    kept = dict(row.kept)
    if row.kind == "calculated" and not kept.get("calculation") and not kept.get("default"):
        raise Refused(f"Строка {number}: вычисление берётся из книги Excel, на этой странице его не завести.")
    if row.kind == "long":
        kept["appearance"] = _MULTILINE
    elif kept.get("appearance") == _MULTILINE:
        del kept["appearance"]
    kept["required"] = "true()" if row.is_required else kept.get("required", "")
    if row.when:
        kept["relevant"] = _formula(number, row, by_name)
    kind: Kind = "text" if row.kind == "long" else row.kind  # type: ignore[assignment]  # -- one of KINDS, asked of the page
    plain = Question(
        name=row.name,
        path=row.name,
        kind=kind,
        label=label,
        hint=clean(row.hint).strip(),
        choices=tuple(_choices(number, row)) if row.kind in ("one", "many") else (),
    )
    told: dict[str, Any] = {name: kept.get(name, "") for name in KEPT}
    return replace(plain, **told)


def _choices(number: int, row: BuiltRow) -> Iterator[Choice]:
    labels = list(dict.fromkeys(line.strip() for line in clean(row.choices).split("\n") if line.strip()))
    if len(labels) < 2:
        raise Refused(f"Строка {number}: напишите хотя бы два ответа, каждый с новой строки.")
    taken = {row.codes[label] for label in labels if label in row.codes}
    fresh = (f"c{one}" for one in range(1, 10_000))
    for label in labels:
        code = row.codes.get(label) or next(one for one in fresh if one not in taken)
        yield Choice(code, label)


def _formula(number: int, row: BuiltRow, by_name: Mapping[str, BuiltRow]) -> str:
    other = by_name.get(row.when)
    if other is None or other.is_section or other.name == row.name:
        raise Refused(f"Строка {number}: выберите, от ответа на какой вопрос зависит показ.")
    answer = clean(row.answer).strip()
    if not answer:
        raise Refused(f"Строка {number}: напишите, при каком ответе показывать.")
    if other.kind not in ("one", "many"):
        is_number = other.kind in ("integer", "decimal") and re.fullmatch(r"-?\d+([.,]\d+)?", answer)
        told = answer.replace(",", ".") if is_number else _quoted(number, answer)
        return f"${{{other.name}}} = {told}"
    codes = {choice.label: choice.code for choice in _choices(number, other)}
    code = codes.get(answer) or (answer if answer in codes.values() else "")
    if not code:
        raise Refused(f"Строка {number}: у вопроса «{other.label}» нет ответа «{answer}».")
    return f"selected(${{{other.name}}}, {_quoted(number, code)})"


def _quoted(number: int, words: str) -> str:
    if "'" not in words:
        return f"'{words}'"
    if '"' not in words:
        return f'"{words}"'
    raise Refused(f"Строка {number}: в условии стоят кавычки обоих видов, уберите одни из них.")
