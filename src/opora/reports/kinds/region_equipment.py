"""The note on equipment over the municipalities of a region (order lines 2.10, 2.11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from opora.core.russian import counted
from opora.programmes.models import Programme
from opora.reports.asked import Asked
from opora.reports.heads import head_asked
from opora.reports.kinds.equipment import (
    PROJECTS,
    TITLE,
    Held,
    Term,
    held_by,
    sums_by_unit,
    term_of,
    year_and_stages,
)
from opora.reports.note import (
    Block,
    Cell,
    Column,
    Heading,
    Missing,
    Note,
    Paragraph,
    Step,
    Table,
    conclusions,
)
from opora.schools.models import Participation, Region, School
from opora.schools.risks import parts_in

TOWNS = (
    Column("Муниципалитет", 5),
    Column("Школ", 2, is_figure=True),
    Column("Внесли", 2, is_figure=True),
    Column("Позиций", 2, is_figure=True),
    Column("Стало больше", 3, is_figure=True),
    Column("Стало меньше", 3, is_figure=True),
)
BY_TOWN = (Column("Муниципалитет", 4), *PROJECTS)


def topics(region: Region, programme: Programme, as_of: date) -> list[tuple[str, str]]:
    """The whole year, each stage that has begun. One query."""
    return year_and_stages(programme, as_of)


def build(asked: Asked) -> Note:
    """The note of a region: municipalities side by side, each school once. Three queries, four for a stage."""
    term = term_of(asked.programme, asked.about, asked.as_of)
    parts = list(parts_in(asked.programme, term.on, School.objects.filter(municipality__region=asked.region)))
    held = held_by(parts, term)
    return Note(
        head=head_asked(asked, TITLE),
        about=term.words,
        blocks=(*_blocks(parts, held, term), *conclusions(asked.words)),
    )


def _blocks(parts: Sequence[Participation], held: Sequence[Held], term: Term) -> Iterator[Block]:
    by_town: dict[str, list[Participation]] = {}
    for part in parts:
        by_town.setdefault(part.school.municipality.name, []).append(part)
    rows_of: dict[str, list[Held]] = {name: [] for name in by_town}
    for one in held:
        rows_of[one.part.school.municipality.name].append(one)
    known = len({one.part.pk for one in held})
    schools = counted(len(parts), "школы", "школ", "школ")
    towns = counted(len(by_town), "муниципалитете", "муниципалитетах", "муниципалитетах")
    yield Paragraph(f"Сведения есть по {known} из {schools} в {towns}. Сравнение: с {term.since_words}.")
    bare = [name for name, rows in rows_of.items() if not rows]
    if bare:
        yield Missing(f"Нет данных: {', '.join(bare)}.")
    if not held:
        return
    yield Heading("1. Муниципалитеты")
    told = [(name, *_figures(by_town[name], rows)) for name, rows in rows_of.items()]
    total = ("Итого", *_figures(parts, held))
    yield Table("Муниципалитеты", TOWNS, (*told, total), has_total=True, shows_title=False)
    yield Heading("2. Национальные проекты")
    sums = tuple((*row, Step(row[-1] - row[-2])) for row in sums_by_unit(held))
    yield Table("Национальные проекты", PROJECTS, sums, shows_title=False)
    yield Heading("3. Проекты по муниципалитетам")
    split: list[tuple[Cell, ...]] = [
        (name, *row, Step(row[-1] - row[-2])) for name, rows in rows_of.items() for row in sums_by_unit(rows)
    ]
    yield Table("Проекты по муниципалитетам", BY_TOWN, tuple(split), shows_title=False)


def _figures(parts: Sequence[Participation], held: Sequence[Held]) -> tuple[int, int, int, int, int]:
    """Schools, those that have entered anything, positions, positions that grew and that shrank."""
    known = len({one.part.pk for one in held})
    return (
        len(parts), known, len(held), sum(one.step > 0 for one in held), sum(one.step < 0 for one in held)
    )  # fmt: skip
