"""What a page of visits is asked with in its address: a stage, a curator, a school, a state, a month."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from opora.dashboard.request import Request
from opora.visits.models import Visit
from opora.visits.month import Month, month_of, read_month
from opora.visits.states import WORDS

MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions of a list; None and an empty string ask for everything."""

    month: Month
    stage: int | None = None
    curator: int | None = None
    school: int | None = None
    state: str = ""
    is_all: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.stage or self.curator or self.school or self.state)

    def narrowed(self, visits: QuerySet[Visit]) -> QuerySet[Visit]:
        """The visits of the stage, the curator and the school; states are told in Python."""
        chosen = {"stage": self.stage, "curator": self.curator, "school": self.school}
        return visits.filter(**{name: pk for name, pk in chosen.items() if pk is not None})


def asked_of(request: Request) -> Asked:
    """The conditions of a request; what cannot be read asks for nothing."""
    query = request.GET
    state = query.get("state", "")
    return Asked(
        month=read_month(query.get("month", "")) or month_of(request.as_of),
        stage=number_in(query, "stage"),
        curator=number_in(query, "curator"),
        school=number_in(query, "school"),
        state=state if state in WORDS else "",
        is_all=query.get("show") == "all",
    )


def number_in(query: QueryDict, name: str) -> int | None:
    """The number of a row; None when there is none or it is too long to be one."""
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
