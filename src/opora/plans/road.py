"""What the roadmap page draws from states: the bars of terms and the arches of months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opora.plans.timeline import Month, Timeline
from opora.programmes.models import Stage

MONTHS = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]


@dataclass(frozen=True, slots=True)
class Due:
    """One line as the road sees it: when its term ends, whether it is finished, whether it is late."""

    ends_on: date | None
    is_finished: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Arch:
    """A month of the road: how many lines end in it and how many of them are finished."""

    month: Month
    total: int
    finished: int
    late: int
    is_current: bool
    is_ahead: bool

    @property
    def figure(self) -> str:
        if not self.total:
            return "—"
        return str(self.total) if self.is_ahead else f"{self.finished}/{self.total}"

    @property
    def key(self) -> str:
        return f"{self.month.year}-{self.month.number:02}"

    @property
    def words(self) -> str:
        name = f"{MONTHS[self.month.number - 1]} {self.month.year}"
        if not self.total:
            return f", {name}: сроков нет"
        if self.is_ahead:
            return f", {name}: впереди {self.total}"
        late = f", срок прошёл у {self.late}" if self.late else ""
        return f", {name}: выполнено {self.finished} из {self.total}{late}"


@dataclass(frozen=True, slots=True)
class Brace:
    """A stage of the programme over the road."""

    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Road:
    """The year as a viaduct: arches, stages, how far it is laid."""

    timeline: Timeline
    arches: tuple[Arch, ...]
    braces: tuple[Brace, ...]
    today: str
    is_near_end: bool
    as_of: date
    is_today: bool

    @property
    def has_today(self) -> bool:
        return self.timeline.covers(self.as_of)


def road_of(
    timeline: Timeline, lines: Sequence[Due], stages: Sequence[Stage], *, as_of: date, is_today: bool
) -> Road:
    """The road of a roadmap on a day."""
    return Road(
        timeline=timeline,
        arches=tuple(_arch(month, lines, as_of) for month in timeline.months),
        braces=tuple(
            Brace(stage.name, timeline.place(stage.starts_on), timeline.place(stage.ends_on))
            for stage in stages
            if timeline.covers(stage.starts_on) and timeline.covers(stage.ends_on)
        ),
        today=timeline.place(as_of),
        is_near_end=timeline.share(as_of) > 86,
        as_of=as_of,
        is_today=is_today,
    )


def _arch(month: Month, lines: Sequence[Due], as_of: date) -> Arch:
    ending = [line for line in lines if line.ends_on and month.first <= line.ends_on <= month.last]
    return Arch(
        month=month,
        total=len(ending),
        finished=sum(line.is_finished for line in ending),
        late=sum(line.is_late for line in ending),
        is_current=month.first <= as_of <= month.last,
        is_ahead=month.first > as_of,
    )
