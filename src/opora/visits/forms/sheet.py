"""The sheet of a visit as it comes from a page and as it stands on the page again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from opora.visits.fields import LESSONS, SheetField
from opora.visits.models import Step
from opora.visits.sheets import Sheet

MOST_ROWS = 50
LESSON = ("subject", "grade")
STEP = ("side", "text", "responsible", "due_on")
FOLLOWED = ("state", "words", "due_on")
DONE, MOVED, OPEN = "done", "moved", "open"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page sent: the sheet, the version it was opened with, the key of this sending, the deed asked for."""

    sheet: Sheet
    version: int
    key: UUID | None
    deed: str


@dataclass(frozen=True, slots=True)
class Question:
    """A field of the sheet with what stands in it."""

    field: SheetField
    text: str
    rows: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Follow:
    """A step agreed earlier with what the sheet says of it."""

    step: Step
    state: str
    words: str
    due_on: str


def sent_in(
    post: QueryDict, fields: Iterable[SheetField], risks: Iterable[int], steps: Iterable[int]
) -> Sent:
    """Read a sending. Unknown names are dropped, text is kept as it was typed: drafts may be unfinished."""
    plain = {name: _text(post, name) for name in ("form", "held_on")}
    sheet: Sheet = {name: text for name, text in plain.items() if text}
    for field in fields:
        value = _rows(post, field.code, LESSON) if field.kind == LESSONS else _text(post, field.code)
        if value:
            sheet[field.code] = value
    told = {str(number): _text(post, f"risks-{number}") for number in risks}
    sheet |= _unless_empty("risks", {number: words for number, words in told.items() if words})
    sheet |= _unless_empty("steps", [row for row in _rows(post, "steps", STEP) if _is_begun(row)])
    followed = {str(pk): _parts(post, f"followed-{pk}", FOLLOWED) for pk in steps}
    sheet |= _unless_empty("followed", {pk: parts for pk, parts in followed.items() if any(parts.values())})
    return Sent(
        sheet, _number(_text(post, "version")), _key(_text(post, "key")), _text(post, "deed") or "save"
    )


def questions(fields: Iterable[SheetField], sheet: Sheet, *, spare: int) -> list[Question]:
    """The fields with what stands in them; `spare` empty rows follow the lessons."""
    found = []
    for field in fields:
        kept = sheet.get(field.code)
        if field.kind == LESSONS:
            found.append(Question(field, "", with_spare(kept, LESSON, spare)))
        else:
            found.append(Question(field, kept if isinstance(kept, str) else "", ()))
    return found


def with_spare(kept: Any, names: Sequence[str], spare: int) -> list[dict[str, str]]:
    """Rows of a sheet as a page shows them, and some empty ones after them."""
    rows = [row for row in kept if isinstance(row, dict)] if isinstance(kept, list) else []
    shown = [{name: str(row.get(name, "")) for name in names} for row in rows[:MOST_ROWS]]
    return shown + [dict.fromkeys(names, "") for _ in range(spare)]


def follows(steps: Iterable[Step], sheet: Sheet) -> list[Follow]:
    """Open steps of earlier visits with what is told of them."""
    told = sheet.get("followed")
    known = told if isinstance(told, dict) else {}
    found = []
    for step in steps:
        parts = known.get(str(step.pk))
        one = parts if isinstance(parts, dict) else {}
        found.append(Follow(step, *(str(one.get(name, "")) for name in FOLLOWED)))
    return found


def _rows(post: QueryDict, name: str, parts: Sequence[str]) -> list[dict[str, str]]:
    rows = [_parts(post, f"{name}-{number}", parts) for number in range(MOST_ROWS)]
    return [row for row in rows if any(row.values())]


def _parts(post: QueryDict, name: str, parts: Sequence[str]) -> dict[str, str]:
    return {part: _text(post, f"{name}-{part}") for part in parts}


def _text(post: QueryDict, name: str) -> str:
    # A browser sends line ends as \r\n: kept as the sheet keeps them, or every sending would look changed.
    return str(post.get(name, "")).replace("\r\n", "\n").strip()


def _is_begun(row: Mapping[str, str]) -> bool:
    """A row with a side alone was not touched: the list of sides always has something chosen."""
    return any(value for name, value in row.items() if name != "side")


def _unless_empty(name: str, value: Any) -> Sheet:
    return {name: value} if value else {}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
