"""Methodical recommendations that are being discussed in the story, and what stands on other sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.demo.story import d

TITLE = "Рекомендации: как говорить с родителями, которые не приходят в школу"
NUMBER = "7"
WRITTEN_ON, OPENED_ON, UNTIL, RENEWED_ON = d("29.08.2022"), d("31.08.2022"), d("23.09.2022"), d("08.09.2022")
_FIRST = (
    "1. Для кого. Для классных руководителей школ проекта «500+», которые работают с риском 12.",
    (
        "2. С чего начать. Узнайте, почему родители не приходят: поздно кончают работу, далеко живут, ждут только "
        "замечаний о ребёнке."
    ),
    "3. Первое письмо. Напишите об успехе ученика, хотя бы небольшом; просьбу оставьте для второго письма.",
    "4. Собрание. Проводите в семь вечера, не дольше часа, с видеосвязью для тех, кто не может приехать.",
    "5. Отчёт. Раз в четверть впишите в форму Ф-4, сколько родителей было и о чём договорились.",
)
_SECOND = (
    *_FIRST[:2],
    (
        "3. Первое письмо. Напишите об успехе ученика, хотя бы небольшом; просьбу оставьте для второго письма. "
        "Образец письма — в приложении 1."
    ),
    (
        "4. Собрание. Спросите у родителей удобное время, проводите не дольше часа, с видеосвязью для тех, кто не "
        "может приехать."
    ),
    _FIRST[4],
    "6. Если не получается. Позовите куратора: он бывал в таких школах и поможет с первым разговором.",
)
VERSIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SECOND)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody's proposal to the draft as it stood on the day; settled ones tell how."""

    by: str
    place: str
    words: str
    on: date
    answer: str = ""
    settled: date | None = None


PROPOSALS = (
    Proposal(
        "school110", "пункт 4", "В семь вечера автобус уже не ходит. Лучше спросить родителей, когда удобно.",
        d("02.09.2022"), "Верно, время пусть выбирают родители.", d("07.09.2022"),
    ),
    Proposal(
        "demkina", "пункт 5", "Можно ли не заполнять Ф-4 на каждую встречу, а присылать одну сводку за четверть?",
        d("12.09.2022"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A document of a line put on another site, and what a person saw there."""

    line: str
    address: str
    on: date
    seen: date
    outcome: str
    words: str = ""


ELSEWHERE = (
    Elsewhere("3.3", "https://imc.example/500/route", d("30.05.2022"), d("31.05.2022"), "carries"),
    Elsewhere("4.8", "https://region.example/500/analysis-1", d("01.06.2022"), d("02.06.2022"), "carries"),
    Elsewhere(
        "4.3", "https://region.example/500/monitoring-1", d("11.07.2022"), d("12.09.2022"), "silent",
        "Страница не открывается: сайт переехал, новый адрес обещали прислать к 20 сентября",
    ),
)  # fmt: skip
