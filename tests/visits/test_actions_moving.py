"""Before a visit: the school agrees or proposes another day, the visit is moved, cancelled, handed over."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from opora.core.refusal import Refused
from opora.visits import actions
from opora.visits.actions import SentTwice
from opora.visits.models import Move, Visit
from opora.visits.queries import group_of
from tests.indicators.town import Town
from tests.visits.town import (
    AT,
    MARCH_10,
    NOTED,
    agree,
    fresh,
    hold,
    make_visited_town,
    plan,
    verbs,
)

FEB_20, MARCH_17, MAY_3 = date(2022, 2, 20), date(2022, 3, 17), date(2022, 5, 3)


@pytest.fixture
def town(db: None) -> Town:
    return make_visited_town()


def move(town: Town, visit: Visit, to_day: date = MARCH_17, reason: str = "Карантин") -> Move:
    return actions.move_visit(
        visit=visit, to_day=to_day, reason=reason, by=town.curators[0], at=AT, on=FEB_20
    )


def propose(town: Town, visit: Visit, day: date = MARCH_17, reason: str = "Пробный экзамен") -> None:
    actions.propose_day(visit=visit, day=day, reason=reason, by=town.coordinator, at=AT, on=FEB_20)


def cancel(town: Town, visit: Visit, reason: str = "Школа закрыта", on: date = FEB_20) -> None:
    actions.cancel_visit(visit=visit, reason=reason, on=on, by=town.coordinator, at=AT)


def test_the_school_agrees_once(town: Town) -> None:
    visit = plan(town)

    agreed = agree(town, visit)

    assert (agreed.agreed_on, agreed.agreed_by) == (date(2022, 2, 5), town.coordinator)
    with pytest.raises(SentTwice):
        agree(town, visit)
    assert verbs(visit) == ["visit.planned", "visit.agreed"]


def test_the_school_does_not_agree_before_the_schedule_nor_in_the_future(town: Town) -> None:
    visit = plan(town)

    with pytest.raises(Refused, match="внесено в график"):
        agree(town, visit, date(2022, 1, 31))
    with pytest.raises(Refused, match="ещё не наступило"):
        agree(town, visit, date(2022, 9, 16))


def test_a_move_keeps_the_day_that_was_with_the_reason_and_asks_the_school_again(town: Town) -> None:
    visit = agree(town, plan(town))

    moved = move(town, visit, reason="  Карантин\u200b ")

    assert (moved.from_day, moved.to_day, moved.reason) == (MARCH_10, MARCH_17, "Карантин")
    assert (fresh(visit).planned_on, fresh(visit).agreed_on, fresh(visit).agreed_by) == (MARCH_17, None, None)
    assert verbs(visit)[-1] == "visit.moved"


@pytest.mark.parametrize(
    ("day", "reason", "words"),
    [
        (MARCH_17, " ", "почему посещение переносится"),
        (MARCH_10, "Карантин", "и так намечено"),
        (date(2022, 6, 1), "Карантин", "вне этапа: 1 этап"),
        (date(2022, 9, 1), "Карантин", "вне этапа: 1 этап"),
        (MARCH_17, "к" * 301, "Слишком длинно"),
        (MARCH_17, "Кара\x00нтин", "недопустимые символы"),
    ],
)
def test_a_move_is_refused(town: Town, day: date, reason: str, words: str) -> None:
    visit = plan(town)

    with pytest.raises(Refused, match=words):
        move(town, visit, day, reason)

    assert fresh(visit).planned_on == MARCH_10
    assert not Move.objects.exists()


def test_a_move_asks_for_the_curator_of_the_new_day(town: Town) -> None:
    visit = plan(town)
    town.curators[0].appointments.filter(school=town.schools[0]).update(until=MARCH_10)

    with pytest.raises(Refused, match="не назначен"):
        move(town, visit)


def test_a_move_onto_a_day_of_another_visit_of_the_same_curator_there_is_refused(town: Town) -> None:
    visit = plan(town)
    plan(town, day=MARCH_17)

    with pytest.raises(Refused, match="уже намечает посещение"):
        move(town, visit)
    assert fresh(visit).planned_on == MARCH_10


def test_the_school_proposes_a_day_and_moving_there_is_agreed_by_the_school(town: Town) -> None:
    visit = agree(town, plan(town))
    propose(town, visit)
    asked = fresh(visit)
    assert (asked.proposed_day, asked.proposed_reason, asked.proposed_on, asked.planned_on, asked.agreed_on) == (
        MARCH_17, "Пробный экзамен", FEB_20, MARCH_10, None,
    )  # fmt: skip

    moved = move(town, visit, reason="")

    kept = fresh(visit)
    assert moved.reason == "школа предложила"
    assert (kept.planned_on, kept.agreed_on, kept.agreed_by) == (MARCH_17, FEB_20, town.coordinator)
    assert (kept.proposed_day, kept.proposed_reason, kept.proposed_on) == (None, "", None)


def test_moving_to_a_day_that_nobody_proposed_drops_the_proposal(town: Town) -> None:
    visit = plan(town)
    propose(town, visit)

    move(town, visit, MAY_3)

    assert (fresh(visit).proposed_day, fresh(visit).agreed_on) == (None, None)


def test_the_curator_keeps_the_day_with_a_reason(town: Town) -> None:
    visit = plan(town)
    asked = {"visit": visit, "by": town.curators[0], "at": AT, "on": FEB_20}
    with pytest.raises(Refused, match="не предлагала"):
        actions.keep_day(reason="Занят", **asked)
    propose(town, visit)

    with pytest.raises(Refused, match="почему день остаётся"):
        actions.keep_day(reason="", **asked)
    actions.keep_day(reason="В этот день другая школа", **asked)

    assert (fresh(visit).planned_on, fresh(visit).proposed_day) == (MARCH_10, None)
    assert verbs(visit)[-1] == "visit.day_kept"


@pytest.mark.parametrize(
    ("day", "reason", "words"),
    [
        (MARCH_17, "", "почему нужен другой день"),
        (MARCH_10, "Экзамен", "и так намечено"),
        (date(2022, 6, 1), "Экзамен", "вне этапа"),
    ],
)
def test_a_proposal_is_refused(town: Town, day: date, reason: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        propose(town, plan(town), day, reason)


def test_the_same_proposal_twice_is_one(town: Town) -> None:
    visit = plan(town)
    propose(town, visit)

    with pytest.raises(SentTwice):
        propose(town, visit)


def test_a_cancelled_visit_is_over_and_its_day_is_free_again(town: Town) -> None:
    visit = plan(town)
    with pytest.raises(Refused, match="почему посещение отменяется"):
        cancel(town, visit, " ")
    with pytest.raises(Refused, match="внесено в график"):
        cancel(town, visit, on=date(2022, 1, 31))

    cancel(town, visit)

    with pytest.raises(SentTwice):
        cancel(town, visit)
    for deed in (lambda: agree(town, visit), lambda: move(town, visit), lambda: propose(town, visit)):
        with pytest.raises(Refused, match="отменено"):
            deed()
    assert plan(town).pk != visit.pk


def test_what_took_place_is_not_moved_agreed_or_cancelled(town: Town) -> None:
    visit = hold(town, plan(town))

    for deed in (
        lambda: agree(town, visit),
        lambda: move(town, visit),
        lambda: propose(town, visit),
        lambda: cancel(town, visit),
    ):
        with pytest.raises(Refused, match="состоялось"):
            deed()


def test_visits_of_one_journey_move_and_are_cancelled_together(town: Town) -> None:
    key = uuid4()
    visits = [plan(town, school, group_key=key) for school in town.schools]
    assert group_of(visits[1]) == visits
    asked = {"by": town.curators[0], "at": AT, "on": FEB_20}

    actions.move_many(visits=visits, to_day=MARCH_17, reason="Карантин", **asked)
    assert {fresh(visit).planned_on for visit in visits} == {MARCH_17}

    hold(town, visits[0], MARCH_17)
    with pytest.raises(Refused, match=r"Школа № 101: .*состоялось"):
        actions.move_many(visits=visits, to_day=MAY_3, reason="Карантин", **asked)
    assert {fresh(visit).planned_on for visit in visits} == {MARCH_17}
    assert group_of(visits[1]) == visits[1:]

    actions.cancel_many(visits=visits[1:], reason="Карантин", **asked)
    assert Visit.objects.filter(cancelled_on=FEB_20).count() == 2


def test_a_visit_of_no_journey_is_alone(town: Town) -> None:
    visit = plan(town)

    assert group_of(visit) == [visit]


def test_visits_ahead_go_to_the_new_curator_and_the_held_one_stays(town: Town) -> None:
    former, new = town.curators
    past = hold(town, plan(town))
    before = plan(town, day=date(2022, 3, 20))
    ahead = [agree(town, plan(town, day=day)) for day in (date(2022, 4, 5), MAY_3)]
    elsewhere = plan(town, town.schools[1], day=MAY_3)
    town.appoint("curator", town.schools[0], new, since=date(2022, 4, 1))

    given = actions.hand_over(
        school=town.schools[0], from_curator=former, to_curator=new, since=date(2022, 4, 1),
        by=town.coordinator, at=AT,
    )  # fmt: skip

    assert given == ahead
    assert [fresh(one).curator for one in (past, before, *ahead, elsewhere)] == [
        former, former, new, new, former,
    ]  # fmt: skip
    assert fresh(ahead[0]).agreed_on == date(2022, 2, 5)
    assert verbs(ahead[0])[-1] == "visit.handed_over"


def test_a_hand_over_to_somebody_not_appointed_changes_nothing(town: Town) -> None:
    former, new = town.curators
    visits = [plan(town, day=day) for day in (date(2022, 4, 5), MAY_3)]
    town.appoint("curator", town.schools[0], new, since=date(2022, 4, 1), until=date(2022, 4, 30))
    asked = {"school": town.schools[0], "from_curator": former, "since": NOTED, "by": town.head, "at": AT}

    with pytest.raises(Refused, match="не назначен"):
        actions.hand_over(to_curator=new, **asked)
    with pytest.raises(Refused, match="и так у этого куратора"):
        actions.hand_over(to_curator=former, **asked)

    assert [fresh(visit).curator for visit in visits] == [former, former]
