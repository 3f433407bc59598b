"""Choosing lines of a roadmap on its page: words, section, state, month, who is responsible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opora.core.russian import fold
from opora.indicators.state import UNDER_WAY, LineState

# The chips of the page: code, what it gathers, the class of the design, the word.
CHIPS: tuple[tuple[str, tuple[str, ...], str, str], ...] = (
    ("late", ("late",), "late", "Срок прошёл"),
    ("at_risk", ("at_risk",), "wait", "Под угрозой"),
    ("running", ("running",), "half", "В работе"),
    ("ahead", ("ahead",), "ahead", "Впереди"),
    ("done", ("done", "done_late"), "done", "Выполнено"),
    ("permanent", ("alive", "silent"), "loop", "Постоянно"),
)
GATHERS = {code: gathered for code, gathered, _, _ in CHIPS}
# What a report calls «в работе»; no chip of its own.
GATHERS["under_way"] = UNDER_WAY


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What the person asked to see; a value that makes no sense is the same as none."""

    words: str = ""
    section: int | None = None
    chip: str = ""
    month: date | None = None
    person: int | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> LineFilter:
        return cls(
            words=asked.get("q", "").strip()[:200],
            section=_number(asked.get("section", "")),
            chip=asked.get("state", "") if asked.get("state", "") in GATHERS else "",
            month=_month(asked.get("month", "")),
            person=_number(asked.get("who", "")),
        )

    @property
    def is_empty(self) -> bool:
        return self == LineFilter()

    def passes(self, state: LineState) -> bool:
        return (
            (not self.words or self._has_words(state))
            and (self.section is None or state.activity.section.number == self.section)
            and (not self.chip or state.status.code in GATHERS[self.chip])
            and (self.month is None or self._ends_in_month(state))
            and (self.person is None or any(person.pk == self.person for person in state.responsible))
        )

    def _has_words(self, state: LineState) -> bool:
        activity = state.activity
        place = fold(f"{activity.number} {activity.text} {activity.promise}")
        return all(word in place for word in fold(self.words).split())

    def _ends_in_month(self, state: LineState) -> bool:
        end = state.activity.ends_on
        return (
            end is not None
            and self.month is not None
            and (end.year, end.month) == (self.month.year, self.month.month)
        )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
