"""What report is asked for: of which place, for what days, about what, with which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opora.plans.models import Roadmap
from opora.programmes.models import Programme
from opora.schools.models import Municipality, Region


@dataclass(frozen=True, slots=True)
class Asked:
    """A report of a roadmap, or of a region over the roadmaps of a programme; exactly one of the two is set.

    `about` narrows it («section:2», empty for the whole); `words` are those a person adds to a note; `number` is the
    issue's when it is being frozen.
    """

    programme: Programme
    since: date
    as_of: date
    stretch: str
    roadmap: Roadmap | None = None
    region: Region | None = None
    about: str = ""
    words: str = ""
    number: int | None = None

    @property
    def plan(self) -> Roadmap:
        """The roadmap of a report that is of one."""
        assert self.roadmap is not None
        return self.roadmap

    @property
    def place(self) -> Municipality | Region:
        """Whose paper it is: the requisites and the own templates are of this place."""
        if self.roadmap is not None:
            return self.roadmap.municipality
        assert self.region is not None
        return self.region
