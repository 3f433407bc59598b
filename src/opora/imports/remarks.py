"""Remarks to a draft: what a person decides, looks at or only knows, and what has been decided; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from opora.imports.content import Content, Line, continuation, name_of, same_numbers

Level = Literal["decide", "check", "note"]

# What the plan cannot be read without: a person is asked to decide, whatever level the reader gave.
_DECIDE: Final = frozenset(
    ("number_missing", "number_duplicate", "text_cut", "period_unreadable", "period_reversed", "year_missing")
)
_LEVELS: Final[dict[str, Level]] = {"error": "decide", "warning": "check", "info": "note"}
LOOKS: Final[dict[Level, tuple[str, str]]] = {
    "decide": ("late", "решите"),
    "check": ("wait", "проверьте"),
    "note": ("half", "к сведению"),
}
KEEP: Final = ("keep", "Оставить как в приказе")


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark; `choices` are (code, words) of what may be decided, `settled` tells how it was, or is empty."""

    key: str
    code: str
    level: Level
    message: str
    line_key: str | None
    line_name: str
    choices: tuple[tuple[str, str], ...]
    settled: str
    is_decided: bool

    @property
    def words(self) -> str:
        """The message without the name of the line, which stands before it as a link."""
        return self.message.removeprefix(f"Пункт {self.line_name} ")

    @property
    def look(self) -> str:
        return "done" if self.settled else LOOKS[self.level][0]

    @property
    def icon(self) -> str:
        return "info" if self.look == "half" else self.look

    @property
    def tag(self) -> str:
        return "решено" if self.settled else LOOKS[self.level][1]


def remarks_of(content: Content, original: Content, decided: Mapping[str, Any]) -> list[Remark]:
    """Every remark to the draft, the most pressing first; those about numbers are counted anew each time."""
    lines = {line["key"]: line for line in content["lines"]}
    first = {line["key"]: line for line in original["lines"]}
    remarks = [
        _remark(problem, lines.get(problem["line_key"]), first.get(problem["line_key"]), content, decided)
        for problem in content["problems"]
        if problem["code"] != "number_duplicate"
    ]
    remarks += _doubles(content, decided)
    order = list(LOOKS)
    return sorted(remarks, key=lambda remark: order.index(remark.level))


def hindrances(content: Content, remarks: list[Remark]) -> list[str]:
    """Why the draft cannot become a plan yet, in words; empty when it can."""
    said = []
    if not any(not line["is_deleted"] for line in content["lines"]):
        said.append("в карте нет ни одного пункта")
    doubles = [remark for remark in remarks if remark.code == "number_duplicate" and not remark.settled]
    said += [f"номер {remark.line_name} стоит у двух пунктов" for remark in doubles[:3]]
    return said


def waiting(remarks: list[Remark]) -> int:
    """How many remarks ask for a decision and have none."""
    return sum(remark.level == "decide" and not remark.settled for remark in remarks)


def _remark(
    problem: Mapping[str, Any],
    line: Line | None,
    before: Line | None,
    content: Content,
    decided: Mapping[str, Any],
) -> Remark:
    code = problem["code"]
    choice = decided.get(problem["key"])
    level: Level = "decide" if code in _DECIDE else _LEVELS.get(problem["level"], "note")
    settled = _told(choice) or _by_itself(code, line, before, content)
    return Remark(
        key=problem["key"],
        code=code,
        level=level,
        message=problem["message"],
        line_key=line["key"] if line is not None and not line["is_deleted"] else None,
        line_name=name_of(line) if line is not None else "",
        choices=() if level == "note" else _choices(code, line, content),
        settled=settled,
        is_decided=choice is not None,
    )


def _doubles(content: Content, decided: Mapping[str, Any]) -> list[Remark]:
    return [
        Remark(
            key=f"d:{number}",
            code="number_duplicate",
            level="decide",
            message=f"Номер {number} повторяется: {_begin(lines[0])} и {_begin(lines[1])}. "
            "Исправьте номер, удалите лишний пункт или оставьте как в приказе.",
            line_key=lines[1]["key"],
            line_name=number,
            choices=(("keep", "Оставить оба как в приказе"),),
            settled=_told(decided.get(f"d:{number}")),
            is_decided=f"d:{number}" in decided,
        )
        for number, lines in same_numbers(content).items()
    ]


def _begin(line: Line) -> str:
    return f"«{line['text'][:40].rstrip()}…»" if len(line["text"]) > 41 else f"«{line['text']}»"


def _told(choice: Mapping[str, Any] | None) -> str:
    return f"{choice['words']} — {choice['by']}" if choice else ""


def _choices(code: str, line: Line | None, content: Content) -> tuple[tuple[str, str], ...]:
    if line is None:
        return (("keep", "Понятно"),) if code != "year_missing" else ()
    if code == "number_missing" and line["suggested_number"]:
        return ("number", f"Согласиться: {line['suggested_number']}"), ("keep", "Оставить без номера")
    if code == "text_cut":
        going_on = continuation(content, line)
        like = (("complete", f"Дописать по {going_on[2]}"),) if going_on else ()
        return (*like, KEEP)
    if code == "term_is_permanent":
        return ("permanent", "Считать постоянной"), KEEP
    if code == "period_reversed":
        return ("swap", "Поменять даты местами"), KEEP
    if code == "period_unreadable":
        return (("keep", "Оставить без дат"),)
    return (KEEP,)


def _is_number_told(line: Line, before: Line, content: Content) -> bool:
    return bool(line["number"])


def _is_term_told(line: Line, before: Line, content: Content) -> bool:
    period = line["period"]
    return bool(period["start"] or period["end"] or period["control_on"] or period["recurrence"])


def _is_term_straight(line: Line, before: Line, content: Content) -> bool:
    start, end = line["period"]["start"], line["period"]["end"]
    return not (start and end and end < start)


def _is_reworded(line: Line, before: Line, content: Content) -> bool:
    return any(line[name] != before[name] for name in ("text", "promise"))


def _is_permanent(line: Line, before: Line, content: Content) -> bool:
    return bool(line["period"]["open_ended"])


_REPAIRED: Final[dict[str, tuple[Callable[[Line, Line, Content], bool], str]]] = {
    "number_missing": (_is_number_told, "Номер указан"),
    "period_unreadable": (_is_term_told, "Срок указан"),
    "period_reversed": (_is_term_straight, "Срок исправлен"),
    "text_cut": (_is_reworded, "Текст исправлен"),
    "indicator_mismatch": (_is_reworded, "Текст исправлен"),
    "words_glued": (_is_reworded, "Текст исправлен"),
    "footnote_mark": (_is_reworded, "Текст исправлен"),
    "term_is_permanent": (_is_permanent, "Считается постоянной"),
}


def _by_itself(code: str, line: Line | None, before: Line | None, content: Content) -> str:
    """How a remark was settled by an edit of the line, or an empty string."""
    if code == "year_missing" and line is None:
        return "Год указан" if content["year"] else ""
    if line is None or before is None:
        return ""
    if line["is_deleted"]:
        return "Пункт удалён"
    is_repaired, words = _REPAIRED.get(code, (None, ""))
    return words if is_repaired is not None and is_repaired(line, before, content) else ""
