"""An XLSForm workbook becomes a form: pyxform puts the formulas together, we name in Russian what does not fit; pure.

Runs in the child process that reads the file (`opora.imports.subjects.xlsform`); `forms.workbooks.compile_workbook`
is the door for the rest of the house.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from lxml import etree

from opora.core.refusal import Refused
from opora.questionnaires.arranging import Item, arranged
from opora.questionnaires.content import Choice, Form, Question, every_question, form_of
from opora.questionnaires.costs import MOST_WORK, cost_of
from opora.questionnaires.expressions import ROOT, as_xpath, places_named
from opora.questionnaires.functions import EXTENSIONS
from opora.questionnaires.plan import formulas_of
from opora.questionnaires.sizes import MOST_ROWS, permitted_sizes, sizes_of
from opora.questionnaires.xlsform import SETTINGS, SURVEY, RawSheet, required_of, workbook_of

_X: Final = "{http://www.w3.org/2002/xforms}"
NO_FORM: Final = (
    "Не найдена таблица с вопросами: в книге XLSForm есть лист «survey» со столбцами «type», «name» и «label». "
    "Возьмите за образец любую форму из списка."
)
MOST_FORMULAS: Final = 200_000
_TOO_LONG: Final = (
    f"Формулы формы вместе длиннее {MOST_FORMULAS // 1000} тысяч знаков. Разделите форму на несколько."
)
_TOO_WIDE: Final = (
    "Форма слишком большая для одной страницы: в ней слишком много вопросов, вариантов или слов. "
    "Разделите форму на несколько."
)
_TOO_DEAR: Final = (
    "формула слишком тяжела: в таблице может быть до {rows} строк, и считать её пришлось бы дольше секунды. "
    "Посчитайте сумму один раз в отдельной строке «calculate» вне таблицы и ссылайтесь на неё"
)
_TOLD_FORMULAS: Final = ("relevant", "constraint", "calculation", "required", "choice_filter")


@dataclass(frozen=True, slots=True)
class Remark:
    """What of a workbook is not taken, or is taken otherwise: where it stands and what is done."""

    sheet: str
    row: int
    words: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """The form of a workbook and what a person should know of it."""

    form: Form
    remarks: tuple[Remark, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"form": self.form.as_json(), "remarks": [asdict(one) for one in self.remarks]}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Compiled:
        """The same back from its JSON."""
        return cls(form_of(told["form"]), tuple(Remark(**one) for one in told["remarks"]))


def compile_sheets(sheets: Iterable[RawSheet], *, name: str) -> Compiled:
    """The form of the sheets of a workbook; `name` is its title where the sheet «settings» gives none.

    Refused (F-NOTABLE, F-ROWS, F-FORMULA) with the sheet, the row and what to do when it is no form, when it is
    too large, or when something in it would be lost or could not be evaluated.
    """
    workbook = workbook_of(sheets)
    if workbook is None:
        raise Refused(NO_FORM, code="F-NOTABLE")
    items, told = arranged(workbook)
    if not items:
        raise Refused("В форме нет ни одного вопроса. Добавьте вопросы на лист «survey».", code="F-NOTABLE")
    binds = _binds(items)
    title = (workbook.settings.get("form_title") or name).strip()[:300] or "Форма"
    form = Form(title, _questions(items, binds, ""))
    _check_formulas(form)
    _check_loops(form)
    _check_work(form)
    return Compiled(form, tuple(Remark(*one) for one in told))


def _binds(items: Sequence[Item]) -> dict[str, dict[str, str]]:
    """The formulas of every question by its path, with `${name}` replaced, as pyxform puts them together."""
    # A library of two thirds of a second: brought only where a workbook is really compiled.
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    rows: list[dict[str, str]] = []
    numbers: list[int] = []
    lists: dict[tuple[Choice, ...], str] = {}
    for item, row in _told_rows(items, lists):
        rows.append(row)
        numbers.append(item.row)
    choices = [
        {"list_name": name, "name": choice.code, "label": choice.label}
        for known, name in lists.items()
        for choice in known
    ]
    book = {SURVEY: rows, "choices": choices, SETTINGS: [{"form_title": "x", "form_id": "x"}]}
    try:
        made = convert(book, validate=False, form_name=ROOT)
    except PyXFormError as error:
        raise _refused(error, numbers) from error
    root = etree.fromstring(made.xform.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    found = {}
    for bind in root.iter(f"{_X}bind"):
        told = {
            name: " ".join((bind.get(name) or "").split())
            for name in ("relevant", "constraint", "required", "choice_filter")
        }
        told["calculation"] = " ".join((bind.get("calculate") or "").split())
        found[bind.get("nodeset").removeprefix(f"/{ROOT}/")] = told
    return found


def _told_rows(
    items: Sequence[Item], lists: dict[tuple[Choice, ...], str]
) -> Iterable[tuple[Item, dict[str, str]]]:
    """The rows as pyxform is given them: only what it has to put together."""
    for item in items:
        row = {"type": item.type_told, "name": item.name, "label": "·"}
        if item.choices:
            row["type"] = f"{item.type_told} {lists.setdefault(item.choices, f'list{len(lists)}')}"
        if item.kind == "calculated":
            # A value that the product gives by its name has no formula; pyxform wants one.
            row |= {"calculation": item.formulas.get("calculation") or "''"}
            del row["label"]
        elif item.formulas.get("calculation"):
            row["calculation"] = item.formulas["calculation"]
        for name in ("relevant", "constraint", "required"):
            if item.formulas.get(name):
                row[name] = required_of(item.formulas[name]) if name == "required" else item.formulas[name]
        if item.formulas.get("choice_filter"):
            # As an attribute of the question: pyxform puts places into it as into every formula.
            row["bind::choice_filter"] = item.formulas["choice_filter"]
        yield item, row
        if item.kind in ("group", "repeat"):
            yield from _told_rows(item.items, lists)
            yield item, {"type": f"end_{item.kind}"}


def _refused(error: Any, numbers: Sequence[int]) -> Refused:
    """pyxform's own complaint in Russian, with the row of the sheet as the person sees it."""
    told = getattr(error, "context", {}) or {}
    row = told.get("row") or 0
    place = numbers[row - 2] if isinstance(row, int) and 2 <= row < len(numbers) + 2 else 0
    where = f"Лист «survey», строка {place}: " if place else ""
    words = "эту строку не удалось собрать в форму: проверьте имя, тип и формулы"
    code = getattr(getattr(error, "code", None), "name", "")
    for start, better in _COMPLAINTS.items():
        if code.startswith(start):
            words = better
    return Refused(f"{where}{words}." if where else f"{words[0].upper()}{words[1:]}.", code="F-FORMULA")


