"""The register of unified forms in the story: what there is for which factors, who took and returned which version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.demo.story import d

LINE = "3.4"
ISSUED_ON, RENEWED_ON = d("16.03.2022"), d("22.08.2022")


@dataclass(frozen=True, slots=True)
class Blank:
    """One form of the register; `rows` stand in its file, `added` came with the second version."""

    number: str
    title: str
    factors: tuple[int, ...]
    rows: tuple[str, ...]
    added: tuple[str, ...] = ()
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A school took a version of a form and, when `returned` is told, returned it filled."""

    form: str
    version: int
    school: int
    factor: int
    taken: date
    returned: date | None = None
    approved: date | None = None


BLANKS: tuple[Blank, ...] = (
    Blank(
        "Ф-1", "Карта оснащения кабинетов", (1,),
        ("Кабинет", "Что положено по перечню", "Что есть и работает", "Чего не хватает", "К какому сроку будет"),
    ),
    Blank(
        "Ф-2", "Карта профессиональных затруднений учителей", (2, 3, 5),
        ("Предмет", "Сколько учителей", "Что вызывает затруднения", "Чем помогает школа", "Чем может помочь куратор"),
    ),
    Blank(
        "Ф-3", "Сводка по ученикам, которым трудно учиться", (6, 8, 11),
        ("Класс", "Сколько учеников", "В чём трудность", "Что делаем", "Что изменилось за месяц"),
        ("Сколько учеников справились и больше не нуждаются в помощи",),
        "Добавлена строка о тех, кто справился: без неё не видно итога.",
    ),
    Blank(
        "Ф-4", "Итоги встреч с родителями", (9, 10, 12),
        ("Дата и тема", "Сколько родителей было", "О чём договорились", "Кто и когда сделает"),
    ),
    Blank(
        "Ф-5", "Журнал занятий группы поддержки", (4, 7),
        ("Дата", "Группа", "Тема", "Сколько учеников было", "Что получилось, что повторить"),
    ),
)  # fmt: skip


def _taken(form: str, version: int, school: int, factor: int, *days: str) -> Taken:
    return Taken(form, version, school, factor, *(d(day) for day in days))


# School 106 goes on with the first version of Ф-3, though the second is in force.
SPRING: tuple[Taken, ...] = (
    _taken("Ф-1", 1, 101, 1, "21.03.2022", "16.05.2022", "20.05.2022"),
    _taken("Ф-1", 1, 104, 1, "22.03.2022", "18.05.2022", "20.05.2022"),
    _taken("Ф-2", 1, 103, 2, "23.03.2022", "16.05.2022", "20.05.2022"),
    _taken("Ф-2", 1, 107, 3, "04.04.2022"),
    _taken("Ф-3", 1, 101, 6, "21.03.2022", "17.05.2022", "20.05.2022"),
    _taken("Ф-3", 1, 102, 8, "23.03.2022", "18.05.2022", "20.05.2022"),
    _taken("Ф-3", 1, 106, 8, "30.03.2022", "19.05.2022", "23.05.2022"),
    _taken("Ф-4", 1, 101, 9, "21.03.2022", "17.05.2022", "20.05.2022"),
    _taken("Ф-4", 1, 110, 12, "05.04.2022"),
)
AUTUMN: tuple[Taken, ...] = (
    _taken("Ф-1", 1, 108, 1, "24.08.2022", "05.09.2022"),
    _taken("Ф-2", 1, 105, 3, "24.08.2022", "06.09.2022"),
    _taken("Ф-2", 1, 110, 2, "25.08.2022", "02.09.2022"),
    _taken("Ф-3", 2, 101, 6, "23.08.2022", "05.09.2022"),
    _taken("Ф-3", 2, 102, 8, "24.08.2022", "06.09.2022"),
    _taken("Ф-3", 2, 103, 11, "24.08.2022", "07.09.2022"),
    _taken("Ф-4", 1, 111, 10, "26.08.2022", "05.09.2022"),
    _taken("Ф-5", 1, 109, 7, "29.08.2022", "07.09.2022"),
    _taken("Ф-4", 1, 104, 12, "12.09.2022"),
)
FILLED = (
    "По первому этапу: начато по графику, собраны исходные сведения.",
    "Часть работы закончена, есть первые перемены: учителя отмечают их в журнале.",
    "Осталось сделать до следующего отчёта: повторить измерение и сравнить с весной.",
)
