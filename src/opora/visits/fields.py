"""The fields of the visit sheet: those of the programme's pack, or the usual ones; and how a typed day is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from opora.programmes.models import Programme

LINE, TEXT, LESSONS = "line", "text", "lessons"
KINDS: Final = (LINE, TEXT, LESSONS)
# What the product itself asks in every sheet; a field of a pack may not bear these names.
OWN: Final = ("form", "held_on", "steps", "followed", "risks", "key", "version", "deed")


@dataclass(frozen=True, slots=True)
class SheetField:
    """One question of the sheet: a line, a text, or lessons (subject and class, no names)."""

    code: str
    label: str
    kind: str
    hint: str = ""


USUAL: Final = (
    SheetField("with_whom", "С кем встречались", LINE, "Должности: директор, заместитель, учителя физики."),
    SheetField("lessons", "Уроки, на которых были", LESSONS, "Предмет и класс, без имён учителей и детей."),
    SheetField("documents", "Какие документы смотрели", TEXT),
    SheetField("findings", "Что увидели", TEXT, "Что получается и что пока мешает. Коротко, словами."),
)


def fields_of(programme: Programme) -> tuple[SheetField, ...]:
    """The fields that the programme's pack gives, in its order; the usual ones when it gives none that fit."""
    told = programme.forms.get("visit_sheet") if isinstance(programme.forms, Mapping) else None
    found = tuple(filter(None, map(_field, told))) if isinstance(told, Sequence) else ()
    return found or USUAL


def _field(told: Any) -> SheetField | None:
    if not isinstance(told, Mapping):
        return None
    code, label, kind = (str(told.get(name, "")) for name in ("code", "label", "kind"))
    if not code.isidentifier() or code in OWN or not label or kind not in KINDS:
        return None
    return SheetField(code, label, kind, str(told.get("hint", "")))


def day_in(text: str) -> date | None:
    """The day of a field: as the browser sends it, or 15.09.2022 typed by hand; None when there is no such day."""
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text.strip())
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