_COMPLAINTS: Final = {
    "PYREF_001": "ссылка на вопрос пишется так: ${имя}",
    "PYREF_003": "формула ссылается на вопрос, которого в форме нет",
    "PYREF_004": "формула ссылается на имя, которое носят два вопроса: переименуйте один из них",
    "NAMES_001": "имя повторяется в той же группе: переименуйте один из вопросов",
    "NAMES_003": "повтор не может называться «data»: переименуйте его",
    "NAMES_004": "такое имя уже носит другой повтор: переименуйте один из них",
    "NAMES_005": "имя «meta» занято: переименуйте вопрос",
    "NAMES_008": "имя начинается с буквы и состоит из букв, цифр, точек, дефисов и подчёркиваний",
}


def _questions(
    items: Sequence[Item], binds: Mapping[str, Mapping[str, str]], before: str
) -> tuple[Question, ...]:
    found = []
    for item in items:
        path = f"{before}{item.name}"
        told = binds.get(path, {})
        calculation = told.get("calculation", "")
        found.append(
            Question(
                name=item.name,
                path=path,
                kind=item.kind,
                label=item.label,
                hint=item.hint,
                required=told.get("required", ""),
                required_message=item.required_message,
                relevant=told.get("relevant", ""),
                constraint=told.get("constraint", ""),
                constraint_message=item.constraint_message,
                calculation="" if calculation == "''" else calculation,
                default=item.default,
                appearance=item.appearance,
                choices=item.choices,
                choice_filter=told.get("choice_filter", ""),
                questions=_questions(item.items, binds, f"{path}/"),
                row=item.row,
            )
        )
    return tuple(found)


