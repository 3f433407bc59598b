"""A line of forms counts those asked in its collections: accepted is found, handed in is told, any day can be seen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opora.questionnaires.actions import accepting
from opora.questionnaires.actions.collections import follow_audience
from opora.questionnaires.models import Collection
from opora.schools.models import Participation
from tests.indicators.town import AT, TODAY, Town, make_person, make_town
from tests.questionnaires.gathering import gather, hand_in, owing

SCHOOLS, CURATORS = ("forms_filled", "schools", 1), ("forms_filled", "curators", 1)


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def figures(town: Town, on: date = TODAY) -> tuple[int, int, int]:
    """Found, reported, expected."""
    state = town.state(on)
    return state.found, state.reported, state.expected


def asked(town: Town, who: str = "schools", **more: Any) -> Collection:
    return gather(town, who, activity=town.lines[0], **more)


def accept(town: Town, *rows: Any, on: date = TODAY) -> None:
    accepting.accept_answers(respondents=rows, on=on, by=town.coordinator, at=AT)


def test_accepted_answers_are_found_and_handed_in_ones_told(town: Town) -> None:
    town.plan([SCHOOLS])
    collection = asked(town)
    one = hand_in(collection, town.schools[0], on=date(2022, 9, 5))
    hand_in(collection, town.schools[1], on=date(2022, 9, 6))
    accept(town, one, on=date(2022, 9, 8))

    assert [figures(town, date(2022, 9, day)) for day in (4, 5, 7, 8)] == [
        (0, 0, 3), (0, 1, 3), (0, 2, 3), (1, 1, 3),
    ]  # fmt: skip
    state = town.state()
    assert [one.name for one in state.missing] == ["Школа № 103"]
    assert [one.proof for one in state.waiting] == [f"/answers/{owing(collection, town.schools[1]).pk}/"]


def test_an_answer_accepted_at_once_is_found_when_handed_in_and_nothing_is_an_answer(town: Town) -> None:
    town.plan([SCHOOLS])
    collection = asked(town, is_accepted_by_hand=False)
    hand_in(collection, town.schools[0])
    hand_in(collection, town.schools[1], {}, is_nothing=True)

    assert figures(town) == (2, 0, 3)
    assert [one.name for one in town.state().tallies[0].counted.nothing_to_report] == ["Школа № 102"]


def test_a_returned_answer_is_not_told_until_it_comes_again(town: Town) -> None:
    town.plan([SCHOOLS])
    collection = asked(town)
    one = hand_in(collection, town.schools[0], on=date(2022, 9, 5))
    accepting.return_answer(respondent=one, question="?", on=date(2022, 9, 6), by=town.coordinator, at=AT)

    assert figures(town, date(2022, 9, 5)) == (0, 1, 3)
    assert figures(town) == (0, 0, 3)
    hand_in(collection, town.schools[0], on=date(2022, 9, 12))
    assert figures(town) == (0, 1, 3)


def test_only_those_asked_are_expected_and_those_who_left_no_longer(town: Town) -> None:
    town.plan([SCHOOLS])
    Participation.objects.filter(school=town.schools[0]).update(kind="hard_conditions")
    collection = asked(town, kind="low_results")
    assert figures(town) == (0, 0, 2)

    Participation.objects.filter(school=town.schools[1]).update(until=date(2022, 9, 14))
    follow_audience(collection=collection, on=TODAY, by=town.coordinator, at=AT)
    assert figures(town) == (0, 0, 1)


def test_one_asked_twice_has_answered_when_both_answers_are_accepted(town: Town) -> None:
    town.plan([SCHOOLS])
    first, second = asked(town, title="Раз"), asked(town, title="Два")
    accept(town, hand_in(first, town.schools[0]))
    assert figures(town) == (0, 1, 3)
    accept(town, hand_in(second, town.schools[0]))
    assert figures(town) == (1, 0, 3)


def test_curators_answer_for_themselves_and_coordinators_for_their_school(town: Town) -> None:
    for school, curator in zip(town.schools, town.curators, strict=False):
        town.appoint("curator", school, curator)
    keeper = make_person("Хранителева")
    town.appoint("school_coordinator", town.schools[0], keeper)

    town.plan([CURATORS])
    accept(town, hand_in(asked(town, "curators"), town.curators[0]))
    assert figures(town) == (1, 0, 2)

    town.plan([SCHOOLS])
    accept(town, hand_in(asked(town, "coordinators"), keeper))
    assert figures(town) == (1, 0, 1)


def test_one_thing_is_there_when_everybody_has_answered_and_a_number_counts_answers(town: Town) -> None:
    town.plan([("forms_filled", "one", 1)])
    collection = asked(town)
    for school in town.schools[:2]:
        accept(town, hand_in(collection, school))
    assert figures(town) == (0, 1, 1)
    accept(town, hand_in(collection, town.schools[2]))
    assert figures(town) == (1, 0, 1)

    town.plan([("forms_filled", "number", 2)])
    collection = asked(town)
    accept(town, hand_in(collection, town.schools[0]))
    hand_in(collection, town.schools[1])
    assert (town.state().found, town.state().expected) == (1, 2)


def test_an_approved_paper_counts_beside_the_answers(town: Town) -> None:
    town.plan([SCHOOLS])
    asked(town)
    town.approved(school=town.schools[2])
    assert figures(town) == (1, 0, 3)


def test_the_link_of_an_answer_leads_each_to_what_they_may_see(town: Town) -> None:
    from tests.indicators.town import browser_of

    keeper, stranger = make_person("Хранителева"), make_person("Чужая")
    town.appoint("school_coordinator", town.schools[0], keeper)
    collection = gather(town)
    address = f"/answers/{hand_in(collection, town.schools[0]).pk}/"

    assert browser_of(town.head).get(address).url == f"/collections/{collection.pk}{address}"  # type: ignore[attr-defined]  # -- a redirect
    assert browser_of(keeper).get(address).url == address.replace("answers", "obligations")  # type: ignore[attr-defined]  # -- a redirect
    assert browser_of(stranger).get(address).status_code == 404
