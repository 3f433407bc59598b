"""What schools of the story received by national projects, counted in spring and again at the second stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.demo.story import d

_THINGS = {
    "lab": ("growth-point", "Цифровая лаборатория по физике и химии", "компл.", 2021),
    "robots": ("growth-point", "Набор для робототехники", "компл.", 2021),
    "printer": ("growth-point", "Принтер для объёмной печати", "шт.", 2022),
    "laptops": ("digital-environment", "Ноутбук для учеников", "шт.", 2021),
    "panel": ("digital-environment", "Интерактивная панель", "шт.", 2022),
    "books": ("other", "Книги для школьной библиотеки", "экз.", 2020),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """One position of a school: counts by days, the first is the baseline."""

    school: int
    project: str
    name: str
    unit: str
    year: int
    counts: tuple[tuple[date, int], ...]


def _thing(school: int, code: str, *counts: tuple[str, int]) -> Thing:
    project, name, unit, year = _THINGS[code]
    return Thing(school, project, name, unit, year, tuple((d(day), amount) for day, amount in counts))


THINGS: tuple[Thing, ...] = (
    _thing(101, "lab", ("14.03.2022", 1), ("02.09.2022", 3)),
    _thing(101, "laptops", ("14.03.2022", 15), ("02.09.2022", 28)),
    _thing(101, "panel", ("14.03.2022", 0), ("05.09.2022", 2)),
    _thing(102, "laptops", ("21.03.2022", 24), ("30.08.2022", 24)),
    _thing(102, "robots", ("21.03.2022", 4), ("30.08.2022", 6)),
    _thing(103, "laptops", ("28.03.2022", 10), ("06.09.2022", 20)),
    _thing(103, "panel", ("28.03.2022", 1), ("06.09.2022", 2)),
    _thing(105, "robots", ("11.04.2022", 3)),
    _thing(105, "printer", ("11.04.2022", 1)),
    _thing(106, "books", ("18.04.2022", 120), ("12.09.2022", 340)),
    _thing(107, "lab", ("25.04.2022", 2), ("01.09.2022", 2)),
    _thing(107, "laptops", ("25.04.2022", 30), ("01.09.2022", 28)),
    _thing(108, "laptops", ("16.05.2022", 12), ("08.09.2022", 25)),
    _thing(110, "panel", ("19.05.2022", 1)),
    _thing(110, "books", ("19.05.2022", 80), ("12.09.2022", 80)),
)
