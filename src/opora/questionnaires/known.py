"""What the product knows of whoever answers, by the names under which forms ask for it; a register written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from opora.core.russian.letters import fold
from opora.questionnaires.content import Answers, Question

# A question of one of these names, or with one of them as its default, is filled in when it is opened.
KNOWN: Final[dict[str, str]] = {
    "opora_school": "название школы",
    "opora_school_number": "номер школы",
    "opora_municipality": "муниципалитет",
    "opora_centre": "название методического центра",
    "opora_programme": "название программы",
    "opora_year": "год программы",
    "opora_stage": "этап, к которому относится сбор",
    "opora_curator": "куратор школы",
    "opora_coordinator": "школьный координатор",
    "opora_person": "фамилия, имя и отчество того, кто отвечает",
    "opora_post": "должность того, кто отвечает",
    "opora_chosen_risks": "выбранные школой риски",
    "opora_chosen_risks_count": "сколько рисков выбрала школа",
    "opora_visits_held": "сколько посещений школы состоялось",
    "opora_schools": "школы куратора",
    "opora_schools_count": "сколько школ у куратора",
    "opora_today": "день, когда форма открыта",
}

Facts = Mapping[str, Any]


def known_name_of(question: Question) -> str:
    """The name under which the product knows the answer to a question; empty when it does not."""
    return next((name for name in (question.default, question.name) if name in KNOWN), "")


def first_answers(questions: tuple[Question, ...], facts: Facts, on: date) -> Answers:
    """The answers a form opens with: what the product knows, and the form's own defaults."""
    found: Answers = {}
    for question in questions:
        if question.kind == "group":
            inner = first_answers(question.questions, facts, on)
            if inner:
                found[question.name] = inner
        elif question.kind not in ("repeat", "note"):
            value = _first(question, facts, on)
            if value not in (None, "", []):
                found[question.name] = value
    return found


def _first(question: Question, facts: Facts, on: date) -> Any:
    name = known_name_of(question)
    told = facts.get(name) if name else _default(question, on)
    if question.kind in ("one", "many") and name:
        words = told if isinstance(told, list | tuple) else [told]
        codes = _codes(question, [str(one) for one in words if one not in (None, "")])
        return codes if question.kind == "many" else next(iter(codes), "")
    if isinstance(told, list | tuple):
        return "; ".join(map(str, told))
    return told


def _default(question: Question, on: date) -> Any:
    told = question.default
    if told.replace(" ", "") in ("today()", "now()"):
        return on.isoformat()
    return told.split() if question.kind == "many" else told


def _codes(question: Question, words: list[str]) -> list[str]:
    """The choices that say what the product knows: by their code or by their words."""
    wanted = {fold(one) for one in words}
    return [choice.code for choice in question.choices if {fold(choice.code), fold(choice.label)} & wanted]
