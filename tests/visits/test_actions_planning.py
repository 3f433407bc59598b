"""A visit enters the schedule only where it fits: its stage, its school, its curator on that day."""

from __future__ import annotations

from datetime import date, time
from uuid import uuid4

import pytest

from opora.accounts.models import User
from opora.appointments.queries import access_of
from opora.core.refusal import Refused
from opora.programmes.models import Programme
from opora.schools.models import Participation
from opora.visits.actions import SentTwice, Wish, cancel_visit, plan_many
from opora.visits.models import Visit
from opora.visits.queries import find_stage, visits_of_school, visits_of_stage, visits_seen_by
from tests.indicators.town import Town, make_person, make_town
from tests.visits.town import AT, MARCH_10, NOTED, make_stages, make_visited_town, plan, verbs


@pytest.fixture
def town(db: None) -> Town:
    return make_visited_town()


def test_a_visit_is_planned_into_the_stage_of_its_day(town: Town) -> None:
    key = uuid4()

    visit = plan(town, starts_at=time(10, 30), form="remote", group_key=key)

    assert (visit.stage.number, visit.noted_on, visit.form, visit.group_key) == (1, NOTED, "remote", key)
    assert plan(town, day=date(2022, 9, 20)).stage.number == 2
    assert verbs(visit) == ["visit.planned"]


@pytest.mark.parametrize("day", [date(2022, 1, 31), date(2022, 6, 1), date(2022, 7, 31), date(2022, 12, 1)])
def test_a_day_outside_every_stage_names_the_stages_with_their_terms(town: Town, day: date) -> None:
    with pytest.raises(Refused) as refused:
        plan(town, day=day)

    words = refused.value.words.replace("\u00a0", " ")
    assert "1 этап, с 1 февраля 2022 года по 31 мая 2022 года; 2 этап, с 1 августа" in words
    assert not Visit.objects.exists()


@pytest.mark.parametrize("day", [date(2022, 2, 1), date(2022, 5, 31)])
def test_the_first_and_the_last_day_of_a_stage_are_in_it(town: Town, day: date) -> None:
    assert plan(town, day=day).stage.number == 1


def test_a_day_outside_the_stage_that_was_chosen_is_refused(town: Town) -> None:
    first, second = make_stages(town)

    with pytest.raises(Refused, match="вне этапа: 1 этап"):
        plan(town, stage=first, day=date(2022, 9, 20))
    assert plan(town, stage=second, day=date(2022, 9, 20)).stage == second


def test_a_stage_of_another_programme_is_refused(town: Town) -> None:
    other = Programme.objects.create(
        code="other", name="Иная", short_name="Иная", year=2022,
        starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31),
    )  # fmt: skip
    stage = other.stages.create(number=1, name="1 этап", starts_on=NOTED, ends_on=MARCH_10)

    with pytest.raises(Refused, match="другой программы"):
        plan(town, stage=stage)


def test_a_programme_without_stages_has_nowhere_to_plan(db: None) -> None:
    town = make_town()

    with pytest.raises(Refused, match="нет этапов"):
        plan(town)


def test_a_person_not_appointed_to_the_school_on_that_day_is_refused(town: Town) -> None:
    with pytest.raises(Refused, match="не назначен куратором: Школа № 101"):
        plan(town, curator=town.curators[1])


def test_an_appointment_counts_on_the_planned_day_not_today(town: Town) -> None:
    released = make_person("Бывшая")
    town.appoint("curator", town.schools[0], released, until=date(2022, 3, 10))

    assert plan(town, curator=released, day=date(2022, 3, 10)).curator == released
    with pytest.raises(Refused, match="не назначен"):
        plan(town, curator=released, day=date(2022, 3, 11))


def test_nobody_visits_the_own_school(town: Town) -> None:
    own: User = town.curators[0]
    own.workplace = "школа № 101"
    own.save()
    keeper = make_person("Камнева")
    town.appoint("school_coordinator", town.schools[1], keeper)

    with pytest.raises(Refused, match="работает в этой школе"):
        plan(town, curator=own)
    with pytest.raises(Refused, match="координатор этой же школы"):
        plan(town, town.schools[1], curator=keeper)


def test_a_school_that_left_is_visited_until_its_last_day(town: Town) -> None:
    Participation.objects.filter(school=town.schools[0]).update(until=date(2022, 3, 10))

    assert plan(town).pk
    with pytest.raises(Refused, match="не участвует"):
        plan(town, day=date(2022, 3, 11))


def test_the_same_visit_twice_shows_the_first_one(town: Town) -> None:
    first = plan(town)

    with pytest.raises(SentTwice) as twice:
        plan(town)

    assert twice.value.row == first
    assert Visit.objects.count() == 1


def test_a_visit_is_not_entered_on_a_day_to_come_and_has_a_known_form(town: Town) -> None:
    with pytest.raises(Refused, match="ещё не наступило"):
        plan(town, on=date(2022, 9, 16))
    with pytest.raises(Refused, match="дистанционное"):
        plan(town, form="by_post")


def test_a_rest_day_is_not_refused(town: Town) -> None:
    assert plan(town, day=date(2022, 3, 8)).pk
    assert plan(town, day=date(2022, 3, 12)).pk


def test_many_are_planned_all_or_nothing_and_the_row_is_named(town: Town) -> None:
    good = [Wish(school, town.curators[0], MARCH_10) for school in town.schools]
    bad = [*good, Wish(town.schools[0], town.curators[1], MARCH_10)]
    asked = {"programme": town.programme, "by": town.coordinator, "at": AT, "on": NOTED}

    with pytest.raises(Refused, match=r"Строка 4, Школа № 101: .* не назначен"):
        plan_many(wishes=bad, **asked)
    assert not Visit.objects.exists()

    assert [visit.school for visit in plan_many(wishes=good, **asked)] == town.schools


def test_the_visits_of_a_stage_are_those_of_the_schedule_on_a_day(town: Town) -> None:
    first, _ = make_stages(town)
    early = plan(town)
    plan(town, town.schools[1], on=date(2022, 3, 1))
    plan(town, day=date(2022, 9, 20))

    assert list(visits_of_stage(town.programme, first, date(2022, 2, 28))) == [early]
    assert visits_of_stage(town.programme, first, date(2022, 3, 1)).count() == 2
    assert find_stage(town.programme, MARCH_10) == first
    assert find_stage(town.programme, date(2022, 7, 1)) is None


def test_the_visits_of_a_school_are_told_the_latest_first_with_cancelled_ones(town: Town) -> None:
    first, later = plan(town), plan(town, day=date(2022, 9, 20))
    plan(town, town.schools[1])
    plan(town, on=date(2022, 9, 15), day=date(2022, 11, 1))
    cancel_visit(visit=first, reason="Карантин", on=MARCH_10, by=town.head, at=AT)

    assert list(visits_of_school(town.schools[0], town.programme, date(2022, 9, 14))) == [later, first]


def test_visits_are_seen_by_those_who_see_the_school(town: Town) -> None:
    visits = [plan(town, school) for school in town.schools]
    keeper, other = make_person("Камнева"), make_visited_town(name="Соседск")
    town.appoint("school_coordinator", town.schools[1], keeper)

    def seen(person: User) -> list[Visit]:
        return list(visits_seen_by(access_of(person, date(2022, 9, 15))))

    assert seen(town.coordinator) == visits
    assert seen(town.curators[0]) == visits
    assert seen(keeper) == [visits[1]]
    assert seen(other.coordinator) == []
