"""Answers judged by the rules of a form: what is asked, what is calculated, what is wrong; pure.

The formulas are ODK's XPath; lxml evaluates them over a small tree of the answers, where a date is a number of days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from lxml import etree

from opora.core.refusal import Refused
from opora.questionnaires import functions
from opora.questionnaires.content import Answers, Form, Question
from opora.questionnaires.costs import OF_PLACE, Budget, TooDear, cost_of
from opora.questionnaires.expressions import ROOT
from opora.questionnaires.plan import Plan, Rules, bare, known_costs, plan_of
from opora.questionnaires.sizes import LONG, MOST_ROWS, Sizes, cut, sizes_of
from opora.questionnaires.values import MOST_TEXT, Told, day_at, day_number, told

_MOST_PASSES: Final = 12
# Letters that a tree cannot hold; whoever keeps the answers refuses them with their place.
_NOT_IN_TREES: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REQUIRED: Final = "ответьте на этот вопрос"
OUTSIDE: Final = "выбранное не подходит к ответам выше, выберите заново"
UNFIT: Final = "ответ не подходит под условие формы"
TOO_LARGE: Final = (
    "Ответ слишком большой: в таблицах слишком много строк. "
    "Уберите часть строк или разделите ответ на несколько."
)
TOO_DEAR: Final = (
    "Вычисления этой формы не удалось закончить: строк слишком много для её формул. Введённые значения целы. "
    "Уберите часть строк или сообщите центру, чтобы он упростил формулы."
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one answer. `place` names it among the rows of repeats: «act/2/people».

    `is_missing`: the question waits for an answer; otherwise what was answered does not fit.
    """

    path: str
    place: str
    label: str
    words: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """Answers read and judged: only those to questions that are asked, places that are asked, faults in order.

    `values` are the calculated values by place, also of questions that are asked later; `offered` are the codes that
    a filter of choices lets through, by place. `dear` are words about an answer that is too large for the
    calculations of its form: then everything is asked, nothing is calculated and nothing may be handed in.
    `work` is what the judging cost, in steps.
    """

    answers: Answers
    relevant: frozenset[str]
    faults: tuple[Fault, ...]
    values: Mapping[str, Any]
    offered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    dear: str = ""
    work: int = 0

    def check(self) -> Judged:
        """The same when it is known what the answers are worth. Refused (F-TIME) when they are too dear to judge."""
        if self.dear:
            raise Refused(self.dear, code="F-TIME")
        return self


def judge(form: Form, answers: Answers, today: date) -> Judged:
    """Evaluate relevant, calculation, required and constraint in the order of the form, inside repeats as well.

    The work is bounded whatever the form and the answers are: what is too dear comes back unjudged, with words.
    """
    sizes = sizes_of(form, answers)
    if sizes.is_beyond:
        return _unjudged(form, cut(form, answers), today, TOO_LARGE)
    budget = Budget()
    try:
        return replace(_Judging(plan_of(form), answers, today, sizes, budget).judged(), work=budget.spent)
    except TooDear:
        return replace(_unjudged(form, answers, today, TOO_DEAR), work=budget.spent)


def _unjudged(form: Form, answers: Answers, today: date, words: str) -> Judged:
    """Answers as they were typed, with everything asked and nothing evaluated."""
    simple = bare(form)
    judging = _Judging(plan_of(simple), answers, today, sizes_of(simple, answers), Budget())
    return replace(judging.judged(), dear=words)


@dataclass(slots=True)
class _Node:
    """One question at one place: its element in the tree and what was told of it."""

    question: Question
    rules: Rules
    element: Any
    place: str
    parent: _Node | None
    told: Told
    is_asked: bool = True
    value: Any = None
    offered: frozenset[str] | None = None
    rows: list[dict[str, _Node]] = field(default_factory=list)
    parts: dict[str, _Node] = field(default_factory=dict)


