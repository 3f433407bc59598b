"""What the page of one line draws and says of those expected: the bridge of schools, and who is lacking."""

from __future__ import annotations

from dataclasses import dataclass

from opora.core.russian import counted
from opora.indicators.state import LineState
from opora.indicators.tally import Subject

MOST_SPANS = 15
MOST_ROWS = 12
# What these promise is a paper or an order itself: nobody's word stands for it.
WITHOUT_WORDS = ("documents_ready", "documents_published", "people_appointed")
WHO = {
    "schools": ("школы", "школ", "школ"),
    "curators": ("куратора", "кураторов", "кураторов"),
    "municipalities": ("муниципалитета", "муниципалитетов", "муниципалитетов"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """One of those expected in the bridge: laid stone, reported, or a gap."""

    key: str
    short: str
    shape: str
    icon: str
    look: str
    words: str


@dataclass(frozen=True, slots=True)
class Bridge:
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LackingRow:
    key: str
    name: str
    is_reported: bool
    reported_on: object
    proof: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """Who is not there yet, in words and rows; `more` is how many rows are not shown."""

    title: str
    rows: tuple[LackingRow, ...]
    more: int
    is_people: bool
    takes_words: bool
    is_by_schools: bool


def bridge_of(state: LineState) -> Bridge | None:
    """The bridge of a line whose promises are all to 3…15 schools; else None, and the tally says it."""
    told = state.whole
    if told is None or state.tallies[0].indicator.scope != "schools":
        return None
    spans = [
        *(_span(one, "y", "done", "done", "подтверждено") for one in told.confirmed),
        *(_span(one, "r", "sent", "wait", "заявлено, ждёт подтверждения") for one in told.reported),
        *(_span(one, "n", "none", "late", "пока нет") for one in told.missing),
    ]
    if not 3 <= len(spans) <= MOST_SPANS:
        return None
    return Bridge("Школы пункта", tuple(sorted(spans, key=lambda span: (len(span.short), span.short))))


def lacking_of(state: LineState) -> Lacking:
    """«Не хватает двух школ» with their names; for a promise of one thing, what will count."""
    waited = [(one, True) for one in state.waiting]
    waited += [(one, False) for one in state.missing]
    rows = tuple(
        LackingRow(one.key, one.name, told, one.reported_on, one.proof) for one, told in waited[:MOST_ROWS]
    )
    return Lacking(
        title=_title(state, len(waited)),
        rows=rows,
        more=max(len(waited) - MOST_ROWS, 0),
        is_people=any(tally.kind.code == "people_appointed" for tally in state.tallies),
        takes_words=any(tally.kind.code not in WITHOUT_WORDS for tally in state.tallies),
        is_by_schools=any(tally.indicator.scope == "schools" for tally in state.tallies),
    )


def _title(state: LineState, count: int) -> str:
    scopes = {tally.indicator.scope for tally in state.tallies}
    who = WHO.get(scopes.pop()) if len(scopes) == 1 else None
    if who is not None and count:
        return f"Не хватает {counted(count, *who)}"
    if state.reported:
        return "Заявлено, осталось подтвердить"
    return "Подтверждения пока нет"


def _span(subject: Subject, shape: str, icon: str, look: str, words: str) -> Span:
    digits = "".join(part for part in subject.name if part.isdecimal())
    return Span(subject.key, digits[-4:] or subject.name[:6], shape, icon, look, words)
