"""The content of a draft as people work on it: every line with a key and a version; pure, stores nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from opora.core.periods import read_period
from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.indicators.suggest import suggest_kinds, suggest_target
from opora.plans.drafts import MOST_LINES

Content = dict[str, Any]
Line = dict[str, Any]
Target = tuple[str, str, int]

LONGEST_TITLE: Final = 500
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Words:
    """What a person typed for one line; days equal to those understood mean that the term is to be read."""

    number: str
    text: str
    promise: str
    responsible: str
    section: int
    period_text: str
    start: date | None
    end: date | None
    is_open_ended: bool
    control_on: date | None
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What a person typed about the order itself."""

    title: str
    year: int
    number: str
    date: date | None
    issuer: str
    signed_by: str


def begin(read: Content) -> Content:
    """What a reader found, cleaned, with a key for every line and remark and a target for every kind."""
    content: Content = _cleaned(deepcopy(read))
    for section in content["sections"]:
        section["title"] = section["title"][:LONGEST_TITLE]
    for place, line in enumerate(content["lines"], start=1):
        line.update(key=f"l{place}", version=1, is_deleted=False)
        line["targets"] = _targets(line)
    for place, problem in enumerate(content["problems"], start=1):
        problem.update(key=f"p{place}", line_key=_key_of(content, problem["line"]))
    content.update(order_version=1, last_key=len(content["lines"]))
    return content


def live_lines(content: Content) -> list[Line]:
    """The lines that are not deleted, in order."""
    return [line for line in content["lines"] if not line["is_deleted"]]


def line_of(content: Content, key: str) -> Line:
    """The line with a key. Refused (404) when there is none."""
    lines: list[Line] = content["lines"]
    for line in lines:
        if line["key"] == key:
            return line
    raise Refused("Такой строки в черновике нет.", status=404)


def name_of(line: Line) -> str:
    """What a line is called: its number, the one suggested, or its place in the file."""
    if line["number"]:
        return str(line["number"])
    if line.get("suggested_number"):
        return f"{line['suggested_number']} (без номера)"
    return f"строка {(line.get('place') or {}).get('row') or '—'}"


def term_of(text: str, year: int | None) -> dict[str, Any]:
    """A term as it is understood, in the JSON shape of a draft's `period`."""
    period = read_period(text, year=year)
    return {
        "text": text,
        "start": _iso(period.start),
        "end": _iso(period.end),
        "open_ended": period.open_ended,
        "recurrence": period.recurrence,
        "control_on": None,
        "confidence": period.confidence,
    }


def rewrite(content: Content, line: Line, words: Words) -> None:
    """Put what a person typed into a line; one that changes its section goes to the end of the new one."""
    is_moved = line["section"] != words.section
    _put(line, words, content["year"])
    if is_moved:
        content["lines"].remove(line)
        content["lines"].insert(_end_of_section(content, words.section), line)


def _put(line: Line, words: Words, year: int | None) -> None:
    """A term with new words is read again, days set by hand stay."""
    line.update(
        number=words.number or None,
        text=words.text,
        promise=words.promise,
        responsible=words.responsible or None,
        section=words.section,
        targets=[list(target) for target in words.targets],
    )
    line["period"] = _period(line.get("period") or {}, words, year)
    line["version"] += 1


def insert(content: Content, words: Words) -> Line:
    """A new line after the last one of its section. Refused when there are too many lines."""
    if len(live_lines(content)) >= MOST_LINES:
        raise Refused(f"Строк больше {MOST_LINES}. Разделите карту.", code="F-ROWS")
    content["last_key"] += 1
    line: Line = {
        "key": f"n{content['last_key']}",
        "version": 0,
        "is_deleted": False,
        "suggested_number": None,
        "place": {"page": None, "table": 0, "row": 0},
        "kind_confidence": 1.0,
        "why": [],
    }
    _put(line, words, content["year"])
    content["lines"].insert(_end_of_section(content, words.section), line)
    return line


def set_order(content: Content, facts: OrderFacts) -> None:
    """Put what a person typed about the order; with another year the terms that rest on it are read again."""
    if facts.year != content["year"]:
        for line in content["lines"]:
            period = line["period"]
            if period["confidence"] in ("assumed", "unread"):
                line["period"] = term_of(period["text"], facts.year) | {"control_on": period["control_on"]}
    content.update(title=facts.title, year=facts.year, order_version=content["order_version"] + 1)
    content["order"] = {
        "number": facts.number or None,
        "date": _iso(facts.date),
        "issuer": facts.issuer or None,
        "signed_by": facts.signed_by or None,
    }


def suggested_targets(text: str, promise: str, section_title: str = "") -> list[Target]:
    """The kinds that words promise with their targets; for a line that a person adds."""
    kinds = suggest_kinds(text, promise, section_title).kinds
    return [_target(text, promise, kind) for kind in kinds]


