"""A browser whose clock can be set: people do their deeds on the day on which they do them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Any
from urllib.parse import parse_qs

import time_machine
from django.test import Client
from django.utils.timezone import get_default_timezone

NOON = time_of_day(12)
_STARTED = time.monotonic()


class DayClient(Client):
    """A browser on a day of its own; None is the day of the machine.

    Whoever asks a page with `?on=2022-09-15` comes on that very day and stays on it: the clock of the server is moved
    there for each of their requests. So a story says at once which day it is, and the product sees a usual today.
    Whoever does not travel stays on their day and looks at another one from there.
    """

    day: date | None = None
    travels = True

    def request(self, **request: Any) -> Any:
        told = parse_qs(request.get("QUERY_STRING", "")).get("on", [""])[0]
        if not self.travels:
            pass
        elif told == "today":
            self.day = None
        elif told:
            with suppress(ValueError):
                self.day = date.fromisoformat(told)
        with clock_on(self.day):
            return super().request(**request)


@contextmanager
def clock_on(day: date | None) -> Iterator[None]:
    """The clock of the whole process at noon of a day; deeds of one day keep their order."""
    if day is None:
        yield
        return
    since = (time.monotonic() - _STARTED) % (6 * 60 * 60)
    noon = datetime.combine(day, NOON, tzinfo=get_default_timezone()).timestamp()
    with time_machine.travel(noon + since, tick=True):
        yield
