"""Results: by criterion, by risk, agreement, as of a day, the difference to an earlier round."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest

from opora.reviews import actions
from opora.reviews.models import Examination, Round
from opora.reviews.queries import earlier_of_same_kinds
from opora.reviews.results import difference, results_of
from tests.reviews.town import AT, DAY, LAST, LATER, Town


def settled(town: Town, row: Round, place: int) -> Round:
    for one in Examination.objects.filter(sampled__round=row):
        town.hand_in(one, place)
    actions.settle(review=row, sampled=None, on=LAST, by=town.coordinator, at=AT)
    return row


def test_each_document_counts_once_at_its_level(town: Town) -> None:
    row = town.assigned(size_value=100, experts_each=2)
    for sampled in row.sampled.select_related("factor"):
        place = sampled.factor.number - 1
        first, second = sampled.examinations.order_by("pk")
        town.hand_in(first, place)
        town.hand_in(second, min(place + 1, 2))
    actions.settle(review=row, sampled=None, on=LAST, by=town.coordinator, at=AT)
    told = results_of(row, LAST)

    # Neighbours 0 and 1, 1 and 2, 2 and 2: the lower one of each stands.
    one = told.criteria[0]
    assert [(level.count, level.share) for level in one.levels] == [(4, 33), (4, 33), (4, 33)]
    assert (one.mean, one.most, one.per_cent) == (1.0, 2, 50)
    assert (told.population, told.sampled, told.settled, told.per_cent) == (12, 12, 12, 50)
    assert [(factor.documents, factor.per_cent) for factor in told.factors] == [(4, 0), (4, 50), (4, 100)]


def test_agreement_is_of_first_looks_both_ways_round(town: Town) -> None:
    row = town.assigned(size_value=100, experts_each=2)
    for at, sampled in enumerate(row.sampled.all()):
        first, second = sampled.examinations.order_by("pk")
        town.hand_in(first, at % 3)
        town.hand_in(second, at % 3 if at < 9 else (at + 1) % 3)
    told = results_of(row, LAST).agreement

    assert (told.documents, told.marks, told.equal, told.share) == (12, 60, 45, 75)
    # Of 12 pairs three part: by 1, by 1 and by 2 of 2 levels: 2 / 12 seen. Both ways round each level has 8 of 24:
    # expected 4/9. 1 - (1/6) / (4/9) = 0.625.
    assert told.kappa == pytest.approx(0.625)
    assert told.words == "существенное согласие"


def test_few_pairs_are_said_to_be_few(town: Town) -> None:
    row = settled(town, town.assigned(experts_each=2), 1)
    told = results_of(row, LAST)

    assert (told.agreement.documents, told.agreement.kappa, told.agreement.words) == (
        6,
        None,
        "слишком мало пар",
    )


def test_what_came_later_is_not_known_yet(town: Town) -> None:
    row = settled(town, town.assigned(), 1)

    assert results_of(row, LATER).settled == 0
    assert results_of(row, DAY).agreement.documents == 0
    assert results_of(row, date(2022, 9, 9)).settled == 6


def test_rounds_of_the_same_kinds_are_compared_by_criterion(town: Town) -> None:
    first = settled(town, town.assigned(title="Первая"), 0)
    second = settled(town, town.assigned(title="Вторая"), 2)
    changes = difference(results_of(first, LAST), results_of(second, LAST))

    assert earlier_of_same_kinds(second) == [first]
    assert [(one.before, one.after, one.change) for one in changes] == [(0, 100, 100)] * 5


def test_results_name_nobody(town: Town) -> None:
    row = settled(town, town.assigned(), 1)
    told = str(asdict(results_of(row, LAST)))

    assert not [one for one in (*town.experts, town.coordinator) if one.last_name in told]


def test_results_cost_five_queries(town: Town, django_assert_num_queries: object) -> None:
    row = settled(town, town.assigned(), 1)
    kept = Round.objects.select_related("stage").get(pk=row.pk)
    with django_assert_num_queries(5):  # type: ignore[operator]  # -- a fixture
        results_of(kept, LAST)
