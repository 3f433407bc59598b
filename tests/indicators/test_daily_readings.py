"""Readings of the day: the server takes them itself, and a day when it did not work has none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import get_current_timezone

from opora.core.jobs import put_down_daily, run_next
from opora.core.models import Job
from opora.indicators.models import Reading
from tests.indicators.town import make_town

pytestmark = pytest.mark.django_db


def morning(day: int) -> datetime:
    return datetime(2022, 9, day, 8, tzinfo=get_current_timezone())


def work(at: datetime) -> None:
    while run_next(at=at):
        pass


def days() -> set[date]:
    return set(Reading.objects.values_list("taken_on", flat=True))


def test_each_day_that_the_server_works_has_its_readings_once() -> None:
    make_town().plan([("attested", "one", 1)])
    for hour in (0, 1, 5):
        put_down_daily(at=morning(14) + timedelta(hours=hour))
        work(morning(14) + timedelta(hours=hour))
    assert days() == {date(2022, 9, 14)}
    once = Reading.objects.count()
    put_down_daily(at=morning(15))
    work(morning(15))
    assert (days(), Reading.objects.count()) == ({date(2022, 9, 14), date(2022, 9, 15)}, 2 * once)


def test_a_day_that_was_missed_is_not_invented() -> None:
    make_town().plan([("attested", "one", 1)])
    put_down_daily(at=morning(14))
    put_down_daily(at=morning(17))
    work(morning(17))
    assert days() == {date(2022, 9, 17)}


def test_the_demonstration_is_read_on_the_day_it_stands_on(settings: Any) -> None:
    settings.STANDS_ON = "2022-09-10"
    make_town().plan([("attested", "one", 1)])
    put_down_daily(at=morning(17))
    work(morning(17))
    assert days() == {date(2022, 9, 10)}


def test_without_a_roadmap_there_is_nothing_to_read() -> None:
    put_down_daily(at=morning(14))
    work(morning(14))
    assert not Job.objects.exclude(error="").exists()
