"""Three sets of criteria to begin with: concept documents, anti-risk programmes, everything else; words may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class LevelTold:
    """One level as it is typed: points, its name, the words by which it is recognised."""

    points: int
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class CriterionTold:
    """One criterion as it is typed, with its levels."""

    title: str
    words: str
    levels: tuple[LevelTold, ...]


@dataclass(frozen=True, slots=True)
class StartingSet:
    """A set to begin with."""

    code: str
    title: str
    criteria: tuple[CriterionTold, ...]


def _three(low: str, middle: str, high: str) -> tuple[LevelTold, ...]:
    return (
        LevelTold(0, "Не раскрыто", low),
        LevelTold(1, "Раскрыто частично", middle),
        LevelTold(2, "Раскрыто полностью", high),
    )


CONCEPT: Final = StartingSet(
    "concept",
    "Концептуальные документы",
    (
        CriterionTold(
            "Анализ исходного состояния",
            "Видно ли, на каких данных построен документ",
            _three(
                "Данных нет или они не о школе",
                "Данные есть, выводов мало",
                "Данные и выводы по каждому риску",
            ),
        ),
        CriterionTold(
            "Цели и задачи",
            "Следуют ли они из рисков школы и можно ли проверить их достижение",
            _three(
                "Цели общие для любой школы",
                "Связаны с рисками, но без мерил",
                "Связаны с рисками и измеримы",
            ),
        ),
        CriterionTold(
            "Меры и сроки",
            "Что будет сделано, кем и когда",
            _three(
                "Мер нет или нет сроков",
                "Меры и сроки есть, ответственных нет",
                "У каждой меры срок и ответственный",
            ),
        ),
        CriterionTold(
            "Ожидаемые результаты",
            "По каким показателям школа увидит перемены",
            _three(
                "Показателей нет",
                "Показатели без исходных значений",
                "Показатели с исходными и целевыми значениями",
            ),
        ),
        CriterionTold(
            "Согласованность частей",
            "Ведут ли меры к целям, а цели к рискам",
            _three(
                "Части не связаны", "Связь видна местами", "Риск, цель, мера и показатель составляют цепочку"
            ),
        ),
    ),
)
ANTI_RISK: Final = StartingSet(
    "anti-risk",
    "Антирисковые программы",
    (
        CriterionTold(
            "Причины риска",
            "Названы ли причины именно в этой школе",
            _three("Причины не названы", "Названы без подтверждения", "Названы и подтверждены данными школы"),
        ),
        CriterionTold(
            "Цель и показатели",
            "Можно ли понять, что риск стал ниже",
            _three("Показателей нет", "Показатели есть, значений нет", "Исходные и целевые значения указаны"),
        ),
        CriterionTold(
            "Меры",
            "Действуют ли меры на названные причины",
            _three("Меры не о причинах", "Действуют на часть причин", "Действуют на все названные причины"),
        ),
        CriterionTold(
            "Сроки и участники",
            "Кто и когда делает, есть ли участие учителей и родителей",
            _three("Не указаны", "Указаны для части мер", "Указаны для каждой меры"),
        ),
    ),
)
OTHER: Final = StartingSet(
    "other",
    "Иные документы",
    (
        CriterionTold(
            "Полнота",
            "Есть ли все обязательные части",
            _three("Нет большинства частей", "Нет одной-двух частей", "Все части на месте"),
        ),
        CriterionTold(
            "Достоверность",
            "Подтверждены ли сведения",
            _three("Подтверждений нет", "Подтверждена часть сведений", "Сведения подтверждены"),
        ),
        CriterionTold(
            "Польза",
            "Следуют ли из документа действия",
            _three("Выводов нет", "Выводы общие", "Выводы с действиями и сроками"),
        ),
    ),
)
STARTING_SETS: Final = (CONCEPT, ANTI_RISK, OTHER)