def _check_formulas(form: Form) -> None:
    for question in every_question(form.questions):
        for name in _TOLD_FORMULAS:
            formula = getattr(question, name)
            if not formula:
                continue
            try:
                # Tried over an empty tree: only so a function tells that it was given too few values or too many.
                etree.XPath(as_xpath(formula), extensions=EXTENSIONS)(etree.Element(ROOT), today=0.0)
            except (etree.XPathError, TypeError) as error:
                raise _at(
                    question,
                    name,
                    "формула написана не по правилам: проверьте скобки, кавычки и число значений у функций",
                ) from error


def _check_work(form: Form) -> None:
    """Refuse a form whose largest answer could not be judged in a second: the dearest formula is named."""
    if sum(len(getattr(one, name)) for one in every_question(form.questions) for name in _TOLD_FORMULAS) > (
        MOST_FORMULAS
    ):
        raise Refused(_TOO_LONG, code="F-FORMULA")
    if sizes_of(form, _rows_of_one(form.questions)).is_beyond:
        raise Refused(_TOO_WIDE, code="F-ROWS")
    sizes = permitted_sizes(form)
    dear = [
        (times * cost_of(formula, sizes), question, name)
        for question in every_question(form.questions)
        for name, formula, times in formulas_of(question, sizes)
    ]
    if sum(cost for cost, _, _ in dear) > MOST_WORK:
        _, question, name = max(dear, key=lambda one: one[0])
        raise _at(question, name, _TOO_DEAR.format(rows=MOST_ROWS))


def _rows_of_one(questions: tuple[Question, ...]) -> dict[str, Any]:
    """The least answer that shows every question: one row of every repeat."""
    return {
        one.name: [_rows_of_one(one.questions)] if one.kind == "repeat" else _rows_of_one(one.questions)
        for one in questions
        if one.questions
    }


def _at(question: Question, column: str, words: str) -> Refused:
    return Refused(f"Лист «survey», строка {question.row}, столбец «{column}»: {words}.", code="F-FORMULA")


def _check_loops(form: Form) -> None:
    """Refuse formulas that wait for one another: nothing could be calculated first."""
    questions = {question.path: question for question in every_question(form.questions)}
    needs: dict[str, list[str]] = {}
    for path, question in questions.items():
        named: set[str] = set()
        if question.calculation:
            named |= places_named(question.calculation, path)
            if path in named:
                raise _at(question, "calculation", "вычисление ссылается на само себя")
        if question.relevant:
            named |= places_named(question.relevant, path)
            if path in named:
                raise _at(question, "relevant", "условие показа ссылается на сам вопрос")
        if question.choice_filter:
            named |= places_named(question.choice_filter, path)
            if path in named:
                raise _at(question, "choice_filter", "отбор вариантов ссылается на сам вопрос")
        # What is inside a group is asked only where the group is.
        named |= {path.rpartition("/")[0]} - {""}
        needs[path] = sorted(named & questions.keys())
    circle = _circle(needs)
    if circle:
        names = " → ".join(f"«{questions[one].name}»" for one in [*circle, circle[0]])
        raise _at(
            questions[circle[0]],
            next(
                name
                for name in ("calculation", "relevant", "choice_filter")
                if getattr(questions[circle[0]], name) or name == "choice_filter"
            ),
            f"формулы ждут друг друга по кругу: {names}. Уберите одну из ссылок",
        )


def _circle(needs: Mapping[str, Sequence[str]]) -> list[str]:
    """Some places that need one another in a circle; empty when there is none."""
    done: set[str] = set()
    for start in needs:
        way: list[str] = []
        standing: set[str] = set()
        waiting: list[tuple[str, bool]] = [(start, False)]
        while waiting:
            one, is_left = waiting.pop()
            if is_left:
                way.pop()
                standing.discard(one)
                done.add(one)
            elif one in standing:
                return way[way.index(one) :]
            elif one not in done:
                way.append(one)
                standing.add(one)
                waiting.append((one, True))
                waiting += [(other, False) for other in needs[one]]
    return []
