"""«Мой день» tells what forms a person owes, and the centre what to accept and whom to remind."""

from __future__ import annotations

from datetime import date

from opora.questionnaires.actions.accepting import accept_answers, return_answer
from opora.questionnaires.actions.collections import close_collection, extend
from tests.dashboard.test_today import day_of
from tests.indicators.town import AT, TODAY, Town, make_person
from tests.questionnaires.gathering import gather, hand_in, owing

AHEAD = date(2022, 9, 20)


def test_a_school_is_told_of_a_form_until_it_is_handed_in(town: Town) -> None:
    keeper = make_person("Хранителева")
    town.appoint("school_coordinator", town.schools[0], keeper)
    collection = gather(town, due_on=AHEAD)
    one = owing(collection, town.schools[0])

    shown = day_of(keeper)
    assert "Заполнить: Анкета школ" in shown
    assert f'href="/obligations/{one.pk}/"' in shown
    assert "Сдать до 20" in shown.replace("\xa0", " ")
    assert 'id="d2022-09-20"' in shown

    one = hand_in(collection, town.schools[0])
    assert "Анкета школ" not in day_of(keeper)
    return_answer(respondent=one, question="Сколько пар?", on=TODAY, by=town.coordinator, at=AT)
    assert "Вопрос: Сколько пар?" in day_of(keeper)


def test_a_term_that_passed_is_late_unless_it_was_put_off(town: Town) -> None:
    town.appoint("curator", town.schools[0], town.curators[0])
    collection = gather(town, "curators")
    assert "Срок прошёл 12" in day_of(town.curators[0]).replace("\xa0", " ")

    extend(
        respondents=collection.respondents.all(), until=AHEAD, reason="Карантин", on=TODAY,
        by=town.coordinator, at=AT,
    )  # fmt: skip
    assert "Сдать до 20" in day_of(town.curators[0]).replace("\xa0", " ")
    close_collection(collection=collection, on=TODAY, by=town.coordinator, at=AT)
    assert "Анкета школ" not in day_of(town.curators[0])


def test_the_centre_is_told_how_many_answers_wait_and_how_many_are_late(town: Town) -> None:
    collection = gather(town)
    one = hand_in(collection, town.schools[0])
    at_once = gather(town, title="Сразу", is_accepted_by_hand=False, due_on=AHEAD)
    hand_in(at_once, town.schools[0])

    shown = day_of(town.coordinator).replace("\xa0", " ")
    assert "Принять ответы: Анкета школ" in shown
    assert "1 ответ ждёт приёма, первый сдан 10 сентября" in shown
    assert "Без ответа — 2, срок прошёл 12 сентября" in shown
    assert "Сразу" not in shown
    assert "Анкета школ" not in day_of(town.head)

    accept_answers(respondents=[one], on=TODAY, by=town.coordinator, at=AT)
    assert "Принять ответы" not in day_of(town.coordinator)
