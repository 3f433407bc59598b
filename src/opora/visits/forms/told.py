"""What a sheet says, in words: for the record, for the paper and for two versions of one sheet side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from opora.visits.fields import SheetField, day_in
from opora.visits.models import Step, Visit
from opora.visits.sheets import Sheet

_STATES = {"done": "сделано", "moved": "переносим", "open": "пока открыто"}


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of a sheet; a text may have several lines."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Differing:
    """A place where two versions of a sheet say different things."""

    label: str
    theirs: str
    ours: str


def told_in(sheet: Sheet, fields: Iterable[SheetField], risks: Mapping[int, str] | None = None) -> list[Told]:
    """The answers of the pack's fields and the words on each risk that are there, in the order of the sheet."""
    found = [Told(field.label, _text(sheet.get(field.code))) for field in fields]
    found += [Told(label, text) for label, text in _risks(sheet, risks or {})]
    return [one for one in found if one.text]


def followed_in(sheet: Sheet, closed: Iterable[Step], looked_at: Iterable[Step]) -> list[Told]:
    """What came of the steps of earlier visits: those closed here, and what the sheet says of the open ones."""
    steps = {step.pk: step for step in [*looked_at, *closed]}
    told = sheet.get("followed")
    known = told if isinstance(told, Mapping) else {}
    return [Told(step.text, _came_of(known.get(str(pk), {}))) for pk, step in steps.items()]


def differences(
    theirs: Sheet,
    ours: Sheet,
    fields: Iterable[SheetField],
    risks: Mapping[int, str],
    steps: Iterable[Step],
) -> list[Differing]:
    """Where the version that is kept and the one that came differ, by the labels of the page."""
    known, came = (_everything(sheet, list(fields), risks, list(steps)) for sheet in (theirs, ours))
    labels = dict.fromkeys([*known, *came])
    return [
        Differing(label, known.get(label, ""), came.get(label, ""))
        for label in labels
        if known.get(label, "") != came.get(label, "")
    ]


def _everything(
    sheet: Sheet, fields: list[SheetField], risks: Mapping[int, str], steps: list[Step]
) -> dict[str, str]:
    day = day_in(str(sheet.get("held_on", "")))
    found = {
        "Как прошло": dict(Visit.Form.choices).get(str(sheet.get("form", "")), ""),
        "Когда": f"{day:%d.%m.%Y}" if day else str(sheet.get("held_on", "")),
    }
    found |= {one.label: one.text for one in told_in(sheet, fields, risks)}
    found["Договорённости"] = "\n".join(map(_step, _listed(sheet.get("steps"))))
    followed = sheet.get("followed")
    for step in steps if isinstance(followed, Mapping) else ():
        found[step.text] = _came_of(followed.get(str(step.pk), {}) if isinstance(followed, Mapping) else {})
    return {label: text for label, text in found.items() if text}


def _risks(sheet: Sheet, names: Mapping[int, str]) -> list[tuple[str, str]]:
    told = sheet.get("risks")
    if not isinstance(told, Mapping):
        return []
    rows = [(int(number), str(words)) for number, words in told.items() if str(number).isdigit()]
    return [(names.get(number, f"Риск {number}"), words) for number, words in sorted(rows)]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(filter(None, (_joined(*row.values()) for row in _listed(value))))
    return value if isinstance(value, str) else ""


def _step(row: Mapping[str, Any]) -> str:
    side = dict(Step.Side.choices).get(str(row.get("side", "")), "")
    day = day_in(str(row.get("due_on", "")))
    until = f"до {day:%d.%m.%Y}" if day else str(row.get("due_on", ""))
    return _joined(
        f"{side}: {row.get('text', '')}" if side else row.get("text", ""), row.get("responsible"), until
    )


def _came_of(parts: Any) -> str:
    told = parts if isinstance(parts, Mapping) else {}
    state, day = str(told.get("state", "")), day_in(str(told.get("due_on", "")))
    until = f"до {day:%d.%m.%Y}" if day and state == "moved" else ""
    return _joined(_STATES.get(state, ""), until, told.get("words", ""))


def _listed(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _joined(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part)