def section_titles(content: Content) -> dict[int, str]:
    """Titles of sections by number, with the place for lines outside of them where there are such lines."""
    titles = {int(section["number"]): str(section["title"]) for section in content["sections"]}
    if not titles or any(not line["section"] for line in content["lines"]):
        titles = {0: "Вне разделов", **titles}
    return titles


def same_numbers(content: Content) -> dict[str, list[Line]]:
    """Lines that share a printed number with another one, by number."""
    by_number: dict[str, list[Line]] = {}
    for line in live_lines(content):
        if line["number"]:
            by_number.setdefault(line["number"].rstrip("."), []).append(line)
    return {number: lines for number, lines in by_number.items() if len(lines) > 1}


def continuation(content: Content, line: Line) -> tuple[str, str, str] | None:
    """How the cut words of a line go on in a like one: (field, whole words, number of that line)."""
    for field in ("promise", "text"):
        mine = _folded(line[field])
        if len(mine) < 20:
            continue
        for other in live_lines(content):
            whole = _SPACES.sub(" ", other[field]).strip()
            if other is not line and len(whole) > len(mine) and _folded(whole).startswith(mine + " "):
                return field, _SPACES.sub(" ", line[field]).strip() + whole[len(mine) :], name_of(other)
    return None


def _period(before: Content, words: Words, year: int | None) -> dict[str, Any]:
    told = {
        "start": _iso(words.start),
        "end": _iso(words.end),
        "open_ended": words.is_open_ended,
    }
    kept = {name: before.get(name) for name in ("start", "end")} | {
        "open_ended": bool(before.get("open_ended"))
    }
    if told["open_ended"] and not kept["open_ended"] and told["end"] == kept["end"]:
        # «Без окончания» is ticked over a term that had an end: the old end goes.
        told["end"] = None
    is_reworded = words.period_text != before.get("text", "")
    if told != kept:
        read = term_of(words.period_text, year)
        period = read | told | {"confidence": "sure", "is_by_hand": True}
    elif is_reworded:
        period = term_of(words.period_text, year)
    else:
        period = dict(before)
    return period | {"control_on": _iso(words.control_on)}


def _targets(line: Line) -> list[list[Any]]:
    kinds: Sequence[str] = line.get("kinds") or [line.get("kind") or "attested"]
    return [list(_target(line["text"], line["promise"], kind)) for kind in kinds]


def _target(text: str, promise: str, kind: str) -> Target:
    target = suggest_target(text, promise, kind)
    return kind, target.scope, target.number


def _key_of(content: Content, name: str | int) -> str | None:
    lines = content["lines"]
    if isinstance(name, str):
        named = next((line["key"] for line in lines if line["number"] == name), None)
        if named is not None or not name.isdigit():
            return named
    place = int(name)
    return lines[place - 1]["key"] if 1 <= place <= len(lines) else None


def _end_of_section(content: Content, section: int) -> int:
    earlier = [place for place, line in enumerate(content["lines"]) if line["section"] <= section]
    return earlier[-1] + 1 if earlier else 0


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list | tuple) else value


def _folded(text: str) -> str:
    return _SPACES.sub(" ", text).strip().lower().replace("ё", "е")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def pieces_by_section(lines: Sequence[Line]) -> Iterator[tuple[int, list[Line]]]:
    """Lines gathered under the section they stand in, as they go."""
    group: list[Line] = []
    for line in lines:
        if group and group[-1]["section"] != line["section"]:
            yield group[-1]["section"], group
            group = []
        group.append(line)
    if group:
        yield group[-1]["section"], group


def settle(content: Content, key: str | None, choice: str) -> Line:
    """Do to a line what a decision asks; returns the fields as they were, empty when nothing changes."""
    if key is None or choice == "keep":
        return {}
    line = line_of(content, key)
    period = line["period"]
    if choice == "number":
        changes: Line = {"number": line["suggested_number"]}
    elif choice == "complete":
        field, whole, _ = continuation(content, line) or ("promise", line["promise"], "")
        changes = {field: whole}
    elif choice == "permanent":
        changes = {"period": period | {"open_ended": True, "end": None, "is_by_hand": True}}
    else:
        changes = {"period": period | {"start": period["end"], "end": period["start"], "is_by_hand": True}}
    before = {name: line[name] for name in changes}
    line.update(changes, version=line["version"] + 1)
    return before


def used_sections(content: Content) -> list[dict[str, Any]]:
    """The sections that a line stands in; a section whose every line was deleted does not enter the plan."""
    used = {line["section"] for line in live_lines(content)}
    return [section for section in content["sections"] if section["number"] in used]
