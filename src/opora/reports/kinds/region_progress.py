"""The report of a region over the roadmaps of its municipalities (order lines 1.4–1.6, 4.3, 4.4), nothing counted twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from opora.core.russian import counted, day_words
from opora.indicators.queries import standings
from opora.plans.models import Roadmap
from opora.reports.asked import Asked
from opora.reports.distinct import (
    Keys,
    RegionLine,
    TownLine,
    counted_once,
    papers_counted,
    region_lines,
    schools_counted,
    visits_counted,
)
from opora.reports.gains import finished_before
from opora.reports.heads import head_asked
from opora.reports.models import Issue
from opora.reports.note import (
    Block,
    Cell,
    Column,
    Heading,
    Link,
    Missing,
    Note,
    Paragraph,
    Table,
    conclusions,
)
from opora.schools.models import Municipality

TITLES = {
    Issue.Stretch.INTERIM: "Промежуточный отчёт о реализации дорожных карт муниципалитетов региона",
    Issue.Stretch.CUMULATIVE: "Отчёт о реализации дорожных карт муниципалитетов региона (с нарастающим итогом)",
    Issue.Stretch.STRETCH: "Отчёт о реализации дорожных карт муниципалитетов региона за период",
}
TOWNS = (
    Column("Муниципалитет", 4),
    *(
        Column(title, 2, is_figure=True)
        for title in (
            "Школ", "Пунк\u00adтов", "Выпол\u00adнено", "В работе", "Срок про\u00adшёл", "Впе\u00adреди",
            "Приба\u00adвилось", "Доку\u00adментов", "Посе\u00adщений",
        )
    ),
)  # fmt: skip
LINES = (
    Column("Пункт", 8),
    Column("Муници\u00adпалитетов", 3, is_figure=True),
    Column("Выпол\u00adнили", 2, is_figure=True),
    Column("Срок прошёл", 2, is_figure=True),
    Column("Собрано", 3),
)
LATE = (Column("Пункт", 5), Column("Муниципалитет", 3), Column("Собрано", 2), Column("Кого не хватает", 4))
_MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything counted, by municipality."""

    towns: list[Municipality]
    maps: dict[int, Roadmap]
    lines: list[RegionLine]
    schools: Keys
    papers: Keys
    visits: Keys


def build(asked: Asked) -> Note:
    """Counted on `as_of`; papers and visits are those since the programme began, or within the stretch asked for.

    A fixed number of queries for any number of municipalities.
    """
    found = _found(asked)
    return Note(
        head=head_asked(asked, TITLES[Issue.Stretch(asked.stretch)]),
        about="",
        blocks=(*_blocks(found, asked), *conclusions(asked.words)),
    )


def public(note: Note) -> Note:
    """The note as anybody may see it: without whom late lines wait for, because people may be named there (152-ФЗ)."""
    return replace(note, blocks=tuple(_unnamed(block) for block in note.blocks))


def _unnamed(block: Block) -> Block:
    if not isinstance(block, Table) or block.columns != LATE:
        return block
    return replace(block, columns=LATE[:-1], rows=tuple(row[: len(LATE) - 1] for row in block.rows))


def counts_since(asked: Asked) -> date:
    """The first day of what is counted by days: of the programme when cumulative, else of the stretch."""
    return asked.programme.starts_on if asked.stretch == Issue.Stretch.CUMULATIVE else asked.since


def _found(asked: Asked) -> _Found:
    region, as_of, programme = asked.region, asked.as_of, asked.programme
    assert region is not None
    roadmaps = list(
        Roadmap.objects.filter(municipality__region=region, programme=programme)
        .select_related("programme", "municipality")
        .order_by("municipality__name", "year", "pk")
    )
    states = standings(roadmaps, as_of)
    earlier = finished_before(roadmaps, asked.since, states)
    schools = schools_counted(region, programme, as_of)
    maps = {roadmap.municipality_id: roadmap for roadmap in roadmaps}
    towns = [town for town in region.municipalities.order_by("name") if town.pk in maps or town.pk in schools]
    since = counts_since(asked)
    return _Found(
        towns=towns,
        maps=maps,
        lines=region_lines(states, earlier, roadmaps),
        schools=schools,
        papers=papers_counted(roadmaps, programme, since, as_of),
        visits=visits_counted(programme, [town.pk for town in towns], since, as_of),
    )