class _Judging:
    """One judging: the tree is built, the formulas are evaluated until nothing changes, then the faults are told."""

    def __init__(self, plan: Plan, answers: Answers, today: date, sizes: Sizes, budget: Budget) -> None:
        self._plan = plan
        self._sizes = sizes
        self._budget = budget
        self._costs = known_costs(plan, sizes)
        budget.spend(sizes.total * OF_PLACE)
        self._today = float(day_number(today))
        self._root = etree.Element(ROOT)
        self._order: list[_Node] = []
        self._offers: dict[Any, frozenset[str]] = {}
        self._parts = self._grown(plan.form.questions, answers, self._root, "", None)

    def judged(self) -> Judged:
        for _ in range(_MOST_PASSES):
            if not self._passed() or not self._plan.looks_ahead:
                break
        faults = tuple(self._faults())
        asked = frozenset(node.place for node in self._order if node.is_asked)
        values = {node.place: node.value for node in self._order if node.rules.calculation is not None}
        offered = {node.place: node.offered for node in self._order if node.offered is not None}
        return Judged(_answers(self._parts), asked, faults, values, offered)

    def _grown(
        self, questions: tuple[Question, ...], answers: Any, element: Any, before: str, parent: _Node | None
    ) -> dict[str, _Node]:
        known = answers if isinstance(answers, Mapping) else {}
        found = {}
        for question in questions:
            typed = known.get(question.name)
            if question.kind == "repeat":
                found[question.name] = self._grown_rows(question, typed, element, before, parent)
                continue
            node = self._node(question, element, before + question.name, parent, typed)
            found[question.name] = node
            if question.kind == "group":
                node.parts = self._grown(question.questions, typed, node.element, f"{node.place}/", node)
        return found

    def _grown_rows(
        self, question: Question, typed: Any, element: Any, before: str, parent: _Node | None
    ) -> _Node:
        """A repeat: itself without an element of its own, and an element for each of its rows."""
        whole = self._node(question, None, before + question.name, parent, None)
        whole.element = element
        for number, row in enumerate(typed[:MOST_ROWS] if isinstance(typed, list) else (), start=1):
            node = self._node(question, element, f"{whole.place}/{number}", whole, None)
            parts = self._grown(question.questions, row, node.element, f"{node.place}/", node)
            node.parts = parts
            whole.rows.append(parts)
        return whole

    def _node(self, question: Question, element: Any, place: str, parent: _Node | None, typed: Any) -> _Node:
        is_held = question.kind not in ("group", "repeat", "note")
        node = _Node(
            question,
            self._plan.rules[question.path],
            None if element is None else etree.SubElement(element, question.name),
            place,
            parent,
            told(question, typed) if is_held else Told(None, ""),
        )
        node.value = node.told.value
        self._order.append(node)
        return node

    def _passed(self) -> bool:
        """Evaluate everything once in order; whether anything became different."""
        changed = False
        for node in self._order:
            was = (node.is_asked, node.value, node.offered)
            node.is_asked = (node.parent is None or node.parent.is_asked) and self._is_relevant(node)
            if node.rules.calculation is not None:
                node.value = self._calculated(node) if node.is_asked else None
            elif node.question.kind not in ("group", "repeat"):
                node.element.text = _NOT_IN_TREES.sub("", self._text(node)) if node.is_asked else ""
            changed = changed or was != (node.is_asked, node.value, node.offered)
        return changed

    def _text(self, node: _Node) -> str:
        """An answer as the formulas see it: what the filter does not offer counts as not chosen."""
        offers = node.rules.offers
        if offers is None:
            return node.told.text
        node.offered = offers.offered(node.element, self._value, self._offers)
        return " ".join(code for code in node.told.text.split() if code in node.offered)

    def _is_relevant(self, node: _Node) -> bool:
        if node.rules.relevant is None:
            return True
        if node.question.kind == "repeat" and (
            node.parent is None or node.parent.question is not node.question
        ):
            return self._is_relevant_as_a_whole(node)
        return functions.truth(self._value(node.rules.relevant, node.element))

    def _is_relevant_as_a_whole(self, node: _Node) -> bool:
        """A repeat without rows has no element to stand at: one is put there while the formula is asked."""
        standing = etree.SubElement(node.element, node.question.name)
        try:
            return functions.truth(self._value(node.rules.relevant, standing))
        finally:
            node.element.remove(standing)

    def _calculated(self, node: _Node) -> Any:
        found = self._value(node.rules.calculation, node.element)
        # Values that are put together of one another would double at every step: none is longer than a typed answer.
        node.element.text = _NOT_IN_TREES.sub("", functions.text(found)[:MOST_TEXT])
        if not node.element.text:
            return None
        self._grew(node.question.path, len(node.element.text))
        if node.rules.is_day:
            day = day_at(functions.number(found))
            return day.isoformat() if day else None
        if isinstance(found, float):
            return int(found) if found == int(found) and abs(found) < 1e15 else round(found, 10)
        return node.element.text

    def _value(self, formula: Any, element: Any) -> Any:
        self._budget.spend(self._cost(formula))
        try:
            return formula(element, today=self._today)
        except (etree.XPathError, TypeError):
            # A wrong number of arguments and the like: an answer is not lost because of a formula.
            return ""

    def _cost(self, formula: Any) -> int:
        known = self._costs.get(formula)
        if known is None:
            known = self._costs[formula] = cost_of(self._plan.written[formula], self._sizes)
        return known

    def _grew(self, path: str, length: int) -> None:
        """A calculation gave a long text: the formulas that look at it cost more than they did."""
        longest = self._sizes.longest
        if length > LONG and length > 2 * longest.get(path, 0):
            longest[path] = length
            self._costs = {}

    def _faults(self) -> Iterator[Fault]:
        for node in self._order:
            if not node.is_asked or node.rules.calculation is not None:
                continue
            words = self._fault_of(node)
            if words:
                question, is_missing = node.question, node.told.is_empty
                yield Fault(question.path, node.place, question.label, words, is_missing)

    def _fault_of(self, node: _Node) -> str:
        question, rules = node.question, node.rules
        if question.kind in ("group", "repeat", "note"):
            return ""
        if node.told.fault:
            return node.told.fault
        if node.offered is not None and not node.offered.issuperset(node.told.text.split()):
            return OUTSIDE
        if node.told.is_empty:
            if rules.required is None or not functions.truth(self._value(rules.required, node.element)):
                return ""
            return question.required_message or REQUIRED
        if rules.constraint is None or functions.truth(self._value(rules.constraint, node.element)):
            return ""
        return question.constraint_message or UNFIT


def _answers(parts: Mapping[str, _Node]) -> Answers:
    """The answers of the questions that are asked, without those that were left empty."""
    found: Answers = {}
    for name, node in parts.items():
        if not node.is_asked or node.question.kind == "note":
            continue
        if node.question.kind == "group":
            found[name] = _answers(node.parts)
        elif node.question.kind == "repeat":
            found[name] = [_answers(row) for row in node.rows]
        elif node.value is not None:
            found[name] = node.value
    return found
