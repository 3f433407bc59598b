"""Where an answer stands on a day, told by the days of the one who owes it: no rows, no clock."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, Protocol

Code = Literal["not_opened", "draft", "submitted", "returned", "accepted", "nothing", "missing", "excused"]

# code → words on the screen, class and icon of the design; in the order of the chips.
WORDS: Final[dict[Code, tuple[str, str]]] = {
    "submitted": ("Сдано, ждёт приёма", "sent"),
    "accepted": ("Принято", "done"),
    "nothing": ("Сообщать нечего", "done"),
    "returned": ("Вернулось с вопросом", "back"),
    "draft": ("Заполняется", "half"),
    "not_opened": ("Ещё не открыто", "ahead"),
    "missing": ("Срок прошёл", "late"),
    "excused": ("Больше не ожидается", "none"),
}
# What is handed in and waits for nothing more from the one who answers.
HANDED_IN: Final[frozenset[Code]] = frozenset({"submitted", "accepted", "nothing"})
# What the one who answers has still to do.
OWED: Final[frozenset[Code]] = frozenset({"not_opened", "draft", "returned", "missing"})


class Asked(Protocol):
    """A collection as far as a state depends on it."""

    @property
    def due_on(self) -> date: ...
    @property
    def is_accepted_by_hand(self) -> bool: ...


class Owing(Protocol):
    """One who owes an answer, by days; `opora.questionnaires.models.Respondent` is one."""

    @property
    def extended_to(self) -> date | None: ...
    @property
    def extended_on(self) -> date | None: ...
    @property
    def opened_on(self) -> date | None: ...
    @property
    def submitted_on(self) -> date | None: ...
    @property
    def returned_on(self) -> date | None: ...
    @property
    def accepted_on(self) -> date | None: ...
    @property
    def excused_on(self) -> date | None: ...
    @property
    def is_nothing(self) -> bool: ...
    @property
    def collection(self) -> Asked: ...


def state_on(respondent: Owing, as_of: date) -> Code:
    """The state on a day; what came later is not known yet.

    Of an answer handed in again only the last day is kept: between the first time and the return it reads as a draft.
    A return and a second handing in on one day read as handed in: the deed of handing in takes the return away.
    """
    asked = respondent.collection
    if _has_come(respondent.excused_on, as_of):
        return "excused"
    if _has_come(respondent.accepted_on, as_of):
        return "nothing" if respondent.is_nothing else "accepted"
    handed, back = (
        day if _has_come(day, as_of) else None for day in (respondent.submitted_on, respondent.returned_on)
    )
    if back is not None and (handed is None or back >= handed):
        return "returned"
    if handed is not None:
        if asked.is_accepted_by_hand:
            return "submitted"
        return "nothing" if respondent.is_nothing else "accepted"
    if as_of > due_on(respondent, as_of):
        return "missing"
    return "draft" if _has_come(respondent.opened_on, as_of) else "not_opened"


def due_on(respondent: Owing, as_of: date) -> date:
    """Until when the answer is waited for, as it stood on a day: the term, or the day it was put off to."""
    later = respondent.extended_to
    if later is not None and _has_come(respondent.extended_on, as_of):
        return later
    return respondent.collection.due_on


def is_late(respondent: Owing, as_of: date) -> bool:
    """Whether the answer is owed and its day has passed, one that came back with a question among them."""
    return as_of > due_on(respondent, as_of) and state_on(respondent, as_of) in OWED


def _has_come(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