def _blocks(found: _Found, asked: Asked) -> Iterator[Block]:
    total = _figures([one for line in found.lines for one in line.towns.values()])
    yield Paragraph(_summary(found, total, asked))
    yield Heading("1. Муниципалитеты")
    yield _towns(found, total)
    shared = sum(map(len, found.papers.values())) - counted_once(found.papers)
    if shared:
        words = counted(shared, "повтор", "повтора", "повторов")
        yield Paragraph(
            f"Строка «Итого» не сумма столбца: один документ у нескольких муниципалитетов посчитан один раз ({words})."
        )
    bare = [town.name for town in found.towns if town.pk not in found.maps]
    if bare:
        yield Missing(f"Нет данных: дорожной карты нет у {', '.join(bare)}.")
    yield Heading("2. Пункты дорожных карт")
    yield Table("Пункты", LINES, tuple(_line(line) for line in found.lines), shows_title=False)
    yield Heading("3. Пункты, по которым срок прошёл")
    late = tuple(_late(found))
    yield Table("Срок прошёл", LATE, late, shows_title=False) if late else Paragraph("Таких пунктов нет.")


def _figures(lines: Sequence[TownLine]) -> tuple[int, int, int, int, int, int]:
    """All, finished, under way, late, ahead, gained."""
    return (
        len(lines),
        sum(one.is_finished for one in lines),
        sum(one.is_under_way for one in lines),
        sum(one.is_late for one in lines),
        sum(one.status.code == "ahead" for one in lines),
        sum(one.is_gained for one in lines),
    )


def _summary(found: _Found, total: tuple[int, ...], asked: Asked) -> str:
    lines, finished, under_way, late, ahead, gained = total
    towns = counted(len(found.towns), "муниципалитет", "муниципалитета", "муниципалитетов")
    schools = counted(counted_once(found.schools), "школа", "школы", "школ")
    papers = counted(counted_once(found.papers), "документ", "документа", "документов")
    visits = counted(counted_once(found.visits), "посещение", "посещения", "посещений")
    return (
        f"В программе {towns}, {schools}; дорожные карты есть у {len(found.maps)}. "
        f"Из {lines} пунктов карт выполнено {finished}, в работе {under_way}, срок прошёл по {late}, "
        f"впереди {ahead}; с {day_words(asked.since)} прибавилось {gained}. "
        f"С {day_words(counts_since(asked))}: {papers}, {visits}."
    )


def _towns(found: _Found, total: tuple[int, ...]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for town in found.towns:
        plan = found.maps.get(town.pk)
        name: Cell = Link(town.name, f"/roadmaps/{plan.pk}/") if plan else town.name
        lines = [line.towns[town.pk] for line in found.lines if town.pk in line.towns]
        sums = (len(keys.get(town.pk, ())) for keys in (found.schools, found.papers, found.visits))
        schools, papers, visits = sums
        rows.append((name, schools, *_figures(lines), papers, visits))
    schools, papers, visits = map(counted_once, (found.schools, found.papers, found.visits))
    rows.append(("Итого", schools, *total, papers, visits))
    return Table("Муниципалитеты", TOWNS, tuple(rows), has_total=True, shows_title=False)


def _line(line: RegionLine) -> tuple[Cell, ...]:
    towns = line.towns.values()
    return (
        _named(line),
        len(towns),
        sum(one.is_finished for one in towns),
        sum(one.is_late for one in towns),
        f"{line.found} из {line.expected} {line.unit}" if line.expected > 1 else _whole(line),
    )


def _whole(line: RegionLine) -> str:
    return "есть" if line.found else "нет"


def _late(found: _Found) -> Iterator[tuple[Cell, ...]]:
    names = {town.pk: town.name for town in found.towns}
    for line in found.lines:
        for pk, one in line.towns.items():
            if one.is_late:
                shown, rest = one.missing[:_MOST_NAMES], len(one.missing) - _MOST_NAMES
                missing = ", ".join(shown) + (f" и ещё {rest}" if rest > 0 else "")
                yield (_named(line), names[pk], f"{len(one.found)} из {len(one.expected)}", missing)


def _named(line: RegionLine) -> str:
    return f"{line.number}. {line.text}" if line.number else line.text
