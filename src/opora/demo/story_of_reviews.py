"""Two rounds of review in the story: what was drawn, whom it was given to, what experts said."""

from __future__ import annotations

from opora.demo.story import d

EXPERTS_SINCE, EXPERTS_ORDER = d("15.04.2022"), "04-06/38"
SECTIONS = ("development-concept", "development-programme", "anti-risk-programme")

FIRST_TITLE = "Концептуальные документы и антирисковые программы, 1 этап"
FIRST_SEED = "Примерск-2022-1"
FIRST_DRAWN, FIRST_GIVEN, FIRST_DUE = d("06.06.2022"), d("07.06.2022"), d("17.06.2022")
FIRST_LOOKED, FIRST_SETTLED, FIRST_FINISHED = d("15.06.2022"), d("20.06.2022"), d("21.06.2022")
FIRST_SHARE, FIRST_OVERLAP = 25, 80

SECOND_TITLE = "Отчётные документы по рискам, 2 этап"
SECOND_SEED = "Примерск-2022-09"
SECOND_DRAWN, SECOND_GIVEN, SECOND_DUE = d("08.09.2022"), d("08.09.2022"), d("21.09.2022")
SECOND_LOOKED, SECOND_RETURNED, SECOND_REWORK_BY = d("12.09.2022"), d("13.09.2022"), d("20.09.2022")
SECOND_NUMBER = 5

NOTED_ON, NOTE_SHOWN_ON = d("30.06.2022"), d("01.07.2022")
NOTE = (
    "Меры в документах выполнимы. Осенью стоит дописать исходные значения показателей: без них не видно перемен. "
    "Образец показателя с исходным и целевым значением есть в реестре форм."
)

CONCLUSIONS = (
    "Причины названы и подтверждены, меры выполнимы. Показателям не хватает исходных значений.",
    "Документ собран целиком: риск, цель, меры и показатель связаны между собой.",
    "Меры верные, но сроки сдвинуты к концу года. Стоит начать с тех, что не требуют денег.",
)
REWORK = "В сводке нет чисел за август: впишите, сколько учеников получили помощь и сколько справились."
WORDS = ("Данные школы приведены", "Хватило бы одной таблицы", "Указаны и сроки, и люди")
