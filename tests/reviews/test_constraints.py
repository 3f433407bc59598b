"""Each constraint of this room is broken once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from opora.reviews.models import Criterion, Examination, Level, Round, Sampled, Score
from tests.reviews.town import DAY, LATER, Town


def broken(name: str, change: Any) -> None:
    """The change is refused by the base; which constraint, both engines tell in their own words."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()


def test_a_round_is_of_one_place_and_finished_after_its_draw(town: Town) -> None:
    row = town.round()
    rows = Round.objects.filter(pk=row.pk)
    broken("round_of_one_place", lambda: rows.update(region=town.region))
    broken("round_of_one_place", lambda: rows.update(municipality=None))
    broken("round_finished_after_draw", lambda: rows.update(finished_on=DAY))


def test_nothing_stands_twice(town: Town) -> None:
    row = town.assigned()
    first, second = row.sampled.all()[:2]
    one = first.examinations.get()
    town.hand_in(one)
    criterion = row.criteria.all()[0]
    score = one.scores.filter(criterion=criterion).get()
    twice = "once|UNIQUE"

    broken(twice, lambda: Criterion.objects.create(round=row, position=criterion.position, title="А"))
    broken(twice, lambda: Level.objects.create(criterion=criterion, points=0, title="А"))
    broken(twice, lambda: Sampled.objects.create(round=row, document=first.document, position=99))
    broken(twice, lambda: Sampled.objects.filter(pk=first.pk).update(position=second.position))
    broken(twice, lambda: Examination.objects.create(sampled=first, expert=one.expert, assigned_on=DAY))
    broken(twice, lambda: Score.objects.create(examination=one, criterion=criterion, level=score.level))


def test_what_is_handed_in_is_not_declined(town: Town) -> None:
    one = Examination.objects.filter(sampled__round=town.assigned()).first()
    assert one is not None
    town.hand_in(one)
    broken(
        "examination_declined_or_finished",
        lambda: Examination.objects.filter(pk=one.pk).update(declined_on=LATER),
    )
