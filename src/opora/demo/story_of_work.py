"""What schools of the story did about their risks, what curators wrote of the first stage, what results came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opora.demo.cast import CURATED, SCHOOLS
from opora.demo.story import d
from opora.schools.actions.work import MeasureTold, TargetTold, WorkTold

WRITTEN_ON = d("15.03.2022")


@dataclass(frozen=True, slots=True)
class Work:
    """The programme of one risk at a school; `days` are (done, confirmed) of its measures, in their order."""

    school: int
    factor: int
    told: WorkTold
    days: tuple[tuple[date | None, date | None], ...]


def _days(*pairs: tuple[str, str]) -> tuple[tuple[date | None, date | None], ...]:
    return tuple((d(done) if done else None, d(seen) if seen else None) for done, seen in pairs)


def _measure(text: str, term: str, shown: str, executors: str, task: str = "") -> MeasureTold:
    return MeasureTold(text, task, term, shown, executors, "")


def _target(name: str, unit: str, was: str, wanted: str, now: str, measured: str) -> TargetTold:
    return TargetTold(
        name,
        unit,
        Decimal(was),
        Decimal(wanted),
        Decimal(now) if now else None,
        d(measured) if measured else None,
    )


WORKS: tuple[Work, ...] = (
    Work(
        101, 9,
        WorkTold(
            "Повысить школьное благополучие: к концу года вдвое меньше учеников, которым в школе тревожно",
            "Изучить отношения в классах; научить учителей разбирать конфликты; открыть службу примирения",
            d("15.03.2022"), d("30.12.2022"),
            "Служба примирения работает, обращения разбираются за неделю",
            "Заместитель директора по воспитательной работе, педагог-психолог, классные руководители",
            (
                _target("Ученики с высокой тревожностью", "%", "28", "14", "22", "30.05.2022"),
                _target("Случаи, разобранные службой примирения", "ед.", "0", "12", "5", "30.05.2022"),
            ),
            (
                _measure("Опрос учеников 5–9 классов об отношениях в классе", "март 2022", "Справка психолога",
                         "Педагог-психолог"),
                _measure("Семинар для учителей «Как разобрать конфликт»", "апрель 2022", "Участвовали 24 учителя",
                         "Заместитель директора"),
                _measure("Положение о школьной службе примирения", "май 2022", "Приказ о положении", "Директор"),
                _measure("Повторный опрос и сравнение с весной", "ноябрь 2022", "Справка психолога",
                         "Педагог-психолог"),
            ),
        ),
        _days(("28.03.2022", "11.04.2022"), ("20.04.2022", "12.05.2022"), ("30.05.2022", ""), ("", "")),
    ),
    Work(
        101, 1,
        WorkTold(
            "Оснастить кабинеты физики и химии для практических работ",
            "Составить перечень недостающего; внести в заявку муниципалитета; принять оборудование",
            d("15.03.2022"), d("30.09.2022"),
            "Все практические работы программы проводятся на своём оборудовании",
            "Директор, учителя физики и химии",
            (_target("Практические работы, обеспеченные оборудованием", "%", "45", "90", "", ""),),
            (
                _measure("Перечень недостающего оборудования", "март 2022", "Перечень утверждён", "Учителя-предметники"),
                _measure("Заявка в управление образования", "апрель 2022", "Заявка принята", "Директор"),
            ),
        ),
        _days(("25.03.2022", "11.04.2022"), ("18.04.2022", "12.05.2022")),
    ),
    Work(
        103, 2,
        WorkTold(
            "Закрыть вакансии учителей математики и физики",
            "Найти учителей; договориться о сетевых уроках; поддержать молодых",
            d("15.03.2022"), d("31.08.2022"),
            "Уроки математики и физики ведут учителя по специальности",
            "Директор, заместитель директора",
            (
                _target("Вакансии учителей", "ед.", "3", "1", "1", "01.09.2022"),
                _target("Уроки, которые ведут не по специальности", "%", "18", "5", "9", "01.09.2022"),
            ),
            (
                _measure("Договор о сетевых уроках с лицеем", "апрель 2022", "Договор подписан", "Директор"),
                _measure("Наставники для трёх молодых учителей", "апрель – май 2022", "Приказ о наставниках",
                         "Заместитель директора"),
                _measure("Объявление о вакансиях и встреча с выпускниками", "май – август 2022", "Принят учитель",
                         "Директор"),
            ),
        ),
        _days(("22.04.2022", "28.04.2022"), ("12.05.2022", "19.05.2022"), ("26.08.2022", "08.09.2022")),
    ),
    Work(
        104, 8,
        WorkTold(
            "Поднять учебную мотивацию учеников 7–9 классов",
            "Дать выбор заданий; чаще отмечать успех; показать профессии",
            d("15.03.2022"), d("30.12.2022"),
            "Ученики чаще выполняют задания и участвуют в конкурсах",
            "Заместитель директора, учителя-предметники",
            (_target("Ученики, не выполняющие домашние задания", "%", "35", "20", "31", "30.05.2022"),),
            (
                _measure("Уроки с заданиями на выбор по математике", "апрель – май 2022", "12 открытых уроков",
                         "Учителя математики"),
                _measure("Встречи с людьми разных профессий", "сентябрь – ноябрь 2022", "6 встреч",
                         "Классные руководители"),
            ),
        ),
        _days(("25.05.2022", ""), ("", "")),
    ),
)  # fmt: skip

# Curator → numbers of the factors that the curator works with; marked before the appointments.
COMPETENT_ON = d("08.02.2022")
COMPETENCES = {
    "demkina": (1, 2, 6, 7, 9, 11), "kezhaev": (2, 3, 4, 8, 10, 12), "uchvatov": (1, 4, 6, 8, 11, 12),
    "milovanova": (3, 6, 9, 10), "laptev": (3, 5, 7, 11, 12),
}  # fmt: skip

# The reports of the first stage: begun, handed in, approved by the centre.
REPORT_BEGUN_ON, REPORT_SENT_ON, REPORT_APPROVED_ON = d("20.05.2022"), d("26.05.2022"), d("27.05.2022")
REPORT_LINE = "1.9"
CHANGED = (
    "Школа изучила свой рисковый профиль и написала антирисковые программы, меры идут по сроку.",
    "Учителя начали бывать на уроках друг у друга, проверочные работы обсуждают вместе.",
    "Администрация видит результаты каждого класса и говорит о них с учителями раз в месяц.",
)
DIFFICULT = (
    "Учителей не хватает, замены съедают время на методическую работу.",
    "Родители редко приходят на встречи, нужна другая форма разговора.",
    "Мало опыта работы с данными: нужны образцы и помощь.",
)
ADVICE = (
    "До сентября составить график взаимопосещения уроков и назначить наставников.",
    "Взять для работы одну-две меры и довести их до результата, остальные отложить.",
    "Подготовить короткую диагностику на начало года и сравнить с весной.",
)
FOR_MUNICIPALITY = "Собрать заместителей директоров на семинар о работе с результатами."
NO_VISIT = "Посещения пока не было: школа перешла от другого куратора в мае."


def words_of(curator: str) -> dict[str, dict[str, str]]:
    """What a curator wrote, by the number of a school, and «all» for the work as a whole."""
    told = {
        str(number): {
            "changed": NO_VISIT if number == 108 else CHANGED[number % 3],
            "difficulties": DIFFICULT[(number + 1) % 3],
            "for_school": ADVICE[(number + 2) % 3],
        }
        for number, key in CURATED.items()
        if key == curator
    }
    return {**told, "all": {"for_municipality": FOR_MUNICIPALITY}}


# (examination, subject, grade) → (pupils, not coped with, on 4 and 5) before; each school is a little different.
LOADED_ON = d("05.09.2022")
RESULTS_FILE = "Результаты ВПР и ОГЭ.xlsx"
BEFORE, AFTER = 2021, 2022
EXAMS = {
    ("ВПР", "Математика", "6"): (48, 21, 34),
    ("ВПР", "Русский язык", "6"): (48, 24, 31),
    ("ОГЭ", "Математика", ""): (36, 17, 29),
}
# The small school: with fewer than ten pupils behind a share nothing is drawn.
SMALL = 106


def results() -> list[dict[str, str]]:
    """The table of shares of two years for all the schools, as a spreadsheet would tell them."""
    rows = []
    for number in SCHOOLS:
        for (exam, subject, grade), (pupils, low, good) in EXAMS.items():
            shift = number * 7 % 11 - 5
            for year, better in ((BEFORE, 0), (AFTER, 2 + number % 4)):
                rows.append(
                    {
                        "school": f"Школа № {number}",
                        "year": str(year),
                        "exam": exam,
                        "subject": subject,
                        "grade": grade,
                        "pupils": str(8 - number % 2 if number == SMALL else pupils + 2 * shift),
                        "low": str(low + shift - better),
                        "good": str(good - shift + better),
                    }
                )
    return rows
