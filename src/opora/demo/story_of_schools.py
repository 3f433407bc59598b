"""What happened in the schools of the story: risks chosen, visits of two stages, steps agreed, measures, results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.demo.cast import SCHOOLS
from opora.demo.story import d

# School → levels of the twelve factors as the federal survey found them: Н, С, В, or a dash for none.
LEVELS = {
    101: "ВС-НСВ-НВ-СН", 102: "-ВС--НСВ-НВС", 103: "СВН-С-В-НСВ-", 104: "В-СН--НВС-СВ", 105: "НСВ-С-ВН-СВС",
    106: "-В-СНС-В-ВС-", 107: "СНВ--ВС-Н-ВС", 108: "ВС-В-Н-СВ-СН", 109: "Н-СВ-СВ-С-ВН", 110: "СВ-Н-С-ВС-НВ",
    111: "-СВ-НВ-С-В-С",
}  # fmt: skip
REASON = "мер прошлого года хватает, школа продолжает их без отдельной программы"
CHOSEN_ON = {number: d(f"{10 + number % 11}.02.2022") for number in SCHOOLS}
VERIFIED_ON = d("24.02.2022")
MOST_CHOSEN = 3


@dataclass(frozen=True, slots=True)
class Journey:
    """One visit of the story: the day meant, the day it took place, whether the report was approved."""

    school: int
    planned: date
    held: date | None
    approved: date | None
    noted: date
    form: str = "on_site"


def _held(school: int, day: str, approved: str | None, noted: str, form: str = "on_site") -> Journey:
    return Journey(school, d(day), d(day), d(approved) if approved else None, d(noted), form)


FIRST = (
    _held(101, "02.03.2022", "04.03.2022", "15.02.2022"),
    _held(102, "11.03.2022", "14.03.2022", "14.02.2022"),
    _held(103, "16.03.2022", "18.03.2022", "15.02.2022"),
    _held(104, "05.04.2022", "07.04.2022", "21.02.2022"),
    _held(105, "24.05.2022", None, "01.03.2022"),
    _held(106, "18.03.2022", "21.03.2022", "14.02.2022"),
    _held(107, "22.03.2022", "24.03.2022", "18.02.2022", "remote"),
    _held(109, "12.04.2022", "14.04.2022", "21.02.2022"),
    _held(110, "26.04.2022", "28.04.2022", "01.03.2022"),
    _held(111, "17.05.2022", "19.05.2022", "18.02.2022"),
)
SECOND = (
    _held(101, "30.08.2022", "01.09.2022", "10.08.2022"),
    _held(103, "06.09.2022", "08.09.2022", "10.08.2022"),
    _held(107, "13.09.2022", None, "10.08.2022"),
    Journey(102, d("16.09.2022"), None, None, d("12.08.2022")),
    Journey(109, d("20.09.2022"), None, None, d("12.08.2022")),
    Journey(108, d("27.09.2022"), None, None, d("05.09.2022")),
    Journey(104, d("11.10.2022"), None, None, d("12.08.2022")),
)
SHEET = {
    "with_whom": "Заместитель директора, учителя русского языка и математики",
    "documents": "Антирисковая программа, план внутришкольного контроля",
    "findings": "Программа выполняется по сроку; не хватает взаимопосещения уроков",
}
STEPS = (
    ("school", "Составить график взаимопосещения уроков", "заместитель директора", 21),
    ("curator", "Прислать образцы диагностических работ", "куратор", 14),
)
