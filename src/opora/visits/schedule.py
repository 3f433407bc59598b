"""The schedule of visits as a paper (order lines 1.7, 1.8): frozen values that every file is written from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from opora.core.russian import NBSP, counted, day_short, day_words, initials
from opora.programmes.models import Stage
from opora.schools.models import Municipality
from opora.visits.models import Visit

TITLES: Final = ("№", "Школа", "Куратор", "День", "Время", "Как", "Подтверждено школой")


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of the paper."""

    number: int
    school: str
    curator: str
    post: str
    day: date
    time: str
    how: str
    agreed: date | None

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        curator = f"{self.curator}, {self.post}" if self.post else self.curator
        agreed = day_short(self.agreed) if self.agreed else "нет"
        return (str(self.number), self.school, curator, day_short(self.day), self.time, self.how, agreed)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything the paper prints (ГОСТ Р 7.0.97-2025): letterhead, approval, table, signature."""

    centre_name: str
    centre_address: str
    place: str
    head_post: str
    head_name: str
    title: str
    subtitle: str
    summary: str
    signer_post: str
    signer_name: str
    as_of: date
    lines: tuple[Line, ...]

    @property
    def requisites(self) -> str:
        words = f"{day_short(self.as_of)} №{NBSP}______"
        return f"{words}, {self.place}" if self.place else words


def build(
    municipality: Municipality,
    stage: Stage,
    visits: Sequence[Visit],
    *,
    about: str = "",
    signer_post: str = "",
    signer_name: str = "",
    as_of: date,
) -> Schedule:
    """The schedule of these visits as it stood on a day; `about` narrows the title: «куратор Иванова А. П.»."""
    lines = tuple(_line(number, visit, as_of) for number, visit in enumerate(visits, start=1))
    agreed = sum(line.agreed is not None for line in lines)
    schools = len({visit.school_id for visit in visits})
    return Schedule(
        centre_name=municipality.centre_name,
        centre_address=municipality.centre_address,
        place=municipality.place,
        head_post=municipality.head_post,
        head_name=initials(municipality.head_name, is_surname_first=False),
        title=f"График посещений школ кураторами, {stage.name.lower()}",
        subtitle=f"{stage.programme.name}, {stage.programme.year} год. {stage.name}: с {day_words(stage.starts_on)} "
        f"по {day_words(stage.ends_on)}" + (f". {about}" if about else ""),
        summary=f"По состоянию на {day_words(as_of)}: "
        f"{counted(len(lines), 'посещение', 'посещения', 'посещений')}, "
        f"{counted(schools, 'школа', 'школы', 'школ')}; школы подтвердили {agreed}.",
        signer_post=signer_post,
        signer_name=signer_name,
        as_of=as_of,
        lines=lines,
    )


def file_name(schedule: Schedule, ending: str) -> str:
    """«График посещений школ кураторами, 1 этап, 15.09.2022.docx»."""
    return f"{schedule.title}, {day_short(schedule.as_of)}.{ending}"


def _line(number: int, visit: Visit, as_of: date) -> Line:
    is_agreed = visit.agreed_on is not None and visit.agreed_on <= as_of
    return Line(
        number=number,
        school=visit.school.short_name or visit.school.name,
        curator=visit.curator.short_name,
        post=visit.curator.post,
        day=visit.planned_on,
        time=f"{visit.starts_at:%H:%M}" if visit.starts_at else "",
        how=Visit.Form(visit.form).label.lower(),
        agreed=visit.agreed_on if is_agreed else None,
    )
