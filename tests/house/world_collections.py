"""Collections, answers and surveys of the world: a form, everybody of a town asked to fill it in, figures of a survey."""

from __future__ import annotations

from datetime import date
from typing import Any

from opora.accounts.models import User
from opora.core.russian import fold
from opora.programmes.models import Programme
from opora.questionnaires.actions.collections import make_collection
from opora.questionnaires.actions.surveys import load_survey
from opora.questionnaires.audience import Audience
from opora.questionnaires.content import Form, Question
from opora.questionnaires.models import Questionnaire, QuestionnaireVersion
from opora.questionnaires.told_survey import Figure
from opora.schools.models import School

FORM = Form("Анкета", (Question("words", "/words", "text", "Что сделано"),))


def collected(
    programme: Programme, schools: dict[str, School], coordinator: User, at: Any, on: date
) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a town: its collection and survey under the first relation, the answer of each school under its own."""
    relation, town = next(iter(schools)), next(iter(schools.values())).municipality
    form = Questionnaire.objects.create(
        municipality=town, title="Анкета", folded_title=fold("Анкета"), added_on=on, added_by=coordinator
    )
    version = QuestionnaireVersion.objects.create(
        questionnaire=form, number=1, content=FORM.as_json(), added_at=at, added_by=coordinator
    )
    collection = make_collection(
        version=version,
        audience=Audience(town, programme, "schools"),
        title="Анкета школ",
        opens_on=on,
        due_on=on,
        on=on,
        by=coordinator,
        at=at,
    )
    survey = load_survey(
        municipality=town,
        programme=programme,
        title="Опрос директоров",
        held_on=on,
        figures=[Figure("", "Довольны ли вы?", "Да", 3, 5)],
        file=None,
        file_name="",
        by=coordinator,
        at=at,
    )
    rows: dict[tuple[str, str], dict[str, Any]] = {
        ("collection", relation): {"pk": collection.pk},
        ("collection file", relation): {"pk": collection.pk, "ending": "csv"},
        ("survey", relation): {"pk": survey.pk},
    }
    for near, school in schools.items():
        owing = collection.respondents.get(school=school)
        rows["answer", near] = {"pk": collection.pk, "respondent_pk": owing.pk}
        rows["obligation", near] = {"pk": owing.pk}
    return rows
