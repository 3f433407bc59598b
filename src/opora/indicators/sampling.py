"""From rounds of review to the subjects of a tally: documents of a sample, and schools that did not fall into one."""

from __future__ import annotations

from dataclasses import replace

from opora.indicators.ground import Counted, Ground, key_for, school_key
from opora.indicators.models import Indicator
from opora.indicators.tally import Excused, Subject, Tally


def reviewed(line: Counted, ground: Ground) -> list[Subject]:
    """The documents of a line's rounds: confirmed on the day the round was finished, until then reported."""
    found = []
    scope = line.indicator.scope
    for one in ground.reviews.get(line.activity.pk, ()):
        key = key_for(scope, school_id=one.school_id, curator_id=None, own=f"sampled-{one.sampled_id}")
        if key is not None:
            name = one.document if scope == Indicator.Scope.NUMBER else one.title
            address = f"/reviews/{one.round_id}/"
            found.append(Subject(key, name, one.drawn_on, one.finished_on, proof=address))
    return found


def without_unsampled(tally: Tally, line: Counted, ground: Ground) -> Tally:
    """Where the line is counted by schools: those that no draw took are not expected, as a sample speaks for them."""
    rounds = ground.reviews.get(line.activity.pk, ())
    if line.indicator.scope != Indicator.Scope.SCHOOLS or not rounds:
        return tally
    taken = {one.school_id for one in rounds}
    since = min(one.drawn_on for one in rounds if one.drawn_on)
    spared = tuple(
        Excused(school_key(pk), name, "не попала в выборку", since)
        for pk, name in ground.schools_for(line.activity)
        if pk not in taken
    )
    return replace(tally, excused=(*tally.excused, *spared))
