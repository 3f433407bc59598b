"""Forms of the world with a workbook, and obligations by them: a draft with a file, and the answer before it."""

from __future__ import annotations

from datetime import date
from typing import Any

from opora.accounts.models import User
from opora.programmes.models import Programme
from opora.questionnaires.actions.answers import keep_file
from opora.questionnaires.actions.collections import make_collection
from opora.questionnaires.actions.forms import add_form
from opora.questionnaires.audience import Audience
from opora.questionnaires.content import Form, Question
from opora.questionnaires.models import Draft, Submission
from opora.schools.models import School

FORM = Form(
    "Форма", (Question("order", "order", "file", "Приказ"), Question("words", "words", "text", "Слова"))
)


def forms_and_owed(
    programme: Programme, schools: dict[str, School], coordinator: User, at: Any, on: date
) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a town: its form under the first relation, what each school owes under its own."""
    relation, town = next(iter(schools)), next(iter(schools.values())).municipality
    version = add_form(
        municipality=town,
        form=FORM,
        content=b"workbook",
        file_name="форма.xlsx",
        by=coordinator,
        at=at,
        on=on,
    )
    collection = make_collection(
        version=version,
        audience=Audience(town, programme, "schools"),
        title="Сбор по форме",
        opens_on=on,
        due_on=on,
        on=on,
        by=coordinator,
        at=at,
    )
    form = version.questionnaire_id
    rows: dict[tuple[str, str], dict[str, Any]] = {
        ("questionnaire", relation): {"pk": form},
        ("questionnaire file", relation): {"pk": form, "number": 1},
        ("questionnaire blank", relation): {"pk": form, "number": 1, "ending": "xlsx"},
    }
    for near, school in schools.items():
        owing = collection.respondents.get(school=school)
        told = {"order": keep_file(content=f"Приказ {school.pk}".encode(), file_name="приказ.txt", at=at)}
        Submission.objects.create(collection=collection, respondent=owing, data=told, submitted_on=on)
        Draft.objects.create(respondent=owing, data=told, saved_at=at, saved_by=coordinator)
        file = told["order"]["file"]
        rows["owed", near] = {"pk": owing.pk}
        rows["owed blank", near] = {"pk": owing.pk, "ending": "xlsx"}
        rows["owed file", near] = {"pk": owing.pk, "file": file}
        rows["given file", near] = {"pk": collection.pk, "respondent_pk": owing.pk, "file": file}
    return rows
