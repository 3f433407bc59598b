"""The story of each of the 45 lines of the source order: the day, and what people do on pages until it is done."""

from __future__ import annotations

from dataclasses import dataclass

from tests.lines.answer_deeds import equipment_told, survey_told
from tests.lines.deeds import (
    Deed,
    coordinators_appointed,
    curators_appointed,
    paper,
    reported,
    roadmap_published,
    said,
    said_by_schools,
)
from tests.lines.paper_deeds import forms_ready, recommended, recommended_with_forms
from tests.lines.review_deeds import concepts_marked_and_examined, papers_examined
from tests.lines.school_deeds import risks_chosen, schools_visited, stage_reported


@dataclass(frozen=True)
class Story:
    """A line, the last day of its term or a day within it, what proves it, and the word for its new state."""

    number: str
    day: str
    deed: Deed
    state: str = "Выполнено"
    # Lines that the same deed fulfils in time: a report of a stage is asked for by two of them.
    also: frozenset[str] = frozenset()


STORIES = (
    Story("1.1", "2021-12-31", coordinators_appointed),
    Story("1.2", "2022-02-28", curators_appointed),
    Story("1.3", "2022-04-30", roadmap_published),
    Story("1.4", "2022-09-30", reported("stretch")),
    Story("1.5", "2022-06-24", reported("interim")),
    Story("1.6", "2022-09-30", reported("cumulative")),
    Story("1.7", "2022-05-31", schools_visited),
    Story("1.8", "2022-11-30", schools_visited),
    Story("1.9", "2022-05-31", stage_reported()),
    Story("1.10", "2022-11-30", stage_reported()),
    Story("1.11", "2022-12-20", said("Итоги подведены, план на 2023 год обсуждён")),
    Story("2.1", "2022-02-10", said("Участвовали в установочном вебинаре")),
    Story("2.2", "2022-03-17", said("Вебинар о концептуальных документах прошёл")),
    Story("2.3", "2022-04-14", said("Вебинар об унифицированных документах прошёл")),
    Story("2.4", "2022-05-19", said("Вебинар о формах отчётных документов прошёл")),
    Story("2.5", "2022-06-16", said("Вебинар о промежуточных итогах прошёл")),
    Story("2.6", "2022-09-22", said("Вебинар о документах второго этапа прошёл")),
    Story("2.7", "2022-10-20", said("Вебинар о региональной экспертизе прошёл")),
    Story("2.8", "2022-04-30", said_by_schools("Раздел «500+» на сайте школы создан")),
    Story("2.9", "2022-05-20", said("Группы кураторов и координаторов работают"), "Постоянно"),
    Story("2.10", "2022-08-31", equipment_told(("2022-03-10", 10), ("2022-05-20", 25), stage="stage:1")),
    Story(
        "2.11",
        "2022-12-20",
        equipment_told(("2022-03-10", 10), ("2022-05-20", 25), ("2022-11-20", 31), stage="stage:2"),
    ),
    Story("2.12", "2022-12-20", said("Итоговый семинар по проекту прошёл")),
    Story("3.1", "2022-04-15", said("Встреча сетевого сообщества прошла"), "Постоянно"),
    Story("3.2", "2022-04-27", recommended("Рекомендации: маршрут развития педагога")),
    Story("3.3", "2022-05-25", recommended("Рекомендации: маршрут для учащихся")),
    Story("3.4", "2022-03-18", forms_ready),
    Story("3.5", "2022-05-30", recommended_with_forms("Рекомендации: шаблоны отчётных документов")),
    Story("4.1", "2022-02-20", risks_chosen),
    Story("4.2", "2022-03-20", concepts_marked_and_examined),
    Story("4.3", "2022-07-08", reported("stretch")),
    Story("4.4", "2022-12-20", reported("cumulative")),
    Story("4.5", "2022-09-28", survey_told),
    Story("4.6", "2022-06-28", stage_reported(is_published=True)),
    Story("4.7", "2022-11-28", stage_reported(is_published=True), also=frozenset({"1.10"})),
    Story("4.8", "2022-05-31", papers_examined("1 этап")),
    Story("4.9", "2022-11-30", papers_examined("2 этап")),
    Story("5.1", "2022-03-24", said("Стратегическая сессия «Новые вызовы» прошла")),
    Story("5.2", "2022-09-28", paper("Положение и протокол смотра-конкурса «Наша история успеха»")),
    Story("5.3", "2022-06-21", said("Стратегическая сессия об адресной поддержке прошла")),
    Story("5.4", "2022-10-31", paper("Банк практик: перечень представленных практик")),
    Story("5.5", "2022-12-15", said("Заключительный семинар-совещание прошёл")),
    Story("6.1", "2022-01-28", said("Обучены 23 учителя по программе центра")),
    Story("6.2", "2022-11-25", paper("Список слушателей: управленческие команды")),
    Story("6.3", "2022-09-26", paper("Список слушателей: педагоги")),
)
