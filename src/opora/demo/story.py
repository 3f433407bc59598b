"""What happened in the fictional year, day by day, up to 15 September 2022: papers, words, publications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.demo.cast import CURATED, CURATORS, SCHOOLS, school_name


def d(text: str) -> date:
    """A day of the story: «15.03.2022»."""
    day, month, year = text.split(".")
    return date(int(year), int(month), int(day))


STANDS_ON = d("15.09.2022")
INTERIM_ON = d("24.06.2022")
LEADERS = {1: "coordinator", 2: "second", 3: "second", 4: "coordinator", 5: "coordinator", 6: "second"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a line. Days that have not come are None."""

    line: str
    title: str
    dated: date
    number: str = ""
    approved: date | None = None
    published: date | None = None
    school: int | None = None
    curator: str = ""
    sent: date | None = None
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's word that a line, or a line at one school, was done."""

    line: str
    words: str
    on: date
    confirmed: date | None
    school: int | None = None
    by: str = "second"


def _papers_of_curators(
    line: str, title: str, dated: str, approved: str, published: str, unpublished: str
) -> list[Paper]:
    return [
        Paper(
            line,
            # On the portal stands what the paper is about, not who wrote it: nobody agreed to be named.
            f"{title}: {_schools_of(curator.key)}",
            d(dated),
            approved=d(approved),
            published=None if curator.key == unpublished or not published else d(published),
            curator=curator.key,
            kind="curator-report",
        )
        for curator in CURATORS
    ]


def _schools_of(curator: str) -> str:
    """«школы № 101, 103»: whose curator the paper is of."""
    numbers = [str(number) for number, key in CURATED.items() if key == curator]
    return f"школы № {', '.join(numbers)}"


def _said_of_schools(line: str, words: str, days: dict[int, str]) -> list[Said]:
    return [
        Said(line, f"{school_name(school)}: {words}", d(day), d(day), school) for school, day in days.items()
    ]


_SITES = {number: f"{10 + number % 15}.04.2022" for number in SCHOOLS if number != 109}

PAPERS: tuple[Paper, ...] = (
    Paper("1.3", "Муниципальная дорожная карта проекта «500+» на 2022 год", d("28.02.2022"), "04-06/06-2",
          d("28.02.2022"), d("15.03.2022"), kind="roadmap"),
    Paper("2.10", "Справка об улучшении материально-технического оснащения школ", d("29.08.2022"), "17",
          sent=d("14.09.2022"), kind="note"),
    Paper("3.2", "Рекомендации: индивидуальный маршрут развития педагога", d("20.04.2022"), "3",
          d("27.04.2022"), d("28.04.2022"), kind="recommendations"),
    Paper("3.3", "Рекомендации: индивидуальный маршрут для учащихся", d("18.05.2022"), "4", d("25.05.2022"),
          d("26.05.2022"), kind="recommendations"),
    Paper("3.4", "График методических консультаций и реестр форм по рисковым профилям", d("14.03.2022"), "2",
          d("18.03.2022"), kind="schedule"),
    Paper("3.5", "Рекомендации: шаблоны отчётных документов", d("23.05.2022"), "5", d("30.05.2022"),
          d("30.05.2022"), kind="recommendations"),
    Paper("4.3", "Отчёт о мониторинге дорожной карты, 1 этап", d("06.07.2022"), "11", d("07.07.2022"),
          d("08.07.2022"), kind="report"),
    *_papers_of_curators("4.6", "Отчёт о работе куратора, 1 этап", "20.06.2022", "27.06.2022", "28.06.2022", "laptev"),
    Paper("4.8", "Результаты выборочного анализа документов, 1 этап", d("27.05.2022"), "8", d("30.05.2022"),
          d("31.05.2022"), kind="note"),
    Paper("5.2", "Положение о смотре-конкурсе «Наша история успеха»", d("12.05.2022"), "6", sent=d("13.05.2022"),
          kind="other"),
)  # fmt: skip

WORDS: tuple[Said, ...] = (
    Said("2.1", "Приняли участие в установочном вебинаре: 11 школ, 5 кураторов", d("10.02.2022"), d("10.02.2022")),
    Said("2.2", "Вебинар по концептуальным документам: 11 школ", d("17.03.2022"), d("18.03.2022")),
    Said("2.3", "Вебинар по унифицированным документам: 10 школ, запись отправлена школе № 104", d("14.04.2022"),
         d("15.04.2022")),
    Said("2.4", "Вебинар по формам отчётных документов: все 5 кураторов", d("19.05.2022"), d("19.05.2022")),
    Said("2.5", "Вебинар по промежуточным итогам: 11 школ", d("16.06.2022"), d("17.06.2022")),
    *(Said("2.9", f"Группы кураторов и школ работают, вопросов за месяц: {count}", d(day), d(day))
      for day, count in (("28.02.2022", 14), ("31.03.2022", 22), ("29.04.2022", 17), ("31.05.2022", 25),
                         ("30.06.2022", 9), ("31.08.2022", 12))),
    *(Said("3.1", "Встреча сообщества прошла, материалы выложены", d(day), d(day))
      for day in ("20.10.2021", "21.01.2022", "15.04.2022", "01.07.2022", "06.09.2022")),
    *_said_of_schools("2.8", "раздел «500+» на сайте создан и обновляется", _SITES),
    Said("5.1", "Стратегическая сессия прошла, 47 участников", d("24.03.2022"), d("25.03.2022")),
    Said("5.3", "Стратегическая сессия прошла, подведены промежуточные итоги", d("21.06.2022"), d("22.06.2022")),
    Said("6.1", "Обучены 23 учителя, сводка центра от 31.01.2022", d("28.01.2022"), d("31.01.2022")),
)  # fmt: skip

AMENDMENT_ON = d("25.08.2022")
AMENDMENT_NUMBER = "04-06/63"
MOVED_LINE, MOVED_TERM = "2.10", "август – сентябрь 2022"
CURATED_FIRST = {**CURATED, 108: "volgin"}
REPLACED_ON = d("12.05.2022")
