"""A town with one line under each of the states that a report tells of."""

from __future__ import annotations

from datetime import date

import pytest

from opora.indicators.actions import excuse
from tests.indicators.town import AT, Town, make_town


@pytest.fixture
def town(db: None) -> Town:
    """Line 1 done on 5 May, line 2 done on 10 June, line 3 late of two schools, line 4 late and nothing known."""
    made = make_town()
    made.plan(
        [("documents_ready", "one", 1)],
        [("documents_published", "one", 1)],
        [("documents_ready", "schools", 1)],
        [("attested", "one", 1)],
    )
    made.approved("Отчёт о первом", on=date(2022, 5, 5))
    made.published("Справка", activity=made.lines[1], on=date(2022, 6, 10))
    made.approved("График", activity=made.lines[2], school=made.schools[0])
    excuse(
        activity=made.lines[2],
        school=made.schools[1],
        since=date(2022, 3, 1),
        reason="Ремонт",
        by=made.coordinator,
        at=AT,
    )
    return made
