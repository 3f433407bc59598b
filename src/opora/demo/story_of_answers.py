"""What schools of the story answered to the form of two stages, and where each stands in the second collection."""

from __future__ import annotations

from typing import Any

from opora.demo.cast import SCHOOLS
from opora.demo.story import d

LINES = {1: "4.3", 2: "4.4"}
TITLES = {1: "Отчёт школы за 1 этап", 2: "Отчёт школы за 2 этап: август и сентябрь"}
WORDS = {
    1: "Отчёт нужен для мониторинга первого этапа. Заполняется за двадцать минут, можно в несколько приёмов.",
    2: "Те же вопросы, что и весной: увидим, что изменилось. Что «Опора» знает сама, уже подставлено.",
}
OPENS = {1: d("10.05.2022"), 2: d("29.08.2022")}
DUE = {1: d("25.05.2022"), 2: d("13.09.2022")}
ANSWERED_ON = {number: d(f"{16 + number % 5}.05.2022") for number in SCHOOLS}
ACCEPTED_ON = d("26.05.2022")

# The second collection on 15 September: who handed in, got it back, has a draft; the others have not opened it.
DRAFTED = {102: d("09.09.2022"), 106: d("12.09.2022"), 109: d("07.09.2022")}
HANDED_IN = {101: d("07.09.2022"), 103: d("08.09.2022"), 107: d("13.09.2022")}
ACCEPTED = {103: d("12.09.2022")}
RETURNED = {101: d("12.09.2022")}
QUESTION = (
    "Учились 10 учителей из 31 — это вместе с летними курсами? Добавьте и семинар 12 сентября, если он был."
)
EXTENDED_ON, EXTENDED_TO = d("12.09.2022"), d("20.09.2022")
EXTENSION = "Совещание директоров перенесли на 19 сентября"
LATE = 109

_DEEDS = (
    ("Семинар «Как разобрать проверочную с классом»", 24),
    ("Открытые уроки по математике", 18),
    ("День открытых уроков для родителей", 46),
    ("Педсовет о работе с трудностями учеников", 31),
)
_PLANS = (
    "Закончить индивидуальные карты и сравнить результаты с весной.",
    "Составить график взаимопосещения уроков и держаться его.",
    "Собрать родителей 5–6 классов и договориться о правилах.",
)
_OBSTACLES = (["staff", "time"], ["time"], ["samples", "other"])
_DAYS = {1: ("2022-03-24", "2022-04-20"), 2: ("2022-08-29", "2022-09-01")}


def answer_of(school: int, stage: int) -> dict[str, Any]:
    """What a school told of a stage; in autumn things stand a little better."""
    place, later = school % 100, stage - 1
    pace = ("well", "slow", "well", "hard", "slow")[(place + 2 * later) % 5]
    teachers = 18 + place * 13 % 29
    work: dict[str, Any] = {"pace": pace}
    if pace != "well":
        work["obstacles"] = list(_OBSTACLES[place % 3])
        if "other" in work["obstacles"]:
            work["other_obstacle"] = "Курсы идут в те же дни, что и уроки."
    if pace == "hard":
        work["help"] = "Куратор на педсовет и образец сводки по ученикам."
    return {
        "about": {"teachers": teachers, "trained": min(teachers, 4 + place % 6 + 5 * later)},
        "work": work,
        "deed": [
            {"name": name, "held": day, "came": came + place}
            for (name, came), day in zip(_DEEDS[2 * later :], _DAYS[stage], strict=False)
        ],
        "climate": {
            f"c{row}": str(min(4, 1 + (place * 5 + row * row) % 7 // 2 + later * (place + row) % 2))
            for row in range(1, 5)
        },
        "next": {"plans": _PLANS[place % 3]},
    }
