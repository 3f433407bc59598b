"""Making a collection, who is expected in it, accepting, returning, putting off, closing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from opora.core.history import history_of
from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.programmes.models import RiskFactor
from opora.questionnaires.actions import accepting
from opora.questionnaires.actions import collections as actions
from opora.questionnaires.content import Form, Question
from opora.questionnaires.models import Collection, Respondent
from opora.questionnaires.states import state_on
from opora.schools.models import Participation, SchoolRiskChange
from tests.indicators.town import make_person, make_town
from tests.questionnaires.gathering import AT, DUE, OPENS, TODAY, gather, hand_in, make_version, owing

# Whom it asks, the row between two marks of a transaction, those of the deed, and the history by three.
MAKING = 6


@pytest.fixture
def town(db: None) -> Any:
    return make_town()


def names_of(collection: Collection) -> list[str]:
    return [
        str(one)
        for one in Respondent.objects.filter(collection=collection).select_related("school", "person")
    ]


def test_a_collection_expects_every_school_that_takes_part_on_the_day_it_opens(town: Any) -> None:
    Participation.objects.filter(school=town.schools[2]).update(until=date(2022, 8, 31))

    collection = gather(town)

    assert names_of(collection) == ["Школа № 101", "Школа № 102"]
    assert [entry.verb for entry in history_of(collection)] == ["collection.made"]
    assert {one.since for one in collection.respondents.all()} == {OPENS}


def test_schools_are_chosen_by_category_by_factor_and_one_by_one(town: Any) -> None:
    first, second, third = town.schools
    Participation.objects.filter(school=second).update(kind="hard_conditions")
    Participation.objects.filter(school=third).update(kind="both")
    factor = RiskFactor.objects.create(programme=town.programme, number=1, name="Кадры")
    for school, is_chosen in ((first, True), (second, False)):
        SchoolRiskChange.objects.create(
            participation=Participation.objects.get(school=school), factor=factor, is_chosen=is_chosen,
            on=date(2022, 5, 1), chosen_on=date(2022, 5, 1), version=1, changed_at=AT,
        )  # fmt: skip

    assert names_of(gather(town, kind="hard_conditions")) == ["Школа № 102", "Школа № 103"]
    assert names_of(gather(town, factor=factor)) == ["Школа № 101"]
    assert names_of(gather(town, kind="named", named=frozenset({third.pk}))) == ["Школа № 103"]
    with pytest.raises(Refused, match="Отметьте школы"):
        gather(town, kind="named")


def test_curators_and_school_coordinators_are_asked_personally(town: Any) -> None:
    keeper = make_person("Хранителева")
    town.appoint("school_coordinator", town.schools[0], keeper)
    for school in town.schools[:2]:
        town.appoint("curator", school, town.curators[0])

    assert [one.person for one in gather(town, "curators").respondents.all()] == [town.curators[0]]
    assert [one.person for one in gather(town, "coordinators").respondents.all()] == [keeper]


@pytest.mark.parametrize("who", ["teachers", "pupils", "experts", ""])
def test_nobody_else_is_ever_asked(town: Any, who: str) -> None:
    with pytest.raises(Refused, match="от кого"):
        gather(town, who)
    assert not Collection.objects.exists()


def test_a_collection_is_refused_without_anybody_and_with_a_term_backwards(town: Any) -> None:
    with pytest.raises(Refused, match="отвечать некому"):
        gather(town, "curators")
    with pytest.raises(Refused, match="раньше"):
        gather(town, due_on=OPENS - timedelta(days=1))
    with pytest.raises(Refused, match="без имён"):
        gather(town, is_anonymous=True)
    asks_for_a_file = Form("Фото", (Question("photo", "photo", "file", "Снимок"),))
    version = make_version(town, asks_for_a_file)
    with pytest.raises(Refused, match="видно, кто ответил"):
        gather(town, version=version, is_anonymous=True, is_accepted_by_hand=False)
    with pytest.raises(Refused, match="другого центра"):
        gather(town, version=make_version(make_town(1, name="г. о. Соседск")))
    assert not Collection.objects.exists()


def test_a_thousand_schools_are_expected_by_as_many_queries_as_three(db: None) -> None:
    costs = []
    for number, name in ((3, "Малый"), (400, "Большой")):
        town = make_town(number, name=name)
        version = make_version(town)
        with CaptureQueriesContext(connection) as captured:
            gather(town, version=version)
        # An engine takes only so many rows at once: these come by hundreds.
        rows = [one for one in captured if 'INSERT INTO "questionnaires_respondent"' in one["sql"]]
        costs.append(len(captured) - len(rows))
        assert len(rows) <= 1 + number // 50

    # PostgreSQL takes turns in the history by a query of its own.
    assert costs == [MAKING + (connection.vendor == "postgresql")] * 2


def test_those_who_join_are_added_and_those_who_left_are_excused(town: Any) -> None:
    stays, leaves, answered = town.schools
    collection = gather(town)
    hand_in(collection, answered)
    joining = make_town(1, name="Новый").schools[0]
    joining.municipality, joining.short_name = town.municipality, "Школа № 200"
    joining.save()
    Participation.objects.filter(school__in=[leaves, answered]).update(until=date(2022, 9, 12))

    changed = actions.follow_audience(collection=collection, on=TODAY, by=town.coordinator, at=AT)

    assert changed == (1, 1)
    assert owing(collection, joining).since == TODAY
    assert state_on(owing(collection, leaves), TODAY) == "excused"
    assert state_on(owing(collection, answered), TODAY) == "submitted"
    assert state_on(owing(collection, stays), TODAY) == "missing"
    with pytest.raises(Refused, match="уже в списке"):
        actions.follow_audience(collection=collection, on=TODAY, by=town.coordinator, at=AT)
    Participation.objects.filter(school=leaves).update(until=None)
    assert actions.follow_audience(collection=collection, on=TODAY, by=town.coordinator, at=AT) == (1, 0)
    assert owing(collection, leaves).excused_on is None


def test_nobody_joins_a_collection_whose_schools_were_named(town: Any) -> None:
    collection = gather(town, kind="named", named=frozenset({town.schools[0].pk}))
    with pytest.raises(Refused, match="уже в списке"):
        actions.follow_audience(collection=collection, on=TODAY, by=town.coordinator, at=AT)


def test_answers_are_accepted_many_at_once_or_not_at_all(town: Any) -> None:
    collection = gather(town)
    handed = [hand_in(collection, school) for school in town.schools[:2]]
    empty = owing(collection, town.schools[2])

    with pytest.raises(Refused, match="только сданное"):
        accepting.accept_answers(respondents=[*handed, empty], on=TODAY, by=town.coordinator, at=AT)
    assert not Respondent.objects.exclude(accepted_on=None).exists()

    assert accepting.accept_answers(respondents=handed, on=TODAY, by=town.coordinator, at=AT) == 2
    assert {state_on(one, TODAY) for one in map(fresh, handed)} == {"accepted"}
    assert HistoryEntry.objects.filter(verb="answer.accepted").count() == 2
    with pytest.raises(Refused, match="Отметьте"):
        accepting.accept_answers(respondents=[], on=TODAY, by=town.coordinator, at=AT)
    with pytest.raises(Refused, match="ещё не наступило"):
        accepting.accept_answers(respondents=handed, on=date(2022, 12, 1), by=town.coordinator, at=AT)


def fresh(one: Respondent) -> Respondent:
    return Respondent.objects.select_related("collection").get(pk=one.pk)


def test_nothing_to_tell_is_confirmed_by_the_same_deed(town: Any) -> None:
    one = hand_in(gather(town), town.schools[0], {}, is_nothing=True)
    accepting.accept_answers(respondents=[one], on=TODAY, by=town.coordinator, at=AT)
    assert state_on(fresh(one), TODAY) == "nothing"
    assert [entry.verb for entry in history_of(one)] == ["answer.nothing_confirmed"]


def test_an_answer_goes_back_with_a_question_and_comes_again(town: Any) -> None:
    collection = gather(town)
    one = hand_in(collection, town.schools[0], on=date(2022, 9, 5))
    back = {"on": date(2022, 9, 8), "by": town.coordinator, "at": AT}

    with pytest.raises(Refused, match="что поправить"):
        accepting.return_answer(respondent=one, question="  ", **back)
    accepting.return_answer(respondent=one, question="Сколько наставников?", **back)
    assert state_on(fresh(one), TODAY) == "returned"
    with pytest.raises(Refused, match="только сданный"):
        accepting.return_answer(respondent=one, question="Ещё", **back)

    again = hand_in(collection, town.schools[0], on=date(2022, 9, 10))
    assert [state_on(again, date(2022, 9, number)) for number in (8, 9, 10)] == [
        "returned", "returned", "submitted",
    ]  # fmt: skip


def test_an_acceptance_can_be_taken_back_until_the_next_day(town: Any) -> None:
    one = hand_in(gather(town), town.schools[0])
    accepting.accept_answers(respondents=[one], on=date(2022, 9, 12), by=town.coordinator, at=AT)
    with pytest.raises(Refused, match=r"3\sдня назад"):
        accepting.call_back_acceptance(respondent=one, on=TODAY, by=town.coordinator, at=AT)

    accepting.call_back_acceptance(respondent=one, on=date(2022, 9, 13), by=town.coordinator, at=AT)
    assert state_on(fresh(one), TODAY) == "submitted"
    with pytest.raises(Refused, match="не принят"):
        accepting.call_back_acceptance(respondent=one, on=TODAY, by=town.coordinator, at=AT)


def test_a_term_is_put_off_for_some_with_a_reason(town: Any) -> None:
    collection = gather(town)
    late, accepted = owing(collection, town.schools[0]), hand_in(collection, town.schools[1])
    accepting.accept_answers(respondents=[accepted], on=TODAY, by=town.coordinator, at=AT)
    said = {"until": date(2022, 9, 20), "reason": "Карантин", "on": TODAY, "by": town.coordinator, "at": AT}

    assert actions.extend(respondents=[late, accepted], **said) == 1
    assert state_on(fresh(late), TODAY) == "not_opened"
    assert fresh(late).extension_reason == "Карантин"
    with pytest.raises(Refused, match="позже общего"):
        actions.extend(respondents=[late], **{**said, "until": DUE})
    with pytest.raises(Refused, match="почему"):
        actions.extend(respondents=[late], **{**said, "reason": " "})
    with pytest.raises(Refused, match="уже приняты"):
        actions.extend(respondents=[accepted], **said)


def test_a_closed_collection_can_be_opened_again(town: Any) -> None:
    collection = gather(town)
    deed = {"collection": collection, "on": TODAY, "by": town.coordinator, "at": AT}
    with pytest.raises(Refused, match="Сбор открыт"):
        actions.reopen_collection(**deed)
    actions.close_collection(**deed)
    assert Collection.objects.get().closed_on == TODAY
    for closed in (actions.close_collection, actions.follow_audience):
        with pytest.raises(Refused, match="Сбор закрыт"):
            closed(**deed)
    actions.reopen_collection(**deed)
    assert Collection.objects.get().closed_on is None


def test_the_base_keeps_a_term_forwards_and_one_answer_for_one(town: Any) -> None:
    collection = gather(town)
    breaking = (
        lambda: Collection.objects.filter(pk=collection.pk).update(due_on=OPENS - timedelta(days=1)),
        lambda: Respondent.objects.create(collection=collection, school=town.schools[0], since=OPENS),
        lambda: Respondent.objects.create(collection=collection, since=OPENS),
        lambda: Respondent.objects.filter(collection=collection).update(accepted_on=TODAY),
    )
    for deed in breaking:
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()
