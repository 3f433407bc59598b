"""An answer goes between the one who gives it and the centre: every day of the way can be looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opora.accounts.models import User
from opora.questionnaires.actions.accepting import accept_answers, return_answer
from opora.questionnaires.actions.answers import open_obligation, say_nothing, submit
from opora.questionnaires.answered import answered_by
from opora.questionnaires.content import Form, Question
from opora.questionnaires.models import Collection, Submission
from opora.questionnaires.states import state_on
from tests.indicators.town import AT, Town, make_person, make_town
from tests.questionnaires.gathering import gather, make_version, owing

FORM = Form("Короткая", (Question("words", "/words", "text", "Что сделано"),))


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def day(number: int) -> date:
    return date(2022, 9, number)


def give(collection: Collection, town: Town, by: User, words: str, on: date) -> None:
    row = owing(collection, town.schools[0])
    draft = open_obligation(respondent=row, facts={}, on=on, by=by, at=AT)
    submit(respondent=row, data={"words": words}, version=draft.version, on=on, by=by, at=AT)


def states(collection: Collection, town: Town, *days: int) -> list[str]:
    return [state_on(owing(collection, town.schools[0]), day(number)) for number in days]


def test_an_answer_is_given_returned_given_again_and_accepted(town: Town) -> None:
    keeper = make_person("Хранителева")
    collection = gather(town, version=make_version(town, FORM))
    give(collection, town, keeper, "Педсовет", day(3))
    said: dict[str, Any] = {"by": town.coordinator, "at": AT}
    return_answer(respondent=owing(collection, town.schools[0]), question="Когда?", on=day(5), **said)
    give(collection, town, keeper, "Педсовет 2 сентября", day(8))
    accept_answers(respondents=[owing(collection, town.schools[0])], on=day(10), **said)

    assert states(collection, town, 2, 5, 7, 8, 9, 10) == [
        "not_opened", "returned", "returned", "submitted", "submitted", "accepted",
    ]  # fmt: skip
    known = [[one.data["words"] for one in answered_by(collection, day(number))] for number in (2, 3, 7, 8)]
    assert known == [[], ["Педсовет"], ["Педсовет"], ["Педсовет 2 сентября"]]


def test_an_answer_given_again_on_the_day_of_its_return_is_handed_in(town: Town) -> None:
    keeper = make_person("Хранителева")
    collection = gather(town, version=make_version(town, FORM))
    give(collection, town, keeper, "Педсовет", day(5))
    return_answer(
        respondent=owing(collection, town.schools[0]),
        question="Когда?",
        on=day(5),
        by=town.coordinator,
        at=AT,
    )
    assert states(collection, town, 5) == ["returned"]
    give(collection, town, keeper, "Педсовет 2 сентября", day(5))
    assert states(collection, town, 5) == ["submitted"]


def test_nothing_to_tell_waits_for_the_centre_and_is_not_among_the_answers(town: Town) -> None:
    keeper = make_person("Хранителева")
    collection = gather(town, version=make_version(town, FORM))
    say_nothing(
        respondent=owing(collection, town.schools[0]), words="Наставников нет", on=day(3), by=keeper, at=AT
    )
    assert states(collection, town, 3) == ["submitted"]
    accept_answers(respondents=[owing(collection, town.schools[0])], on=day(4), by=town.coordinator, at=AT)
    assert states(collection, town, 3, 4) == ["submitted", "nothing"]
    assert answered_by(collection, day(4)) == []


def test_a_nameless_answer_leaves_nothing_that_leads_to_who_gave_it(town: Town) -> None:
    keeper = make_person("Хранителева")
    version = make_version(town, FORM)
    collection = gather(town, version=version, is_anonymous=True, is_accepted_by_hand=False)
    give(collection, town, keeper, "Честно", day(3))

    (given,) = Submission.objects.filter(collection=collection)
    assert (given.respondent, given.submitted_by, given.submitted_at) == (None, None, None)
    assert states(collection, town, 3) == ["accepted"]
    assert not hasattr(owing(collection, town.schools[0]), "draft")
