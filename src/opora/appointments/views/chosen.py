"""The programme a page speaks of: that of the roadmap chosen above, else the one that runs on the day."""

from __future__ import annotations

from opora.core.refusal import Refused
from opora.dashboard.frame import seen_roadmaps
from opora.dashboard.request import Request
from opora.programmes.models import Programme
from opora.programmes.queries import programme_on


def chosen_programme(request: Request) -> Programme:
    """The programme of a request. Refused when nothing has been loaded yet."""
    roadmaps = seen_roadmaps(request)
    chosen = request.session.get("roadmap")
    if roadmaps:
        return next((one for one in roadmaps if one.pk == chosen), roadmaps[0]).programme
    found = programme_on(request.as_of)
    if found is None:
        raise Refused("Программ пока нет. Их загружает команда «./opora init».")
    return found
