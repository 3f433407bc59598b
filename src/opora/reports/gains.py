"""Which lines were finished before a stretch began: what is finished now and was not then is what the stretch gained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from opora.indicators.queries import standings
from opora.indicators.state import LineState
from opora.plans.models import Roadmap


def finished_before(
    roadmaps: Sequence[Roadmap], since: date, states: Mapping[int, Sequence[LineState]]
) -> set[int]:
    """The keys of lines that stood finished on the day before `since`; `states` are those of the report's own day.

    A stretch that begins with the programme is told from the days of completion and asks for nothing.
    """
    if all(since <= roadmap.programme.starts_on for roadmap in roadmaps):
        now = (state for lines in states.values() for state in lines)
        return {one.activity.pk for one in now if one.done_on is not None and one.done_on < since}
    before = standings(roadmaps, since - timedelta(days=1))
    return {state.activity.pk for lines in before.values() for state in lines if state.is_finished}
