"""Furnishes collections of answers: the schools' report of two stages, a survey without names, one made elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from opora.accounts.models import User
from opora.core.uploads import store
from opora.demo import story_of_answers as answers
from opora.demo import story_of_asking as story
from opora.demo.moments import at
from opora.demo.players import Troupe
from opora.imports.reading import read_in_child
from opora.plans.models import Roadmap
from opora.questionnaires.actions.accepting import accept_answers, return_answer
from opora.questionnaires.actions.answers import open_obligation, save_draft, submit
from opora.questionnaires.actions.collections import extend, make_collection, remind
from opora.questionnaires.actions.forms import add_form
from opora.questionnaires.actions.surveys import load_survey
from opora.questionnaires.audience import Audience
from opora.questionnaires.building import book_of
from opora.questionnaires.compiling import Compiled
from opora.questionnaires.models import Collection, QuestionnaireVersion, Respondent
from opora.questionnaires.told_survey import ToldFigure, figures_of
from opora.schools.models import Municipality

# What the product knows of whoever answers: the pages tell it, as they do to people.
Facts = Callable[[Respondent, User, date], dict[str, Any]]


def collect_first_stage(troupe: Troupe, plan: Roadmap, facts: Facts) -> None:
    """In May all schools answer, and all answers are accepted."""
    day = answers.OPENS[1]
    version = _form(plan.municipality, story.REPORT_TITLE, story.REPORT, troupe.person("coordinator"), day)
    collection = _collection(troupe, plan, version, 1)
    rows = {row.school.number: row for row in collection.respondents.select_related("school") if row.school}
    for number, on in answers.ANSWERED_ON.items():
        _answer(rows[number], number, 1, on, troupe, facts)
    on = answers.ACCEPTED_ON
    accept_answers(respondents=list(rows.values()), on=on, by=troupe.person("coordinator"), at=at(on, 11))


def collect_second_stage(troupe: Troupe, plan: Roadmap, facts: Facts) -> None:
    """In September the same form goes round again: drafts, an answer waiting, one that came back, one late."""
    version = QuestionnaireVersion.objects.get(questionnaire__title=story.REPORT_TITLE)
    collection = _collection(troupe, plan, version, 2)
    rows = {row.school.number: row for row in collection.respondents.select_related("school") if row.school}
    for number, on in {**answers.DRAFTED, **answers.HANDED_IN}.items():
        _answer(rows[number], number, 2, on, troupe, facts, is_draft=number in answers.DRAFTED)
    by = troupe.person("coordinator")
    for number, on in answers.ACCEPTED.items():
        accept_answers(respondents=[rows[number]], on=on, by=by, at=at(on, 11))
    for number, on in answers.RETURNED.items():
        return_answer(respondent=rows[number], question=answers.QUESTION, on=on, by=by, at=at(on, 12))
    on = answers.EXTENDED_ON
    waited = [
        row for number, row in rows.items() if number in answers.RETURNED or number not in answers.HANDED_IN
    ]
    extend(
        respondents=[row for row in waited if row != rows[answers.LATE]],
        until=answers.EXTENDED_TO,
        reason=answers.EXTENSION,
        on=on,
        by=by,
        at=at(on, 15),
    )
    remind(collection=collection, respondents=waited, on=on, by=by, at=at(on, 16))


def ask_without_names(troupe: Troupe, plan: Roadmap, facts: Facts) -> None:
    """In September school coordinators say without names how they are helped; the poll is still open."""
    by, day = troupe.person("second"), story.HELP_OPENS
    collection = make_collection(
        version=_form(plan.municipality, story.HELP_TITLE, story.HELP, by, day),
        audience=Audience(plan.municipality, plan.programme, Collection.Audience.COORDINATORS),
        title=story.HELP_TITLE,
        opens_on=day,
        due_on=story.HELP_DUE,
        is_accepted_by_hand=False,
        is_anonymous=True,
        on=day,
        by=by,
        at=at(day, 10),
    )
    rows = collection.respondents.select_related("person").order_by("person__pk")
    # The first ones have not answered: the account of the demonstration has a form without names to fill in.
    for row, (enough, clear, useful, ways, wanted) in zip(
        rows[len(rows) - len(story.HELP_SAID) :], story.HELP_SAID, strict=True
    ):
        assert row.person is not None
        on, who = story.HELP_ON, row.person
        draft = open_obligation(respondent=row, facts=facts(row, who, on), on=on, by=who, at=at(on, 12))
        data = {"enough": enough, "clear": clear, "useful": useful, "ways": list(ways), "wanted": wanted}
        submit(respondent=row, data=data, version=draft.version, on=on, by=who, at=at(on, 13))


def load_federal_survey(troupe: Troupe, plan: Roadmap) -> None:
    """The results of the federal survey come as a table and are read as a person's file is."""
    content, on = book_of(story.SURVEY), story.SURVEY_LOADED
    told = read_in_child(content, story.SURVEY_FILE, subject="survey")
    load_survey(
        municipality=plan.municipality,
        programme=plan.programme,
        title=story.SURVEY_TITLE,
        held_on=story.SURVEY_HELD,
        figures=figures_of([ToldFigure.of(row) for row in told["rows"]]).kept,
        file=store(content, kind="xlsx", at=at(on)),
        file_name=story.SURVEY_FILE,
        by=troupe.person("coordinator"),
        at=at(on, 11),
    )


def _form(town: Municipality, title: str, sheets: story.Sheets, by: User, day: date) -> QuestionnaireVersion:
    content, name = book_of(sheets), f"{title[:60]}.xlsx".replace(":", "")
    compiled = Compiled.of(read_in_child(content, name, subject="xlsform", title=name))
    return add_form(
        municipality=town, form=compiled.form, content=content, file_name=name, by=by, at=at(day, 9), on=day
    )


def _collection(troupe: Troupe, plan: Roadmap, version: QuestionnaireVersion, stage: int) -> Collection:
    day = answers.OPENS[stage]
    return make_collection(
        version=version,
        audience=Audience(plan.municipality, plan.programme, Collection.Audience.SCHOOLS),
        title=answers.TITLES[stage],
        words=answers.WORDS[stage],
        activity=plan.activities.get(number=answers.LINES[stage]),
        stage=plan.programme.stages.get(number=stage),
        opens_on=day,
        due_on=answers.DUE[stage],
        on=day,
        by=troupe.person("coordinator"),
        at=at(day, 10),
    )


def _answer(
    row: Respondent,
    school: int,
    stage: int,
    on: date,
    troupe: Troupe,
    facts: Facts,
    *,
    is_draft: bool = False,
) -> None:
    by = troupe.person(f"school{school}")
    draft = open_obligation(respondent=row, facts=facts(row, by, on), on=on, by=by, at=at(on, 12))
    told = answers.answer_of(school, stage)
    data = {**draft.data, **told, "about": {**draft.data.get("about", {}), **told["about"]}}
    if is_draft:
        for name in ("climate", "next"):
            del data[name]
    keep = save_draft if is_draft else submit
    keep(respondent=row, data=data, version=draft.version, on=on, by=by, at=at(on, 13))
