"""A large town for the notes to be counted in: equipment of schools, a survey of many questions, a round of review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from opora.programmes.models import NationalProject
from opora.questionnaires.models import Survey, SurveyFigure
from opora.reports.asked import Asked
from opora.reports.note import Note, Paragraph
from opora.reviews import actions
from opora.reviews.models import Examination, Round, Score
from opora.reviews.standing import scale_of
from opora.schools.models import Equipment, EquipmentCount, Participation
from tests.indicators.town import Town as Plan
from tests.reviews.town import AT, LAST, LATER, Town, make_town


def all_asked(schools: int, positions: int, questions: int, documents: int) -> dict[str, Asked]:
    """The three notes of one town, ready to be built."""
    town = make_town(max(schools, documents))
    plan = Plan(town.municipality, town.programme, town.schools, town.coordinator, town.head, [])
    plan.plan([("documents_ready", "one", 1)])
    _equip(town, schools, positions)
    survey, review = _survey(town, questions), _review(town)
    told = {"since": town.programme.starts_on, "as_of": LAST, "stretch": "cumulative"}
    abouts = {"equipment": "", "survey": f"survey:{survey.pk}", "reviews": f"round:{review.pk}"}
    return {
        code: Asked(programme=town.programme, roadmap=plan.roadmap, about=about, **told)
        for code, about in abouts.items()
    }


def saying(note: Note, words: str) -> Note:
    """The same note with other words in front, so that Typst does not answer from its memory."""
    return replace(note, blocks=(Paragraph(words), *note.blocks))


def _equip(town: Town, schools: int, positions: int) -> None:
    project = NationalProject.objects.create(
        programme=town.programme, code="growth-point", name="Точка роста", position=1
    )
    parts = list(Participation.objects.order_by("pk")[:schools])
    rows = Equipment.objects.bulk_create(
        Equipment(
            participation=part, project=project, name=f"Позиция {at}", folded_name=f"позиция {at}", year=2021
        )
        for part in parts
        for at in range(positions)
    )
    counts: list[Any] = [
        EquipmentCount(
            equipment=row, amount=amount, counted_on=day, counted_at=AT, counted_by=town.coordinator
        )
        for row in rows
        for amount, day in ((10, date(2022, 3, 1)), (12, date(2022, 8, 1)))
    ]
    EquipmentCount.objects.bulk_create(counts)


def _survey(town: Town, questions: int) -> Survey:
    survey = Survey.objects.create(
        programme=town.programme,
        municipality=town.municipality,
        title="Опрос",
        held_on=LATER,
        loaded_at=AT,
        loaded_by=town.coordinator,
    )
    SurveyFigure.objects.bulk_create(
        SurveyFigure(
            survey=survey,
            position=5 * at + answer,
            question=f"Вопрос {at}",
            answer=f"Ответ {answer}",
            amount=20,
            total=100,
        )
        for at in range(questions)
        for answer in range(5)
    )
    return survey


def _review(town: Town) -> Round:
    row = town.assigned(size_value=Decimal(100), experts_each=2, most_each=1000)
    scale = scale_of(row)
    looks = list(Examination.objects.filter(sampled__round=row))
    Examination.objects.filter(sampled__round=row).update(finished_on=LATER)
    Score.objects.bulk_create(
        Score(examination=look, criterion=one, level=one.levels_in_order[look.pk % 3])  # type: ignore[attr-defined]  # -- prefetched under this name
        for look in looks
        for one in scale.criteria
    )
    row.sampled.update(settled_on=LAST)
    actions.finish_round(review=row, on=LAST, by=town.coordinator, at=AT)
    row.refresh_from_db()
    return row
