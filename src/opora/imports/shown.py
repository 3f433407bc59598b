"""A draft as the review page shows it: rows with doubtful words marked, terms as they were understood; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from opora.core.russian.counting import NBSP, counted
from opora.core.russian.days import day_month
from opora.imports.content import Content, Line, name_of
from opora.imports.remarks import Remark
from opora.indicators.models import Indicator
from opora.indicators.register import KINDS_BY_CODE

UNSURE_KIND: Final = 0.4
PAGE: Final = 100
WORD_JOINER: Final = "\u2060"
NO_DAYS: Final = "без дат в календаре"
_OFTEN: Final = {
    "daily": "ежедневно",
    "weekly": "еженедельно",
    "monthly": "ежемесячно",
    "quarterly": "ежеквартально",
    "half-yearly": "раз в полугодие",
    "yearly": "ежегодно",
    "other": "несколько раз",
}
_QUOTED: Final = re.compile(r"«([^»]{1,60})»")
_MISMATCH: Final = re.compile(r"(?:регион|муниципал)\w*", re.IGNORECASE)
_LAST_WORDS: Final = re.compile(r"\S+(?:\s+\S+)?\s*$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of words, doubtful or not."""

    text: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the review table."""

    line: Line
    name: str
    look: str
    words: str
    remarks: tuple[Remark, ...]
    text: tuple[Chunk, ...]
    promise: tuple[Chunk, ...]
    is_term_doubtful: bool
    understood: str
    targets: tuple[str, ...]
    is_kind_unsure: bool
    printed: Mapping[str, str]

    @property
    def is_doubtful(self) -> bool:
        return bool(
            self.line["is_deleted"] or self.is_kind_unsure or any(one.level != "note" for one in self.remarks)
        )

    @property
    def is_sure(self) -> bool:
        return self.look == "done"


def rows_of(content: Content, original: Content, remarks: Sequence[Remark]) -> list[Row]:
    """Every line of the draft as a row, deleted ones too."""
    by_line: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.line_key is not None:
            by_line.setdefault(remark.line_key, []).append(remark)
    first = {line["key"]: line for line in original["lines"]}
    return [_row(line, first.get(line["key"]), by_line.get(line["key"], [])) for line in content["lines"]]


def term_words(period: Mapping[str, Any]) -> str:
    """«1–30 сентября 2022», «до 15 апреля 2022», «с 1 сентября 2020, постоянно», «без дат»."""
    start, end = _day(period["start"]), _day(period["end"])
    said = []
    if start and end:
        said.append(_stretch(start, end))
    elif start:
        said.append(f"с {_said(start)}")
    elif end:
        said.append(f"до {_said(end)}")
    if period["open_ended"]:
        said.append("постоянно")
    if period["recurrence"]:
        said.append(_OFTEN.get(period["recurrence"], ""))
    control = _day(period["control_on"])
    if control:
        said.append(f"контроль {_said(control)}")
    return ", ".join(filter(None, said)) or NO_DAYS


def target_words(target: Sequence[Any]) -> str:
    """«Документы размещены: каждая школа-участница», «…: не меньше, чем 3»."""
    kind, scope, number = target
    title = KINDS_BY_CODE[kind].title
    if scope == "one":
        return title
    label = Indicator.Scope(scope).label
    return f"{title}: {label} {number}" if scope == "number" else f"{title}: {label}"


def summary(content: Content) -> dict[str, str]:
    """What was read, in words: sections, lines by sections, terms."""
    lines = [line for line in content["lines"] if not line["is_deleted"]]
    by_section: dict[int, int] = {}
    for line in lines:
        by_section[line["section"]] = by_section.get(line["section"], 0) + 1
    parts = " + ".join(str(by_section[number]) for number in sorted(by_section))
    dated = sum(bool(line["period"]["start"] or line["period"]["end"]) for line in lines)
    endless = sum(bool(line["period"]["open_ended"]) for line in lines)
    terms = [f"{dated} с датами"]
    if endless:
        terms.append(f"{endless} без окончания")
    if dated < len(lines):
        terms.append(f"{len(lines) - dated} без дат")
    return {
        "sections": str(len(by_section)),
        "lines": f"{len(lines)}: {parts}"
        if len(by_section) > 1 and len(by_section) <= 12
        else str(len(lines)),
        "terms": ", ".join(terms),
        "counted": counted(len(lines), "пункт", "пункта", "пунктов"),
    }


def _row(line: Line, first: Line | None, remarks: list[Remark]) -> Row:
    open_codes = {remark.code: remark for remark in remarks if not remark.settled}
    levels = {remark.level for remark in open_codes.values()}
    is_unsure = first is not None and (first.get("kind_confidence") or 0) < UNSURE_KIND
    is_still_unsure = is_unsure and first is not None and line["targets"] == first["targets"]
    look, words = "done", "Уверенно"
    if line["is_deleted"]:
        look, words = "none", "Удалён"
    elif "decide" in levels:
        look, words = "late", "Решите"
    elif "check" in levels or is_still_unsure:
        look, words = "wait", "Проверьте"
    return Row(
        line=line,
        name=name_of(line),
        look=look,
        words=words,
        remarks=tuple(remarks),
        text=_marked(line["text"], "text", open_codes),
        promise=_marked(line["promise"], "promise", open_codes),
        is_term_doubtful=any(
            code.startswith(("period_", "term_")) and code != "period_before_order" for code in open_codes
        ),
        understood=term_words(line["period"]),
        targets=tuple(target_words(target) for target in line["targets"]),
        is_kind_unsure=is_unsure,
        printed=_printed(line, first),
    )


def _printed(line: Line, first: Line | None) -> dict[str, str]:
    """The words of the order where a person changed them, by field."""
    if first is None:
        return {}
    pairs = {
        "number": (line["number"] or "", first["number"] or "нет"),
        "text": (line["text"], first["text"]),
        "promise": (line["promise"], first["promise"]),
        "term": (line["period"]["text"], first["period"]["text"]),
    }
    return {
        name: before for name, (now, before) in pairs.items() if now != before and (now or before != "нет")
    }


def _marked(text: str, field: str, remarks: Mapping[str, Remark]) -> tuple[Chunk, ...]:
    spans: list[tuple[int, int]] = []
    cut = remarks.get("text_cut")
    if cut is not None and field == ("text" if "мероприят" in cut.message.lower() else "promise"):
        spans += [found.span() for found in _LAST_WORDS.finditer(text)]
    if "indicator_mismatch" in remarks and field == "promise":
        spans += [found.span() for found in _MISMATCH.finditer(text)]
    for code in ("words_glued", "footnote_mark"):
        for quoted in _QUOTED.findall(remarks[code].message) if code in remarks else ():
            place = text.find(quoted)
            if place >= 0:
                spans.append((place, place + len(quoted)))
    return _cut(text, sorted(spans))


def _cut(text: str, spans: list[tuple[int, int]]) -> tuple[Chunk, ...]:
    chunks, at = [], 0
    for start, end in spans:
        if start < at:
            continue
        chunks += [Chunk(text[at:start], False), Chunk(text[start:end], True)]
        at = end
    chunks.append(Chunk(text[at:], False))
    return tuple(chunk for chunk in chunks if chunk.text)


def _stretch(start: date, end: date) -> str:
    if start == end:
        return _said(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{WORD_JOINER}{_said(end)}"
    return f"{day_month(start) if start.year == end.year else _said(start)} – {_said(end)}"


def _said(day: date) -> str:
    return f"{day_month(day)}{NBSP}{day.year}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
