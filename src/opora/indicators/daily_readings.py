"""Readings of the day: the server takes them itself, once a day; a day when it did not work has none."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import get_current_timezone

from opora.core.jobs import daily, task
from opora.core.standing import standing_day
from opora.indicators.actions import take_readings
from opora.indicators.queries import standings
from opora.plans.models import Roadmap
from opora.plans.queries import roadmaps_asked

# So many roadmaps are counted at once: a region's thousand lines fit into memory whatever their number.
AT_ONCE = 50


def readings_of(on: date, roadmap: int | None = None) -> tuple[int, int]:
    """Take the readings of a day for one roadmap or for all: how many lines there are, how many readings are new."""
    roadmaps = roadmaps_asked(roadmap)
    made = lines = 0
    for first in range(0, len(roadmaps), AT_ONCE):
        chosen = roadmaps[first : first + AT_ONCE]
        states = [state for group in standings(chosen, on).values() for state in group]
        made += take_readings(states=states, on=on)
        lines += len(states)
    return lines, made


# The state of a day that has passed is not counted from the rows of a later one: such a day has no reading.
@daily
@task(title="Замеры показателей за день", limit=timedelta(minutes=30), is_of_its_day=True)
def take_daily_readings(*, moment: str) -> None:
    """Keep the state of every line on the day of the moment."""
    if not Roadmap.objects.exists():
        return
    day = datetime.fromisoformat(moment).astimezone(get_current_timezone()).date()
    readings_of(standing_day(day))
