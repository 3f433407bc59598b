"""Two people at once: one deed is done, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from opora.core.refusal import Refused
from opora.visits import actions
from opora.visits.models import Visit
from tests.indicators.town import Town
from tests.visits.town import AT, NOTED, TODAY, fresh, make_visited_town, plan, report, verbs

TRIES = 10_000


@pytest.fixture
def town(transactional_db: None) -> Town:
    return make_visited_town(1)


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do deeds in threads that start together; «done» or the code of the refusal of each, in order of words."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        barrier.wait()
        try:
            return attempt(deed)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(run, deeds))


def attempt(deed: Callable[[], object]) -> str:
    """The base of a SQLite test lives in memory, where a second writer is told at once: it asks again."""
    for _ in range(TRIES):
        try:
            deed()
        except Refused as refusal:
            return refusal.code
        except OperationalError as error:
            if "locked" not in str(error):
                raise
        else:
            return "done"
    raise AssertionError("no turn came")


def test_two_approve_at_once_and_one_is_told_it_is_done(town: Town) -> None:
    visit = report(town, plan(town))

    told = at_once(
        *(
            lambda person=person: actions.approve_visit(visit=visit, on=TODAY, by=person, at=AT)
            for person in (town.head, town.coordinator)
        )
    )

    assert told == ["R-TWICE", "done"]
    assert verbs(visit).count("visit.approved") == 1


def test_two_phones_save_at_once_and_nothing_is_lost(town: Town) -> None:
    visit = plan(town)
    texts = ("С телефона", "С компьютера")

    told = at_once(
        *(
            lambda text=text: actions.save_sheet(
                visit=visit, sheet={"seen": text}, sheet_version=0, by=town.curators[0], at=AT
            )
            for text in texts
        )
    )

    assert told == ["R-CONFLICT", "done"]
    assert (fresh(visit).sheet["seen"] in texts, fresh(visit).sheet_version) == (True, 1)


def test_two_plan_the_same_visit_at_once_and_it_is_one(town: Town) -> None:
    told = at_once(*(lambda: plan(town, on=NOTED) for _ in range(2)))

    assert told == ["R-TWICE", "done"]
    assert Visit.objects.count() == 1
