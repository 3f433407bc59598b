"""A form made ready to judge answers by: its formulas compiled once, what each is and what it costs; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from opora.questionnaires import functions
from opora.questionnaires.content import Form, Question, every_question
from opora.questionnaires.costs import Formula
from opora.questionnaires.expressions import as_xpath, places_named
from opora.questionnaires.offering import Filter, columns_named, filter_of
from opora.questionnaires.sizes import Sizes

_DAY_ITSELF: Final = re.compile(r"\s*(?:today|now)\s*\(\s*\)\s*|\s*date\s*\([^()]*\)\s*")
_MOST_KNOWN: Final = 32
# In how many different ways the rows of one answer narrow down a list.
_USUAL_CHOICES: Final = 8


@lru_cache(maxsize=16)
def bare(form: Form) -> Form:
    """The form without its formulas."""
    return replace(form, questions=tuple(_without_formulas(one) for one in form.questions))


def _without_formulas(question: Question) -> Question:
    return replace(
        question,
        relevant="",
        required="",
        constraint="",
        choice_filter="",
        calculation="",
        questions=tuple(_without_formulas(one) for one in question.questions),
    )


@dataclass(slots=True)
class Rules:
    """The formulas of one question, compiled."""

    relevant: Any = None
    calculation: Any = None
    required: Any = None
    constraint: Any = None
    offers: Filter | None = None
    is_day: bool = False


@dataclass(slots=True)
class Plan:
    """A form made ready to judge by: formulas compiled once; whether some formula looks further down the form."""

    form: Form
    rules: dict[str, Rules]
    looks_ahead: bool
    # Every formula as it is written, by what is evaluated; what each costs, by the sizes of the answers.
    written: dict[Any, Formula]
    costs: dict[Any, dict[Any, int]] = field(default_factory=dict)


@lru_cache(maxsize=64)
def plan_of(form: Form) -> Plan:
    """The plan of a form, made at the first asking."""
    questions = every_question(form.questions)
    places = {question.path: number for number, question in enumerate(questions)}
    kinds = {question.path: question.kind for question in questions}
    rules: dict[str, Rules] = {}
    written: dict[Any, Formula] = {}
    looks_ahead = False
    for number, question in enumerate(questions):
        for formula in (question.relevant, question.calculation, question.choice_filter):
            named = places_named(formula, question.path) if formula else ()
            looks_ahead = looks_ahead or any(places.get(one, -1) > number for one in named)
        rules[question.path] = Rules(
            relevant=_compiled(question.relevant),
            calculation=_compiled(question.calculation),
            required=_compiled(question.required),
            constraint=_compiled(question.constraint),
            offers=filter_of(question),
            is_day=_is_day(question, kinds),
        )
        written |= _written(question, rules[question.path])
    return Plan(form, rules, looks_ahead, written)


def _written(question: Question, rules: Rules) -> dict[Any, Formula]:
    """The formulas of a question as they are written."""
    found = {
        getattr(rules, name): Formula(getattr(question, name), question.path)
        for name in ("relevant", "calculation", "required", "constraint")
    }
    if rules.offers is not None:
        filtered = question.choice_filter
        found[rules.offers.formula] = Formula(filtered, question.path, columns_named(filtered))
        found |= {place: Formula(place.path, question.path) for place in rules.offers.places}
    return found


def formulas_of(question: Question, sizes: Sizes) -> Iterator[tuple[str, Formula, int]]:
    """The formulas of a question: column of the workbook, formula, how often one judging evaluates it."""
    places = sizes.places[question.path]
    for name in ("relevant", "calculation", "required", "constraint"):
        if getattr(question, name):
            yield name, Formula(getattr(question, name), question.path), places
    offers = filter_of(question)
    if offers is not None:
        filtered = question.choice_filter
        formula = Formula(filtered, question.path, columns_named(filtered))
        # What depends on other answers alone is asked once for every different one of them.
        often = places if offers.is_of_place else min(places, _USUAL_CHOICES)
        yield "choice_filter", formula, often * len(offers.rows)


def _compiled(formula: str) -> Any:
    if not formula:
        return None
    return etree.XPath(as_xpath(formula), extensions=functions.EXTENSIONS, smart_strings=False)


def _is_day(question: Question, kinds: Mapping[str, str]) -> bool:
    """Whether a calculation gives a day and is to be shown as one."""
    if question.kind == "date" or _DAY_ITSELF.fullmatch(question.calculation):
        return True
    named = places_named(question.calculation, question.path) if question.calculation else set()
    alone = len(named) == 1 and re.fullmatch(r"\s*[\w./\-]+\s*", question.calculation)
    return bool(alone) and kinds.get(next(iter(named))) == "date"


def known_costs(plan: Plan, sizes: Sizes) -> dict[Any, int]:
    """The costs of the formulas over answers of these sizes, kept for the next judging of the like."""
    key = sizes.key()
    if key not in plan.costs and len(plan.costs) >= _MOST_KNOWN:
        plan.costs.clear()
    return plan.costs.setdefault(key, {})
