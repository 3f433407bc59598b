"""The questions of a curator's report: those of the programme's pack, or the usual ones; no rows, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from opora.programmes.models import Programme

SCHOOL, WHOLE = "school", "whole"
# Answers about the whole report stand under this key, those about a school under its number.
ABOUT_ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class WordsField:
    """One question: about each school, or about the curator's work as a whole; some may stay without an answer."""

    code: str
    label: str
    about: str = SCHOOL
    hint: str = ""
    is_needed: bool = True


USUAL: Final = (
    WordsField("changed", "Что изменилось", hint="Что школа сделала за этап и что уже видно."),
    WordsField("difficulties", "Что пока трудно", hint="Что мешает и какая помощь нужна."),
    WordsField("for_school", "Рекомендации школе"),
    WordsField("for_municipality", "Рекомендации муниципалитету", WHOLE, is_needed=False),
    WordsField("for_region", "Рекомендации региону", WHOLE, is_needed=False),
)


def words_fields(programme: Programme) -> tuple[WordsField, ...]:
    """The fields that the programme's pack gives, in its order; the usual ones when it gives none that fit."""
    told = programme.forms.get("curator_report") if isinstance(programme.forms, Mapping) else None
    found = tuple(filter(None, map(_field, told))) if isinstance(told, Sequence) else ()
    return found or USUAL


def _field(told: Any) -> WordsField | None:
    if not isinstance(told, Mapping):
        return None
    code, label = str(told.get("code", "")), str(told.get("label", ""))
    about = WHOLE if told.get("about") == WHOLE else SCHOOL
    if not code.isidentifier() or not label:
        return None
    return WordsField(
        code, label, about, str(told.get("hint", "")), bool(told.get("needed", about == SCHOOL))
    )
