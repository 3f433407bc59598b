"""A town with a form and a collection, and answers handed in on any day; used by the tests of collections."""

from __future__ import annotations

from datetime import date
from typing import Any

from opora.accounts.models import User
from opora.core.russian import fold
from opora.questionnaires.actions.collections import make_collection
from opora.questionnaires.audience import Audience
from opora.questionnaires.content import Choice, Form, Question
from opora.questionnaires.models import (
    Collection,
    Questionnaire,
    QuestionnaireVersion,
    Respondent,
    Submission,
)
from opora.schools.models import School
from tests.indicators.town import AT, TODAY, Town

OPENS, DUE = date(2022, 9, 1), date(2022, 9, 12)
SCALE = tuple(
    Choice(str(place), words)
    for place, words in enumerate(("Не согласен", "Скорее не согласен", "Скорее согласен", "Согласен"), 1)
)
FORM = Form(
    "Анкета школы",
    (
        Question("teachers", "/teachers", "integer", "Сколько учителей"),
        Question("agree", "/agree", "one", "Наставники помогают", choices=SCALE),
        Question(
            "risks", "/risks", "many", "Что мешает", choices=(Choice("time", "Время"), Choice("staff", "Кадры"))
        ),
        Question(
            "more", "/more", "group", "Подробнее",
            questions=(Question("words", "/more/words", "text", "Что сделано"),
                       Question("day", "/more/day", "date", "Когда")),
        ),
        Question(
            "pairs", "/pairs", "repeat", "Пары наставников",
            questions=(Question("hours", "/pairs/hours", "decimal", "Часов"),
                       Question("topic", "/pairs/topic", "text", "Тема")),
        ),
    ),
)  # fmt: skip
SAID: dict[str, Any] = {
    "teachers": 30,
    "agree": "4",
    "risks": ["time"],
    "more": {"words": "=1+1", "day": "2022-09-05"},
    "pairs": [{"hours": 2.5, "topic": "Урок"}, {"hours": 1, "topic": "План"}],
}


def make_version(town: Town, form: Form = FORM) -> QuestionnaireVersion:
    """A form of the centre with its only version."""
    made, _ = Questionnaire.objects.get_or_create(
        municipality=town.municipality,
        title=form.title,
        defaults={"folded_title": fold(form.title), "added_on": OPENS, "added_by": town.coordinator},
    )
    version, _ = QuestionnaireVersion.objects.get_or_create(
        questionnaire=made,
        number=1,
        defaults={"content": form.as_json(), "added_at": AT, "added_by": town.coordinator},
    )
    return version


def gather(town: Town, who: str = "schools", **more: Any) -> Collection:
    """A collection from all schools of a town, from 1 to 12 September."""
    conditions = {name: more.pop(name) for name in ("kind", "factor", "named") if name in more}
    said = {
        "version": more.pop("version", None) or make_version(town),
        "title": "Анкета школ",
        "opens_on": OPENS,
        "due_on": DUE,
        "on": OPENS,
        "by": town.coordinator,
        "at": AT,
    }
    audience = Audience(town.municipality, town.programme, who, **conditions)
    return make_collection(**{**said, **more}, audience=audience)


def owing(collection: Collection, one: School | User) -> Respondent:
    """The one who owes the answer of a school or a person."""
    field = "school" if isinstance(one, School) else "person"
    return Respondent.objects.select_related("collection", "school", "person").get(
        collection=collection, **{field: one}
    )


def hand_in(
    collection: Collection,
    one: School | User,
    data: dict[str, Any] | None = None,
    on: date = date(2022, 9, 10),
    *,
    is_nothing: bool = False,
) -> Respondent:
    """An answer handed in on a day, the second one after the first."""
    row = owing(collection, one)
    number = row.submissions.count() + 1
    nameless = collection.is_anonymous
    Submission.objects.create(
        collection=collection,
        respondent=None if nameless else row,
        number=1 if nameless else number,
        data=SAID if data is None else data,
        submitted_on=on,
    )
    row.opened_on = row.opened_on or on
    row.submitted_on, row.is_nothing = on, is_nothing
    row.save()
    return owing(collection, one)


def seen(page: Any) -> str:
    """The words of a page with single spaces."""
    import lxml.html

    main = lxml.html.fromstring(page.content.decode()).find(".//main")
    return " ".join(" ".join(main.itertext()).split()).replace(" ,", ",").replace(" .", ".")


__all__ = [
    "AT",
    "DUE",
    "FORM",
    "OPENS",
    "SAID",
    "TODAY",
    "gather",
    "hand_in",
    "make_version",
    "owing",
    "seen",
]
