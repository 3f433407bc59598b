"""From the risk profiles of schools to the subjects of a tally."""

from __future__ import annotations

from opora.indicators.ground import Counted, Ground, key_for
from opora.indicators.models import Indicator
from opora.indicators.tally import Subject

# A choice is a school's: one thing of the whole centre is not proven by it.
SCOPES = (Indicator.Scope.SCHOOLS, Indicator.Scope.NUMBER)


def chosen(line: Counted, ground: Ground) -> list[Subject]:
    """The schools of a line whose choice is complete: confirmed once its curator has verified it, until then reported."""
    if line.indicator.scope not in SCOPES:
        return []
    found = []
    for one in ground.risks_for(line.activity):
        key = key_for(
            line.indicator.scope, school_id=one.school_id, curator_id=None, own=f"risks-{one.school_id}"
        )
        if key is not None:
            address = f"/risks/{one.school_id}/"
            found.append(Subject(key, "Выбор сделан", one.chosen_on, one.verified_on, proof=address))
    return found
