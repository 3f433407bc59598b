"""Which choices of a list are offered: the filter of a cascading list, asked of every choice; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from opora.questionnaires import functions
from opora.questionnaires.content import Choice, Question
from opora.questionnaires.expressions import as_xpath, runs_of, tokens_of
from opora.questionnaires.xlsform import column_of

Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter compiled: the choices by what stands in the columns that it names, and the places it looks at."""

    formula: Any
    rows: tuple[tuple[Columns, tuple[str, ...]], ...]
    places: tuple[Any, ...]
    is_of_place: bool

    def offered(
        self,
        element: Any,
        evaluate: Callable[[Any, Any], Any],
        known: dict[Any, frozenset[str]],
    ) -> frozenset[str]:
        """The codes that the filter lets through at an element of the answers; `known` keeps what was asked already."""
        key = (id(self), *(_texts(evaluate(place, element)) for place in self.places))
        if self.is_of_place or key not in known:
            known[key] = frozenset(
                code for columns, codes in self.rows if _fits(self.formula, columns, element, evaluate)
                for code in codes
            )  # fmt: skip
        return known[key]


def columns_named(formula: str) -> tuple[str, ...]:
    """The columns of the sheet of choices that a filter names, as they are written in it."""
    runs = dict.fromkeys(run for run, _ in runs_of(tokens_of(formula)))
    return tuple(run for run in runs if "/" not in run and run not in (".", ".."))


def filter_of(question: Question) -> Filter | None:
    """The filter of a question made ready; None for a question whose choices are all offered."""
    formula = question.choice_filter
    if not formula:
        return None
    names = columns_named(formula)
    rows: dict[Columns, list[str]] = {}
    for choice in question.choices:
        told = _told(choice)
        columns = tuple((name, told[column_of(name)]) for name in names if told.get(column_of(name)))
        rows.setdefault(columns, []).append(choice.code)
    places = [run for run, _ in runs_of(tokens_of(formula)) if run not in names]
    return Filter(
        etree.XPath(as_xpath(formula), extensions=functions.EXTENSIONS, smart_strings=False),
        tuple((columns, tuple(codes)) for columns, codes in rows.items()),
        tuple(etree.XPath(run) for run in dict.fromkeys(places)),
        # What asks for the number of its row is asked anew at every row.
        any(run.endswith(".") for run in places),
    )


def _told(choice: Choice) -> Mapping[str, str]:
    return {**dict(choice.columns), "name": choice.code, "label": choice.label}


def _texts(found: Any) -> tuple[str, ...]:
    return tuple(one.text or "" for one in found) if isinstance(found, list) else ()


def _fits(formula: Any, columns: Columns, element: Any, evaluate: Callable[[Any, Any], Any]) -> bool:
    """The columns stand inside of the question's own element while the filter is asked."""
    standing = []
    for name, words in columns:
        one = etree.SubElement(element, name)
        one.text = words
        standing.append(one)
    try:
        return functions.truth(evaluate(formula, element))
    finally:
        for one in standing:
            element.remove(one)
