"""The programme a page speaks of: that of the roadmap chosen above, else the one that runs on the day."""

from __future__ import annotations

from opora.core.refusal import Refused
from opora.dashboard.frame import programme_spoken_of
from opora.dashboard.request import Request
from opora.programmes.models import Programme


def chosen_programme(request: Request) -> Programme:
    """The programme of a request. Refused when nothing has been loaded yet."""
    found = programme_spoken_of(request)
    if found is None:
        raise Refused("Программ пока нет. Их загружает команда «./opora init».")
    return found
