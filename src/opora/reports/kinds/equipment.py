"""The note on the equipment of schools by national projects (order lines 2.10, 2.11): received, at first, now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from opora.core.russian import NBSP, counted, day_words
from opora.plans.models import Roadmap
from opora.programmes.models import Programme, Stage
from opora.reports.asked import Asked
from opora.reports.heads import head_asked
from opora.reports.note import (
    Appendix,
    Block,
    Cell,
    Column,
    Heading,
    Link,
    Missing,
    Note,
    Paragraph,
    Step,
    Table,
    conclusions,
    shown,
)
from opora.schools.equipment import Position, positions_of
from opora.schools.models import Participation, School
from opora.schools.risks import parts_in

TITLE = "Информационная справка об оснащении школ по национальным проектам"
PROJECTS = (
    Column("Национальный проект", 5),
    Column("Единица", 2),
    Column("Школ", 2, is_figure=True),
    Column("Позиций", 2, is_figure=True),
    Column("Было", 2, is_figure=True),
    Column("Стало", 2, is_figure=True),
    Column("Разница", 2, is_figure=True),
)
POSITIONS = (
    Column("Школа", 6),
    Column("Что получено", 9),
    Column("Год", 3),
    Column("Единица", 4),
    Column("С какого дня", 5),
    Column("Было", 3, is_figure=True),
    Column("Стало", 3, is_figure=True),
    Column("Разница", 4, is_figure=True),
)


@dataclass(frozen=True, slots=True)
class Term:
    """On which day equipment is looked at and since which it is compared; None: since its first count."""

    on: date
    since: date | None
    words: str = ""
    since_words: str = "первого подсчёта"


@dataclass(frozen=True, slots=True)
class Held:
    """One position of a school between the two days of a term."""

    part: Participation
    position: Position
    since: date | None
    before: int
    now: int

    @property
    def step(self) -> int:
        return self.now - self.before


def topics(roadmap: Roadmap, as_of: date) -> list[tuple[str, str]]:
    """The whole year, each stage that has begun. One query."""
    return year_and_stages(roadmap.programme, as_of)


def term_of(programme: Programme, about: str, as_of: date) -> Term:
    """The days that a stage compares («stage:2»), or the first count and the day asked for. One query at most."""
    _, _, key = about.partition(":")
    if not key:
        return Term(as_of, None)
    stages = {str(stage.number): stage for stage in _stages(programme, as_of)}
    stage = stages.pop(key, None)
    if stage is None:
        return Term(as_of, None)
    on = min(stage.ends_on, as_of)
    words = f"{stage.name}, на {day_words(on)}"
    earlier = [one for one in stages.values() if one.ends_on < stage.starts_on]
    if not earlier:
        return Term(on, None, words)
    last = max(earlier, key=lambda one: one.ends_on)
    return Term(on, last.ends_on, words, f"конца предыдущего этапа ({last.name}, {day_words(last.ends_on)})")


def build(asked: Asked) -> Note:
    """The note of a municipality as of a day or the end of a stage.

    Four queries, five for a stage, whatever the number of schools.
    """
    term = term_of(asked.programme, asked.about, asked.as_of)
    schools = School.objects.filter(municipality=asked.plan.municipality_id)
    parts = list(parts_in(asked.programme, term.on, schools))
    held = held_by(parts, term)
    projects = list(asked.programme.national_projects.values_list("pk", "name"))
    return Note(
        head=head_asked(asked, TITLE),
        about=term.words,
        blocks=(*_blocks(parts, held, projects, term), *conclusions(asked.words)),
    )


def held_by(parts: Sequence[Participation], term: Term) -> list[Held]:
    """The positions of schools in the order of the schools. Two queries."""
    found = positions_of([part.pk for part in parts], term.on)
    return [_held(part, position, term) for part in parts for position in found.get(part.pk, ())]


def _held(part: Participation, position: Position, term: Term) -> Held:
    # A position first counted after the end of the earlier stage is compared with its first count.
    before = position.on(term.since) if term.since else None
    since = position.counted_by(term.since) if term.since and before is not None else position.baseline_on
    if before is None:
        before = position.baseline
    return Held(part, position, since, before or 0, position.on(term.on) or 0)


def sums_by_unit(held: Iterable[Held]) -> Iterator[tuple[str, str, int, int, int, int]]:
    """(project, unit, schools, positions, before, now) by project, as they are met: units are never added together."""
    groups: dict[str, dict[str, list[Held]]] = {}
    for one in held:
        groups.setdefault(one.position.project, {}).setdefault(one.position.unit, []).append(one)
    for project, units in groups.items():
        for unit, rows in units.items():
            schools = len({one.part.school_id for one in rows})
            before, now = sum(one.before for one in rows), sum(one.now for one in rows)
            yield project, unit, schools, len(rows), before, now


def year_and_stages(programme: Programme, as_of: date) -> list[tuple[str, str]]:
    """What a note on equipment may be narrowed to. One query."""
    stages = [(f"stage:{stage.number}", stage.name) for stage in _stages(programme, as_of)]
    return [("", "Весь год: с первого подсчёта"), *stages]


def _stages(programme: Programme, as_of: date) -> list[Stage]:
    return list(Stage.objects.filter(programme=programme, starts_on__lte=as_of).order_by("number"))


def _blocks(
    parts: Sequence[Participation], held: Sequence[Held], projects: Sequence[tuple[int, str]], term: Term
) -> Iterator[Block]:
    known = {one.part.pk for one in held}
    bare = [part.school.short_name for part in parts if part.pk not in known]
    yield Paragraph(_summary(parts, held, known, term))
    if not held:
        yield Missing("Нет данных: оснащение не внесла ни одна школа. Вносят его на странице «Оснащение».")
        return
    if bare:
        yield Missing(f"Нет данных: {', '.join(bare)}.")
    met = {one.position.project_id for one in held}
    empty = [name for pk, name in projects if pk not in met]
    if empty:
        yield Missing(f"Нет данных по проектам: {', '.join(empty)}.")
    yield Heading("1. Национальные проекты")
    order = {name: place for place, (_, name) in enumerate(projects)}
    sums = sorted(sums_by_unit(held), key=lambda one: order.get(one[0], len(order)))
    rows = tuple((*row, Step(row[-1] - row[-2])) for row in sums)
    yield Table("Национальные проекты", PROJECTS, rows, shows_title=False)
    yield Heading("2. Школы")
    yield schools_table(parts, held, [one for one in projects if one[0] in met])
    yield Heading(f"3. Что изменилось с {term.since_words}")
    moved = [one for one in held if one.step]
    if not moved:
        yield Paragraph("Изменений нет.")
    yield from _by_project(moved, projects, "Изменения")
    yield Appendix("Приложение. Позиции школ")
    yield from _by_project(held, projects, "Позиции")


def _summary(parts: Sequence[Participation], held: Sequence[Held], known: set[int], term: Term) -> str:
    if not parts:
        return f"На {day_words(term.on)} школ в программе нет."
    positions = counted(len(held), "позиция", "позиции", "позиций")
    gained, lost = sum(one.step > 0 for one in held), sum(one.step < 0 for one in held)
    words = (
        f"Сведения есть по {len(known)} из {counted(len(parts), 'школы', 'школ', 'школ')}: {positions}. "
        f"С {term.since_words} стало больше по {gained}, меньше по {lost}."
    )
    if term.since is not None:
        words += (
            " Если подсчёта к тому дню нет, сравниваем с первым подсчётом: его день в столбце «С какого дня»."
        )
    return words


def schools_table(
    parts: Sequence[Participation], held: Sequence[Held], projects: Sequence[tuple[int, str]]
) -> Table:
    """Schools × national projects: how much there is by units, and the difference in brackets."""
    found: dict[tuple[int, int], list[Held]] = {}
    for one in held:
        found.setdefault((one.part.pk, one.position.project_id), []).append(one)
    columns = (Column("Школа", 4), *(Column(name, 4) for _, name in projects))
    rows: list[tuple[Cell, ...]] = []
    for part in parts:
        told = [_told(found.get((part.pk, pk), ())) for pk, _ in projects]
        rows.append((Link(part.school.short_name, f"/equipment/{part.pk}/"), *told))
    return Table("Школы", columns, tuple(rows), shows_title=False)


def _told(held: Sequence[Held]) -> str:
    words = []
    for _, unit, _, _, before, now in sums_by_unit(held):
        step = f" ({shown(Step(now - before))})" if now != before else ""
        words.append(f"{now}{NBSP}{unit}{step}")
    return "; ".join(words) or "нет данных"


def _by_project(held: Sequence[Held], projects: Sequence[tuple[int, str]], sheet: str) -> Iterator[Block]:
    for pk, name in projects:
        rows = tuple(_row(one) for one in held if one.position.project_id == pk)
        if rows:
            yield Heading(name, 3)
            yield Table(name, POSITIONS, rows, shows_title=False, sheet=sheet)


def _row(one: Held) -> tuple[Cell, ...]:
    position = one.position
    return (
        one.part.school.short_name,
        position.name,
        # A year is no figure to be summed up.
        str(position.year),
        position.unit,
        one.since,
        one.before,
        one.now,
        Step(one.step),
    )
