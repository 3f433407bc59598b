"""The hands of one process that do the work put off, and the watch over them.

A thread cannot be stopped from outside. So a hand whose work passes its limit is left alone with it, another takes its
place, and when too many have been left the process is replaced as a whole.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils.timezone import get_current_timezone

from opora.core.jobs import (
    LEASE,
    USUAL_LIMIT,
    claim,
    finish,
    give_up,
    outcome_of,
    put_down_daily,
    renew,
    task_of,
)
from opora.core.models import Job
from opora.core.now import now

PAUSE = 2.0
# So many hands may hang with their work before the process is replaced.
MOST_LEFT = 4
# So many times the end of a job is noted anew while the base is away.
NOTED_TRIES = 30
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Hand:
    """One thread that takes jobs one after another; `busy` is its job and when that began, by a steady clock."""

    takes_letters: bool
    busy: tuple[Job, float] | None = None
    renewed: float = 0.0
    is_left: bool = False
    thread: threading.Thread | None = None


@dataclass(slots=True)
class Crew:
    """Two hands, one of which never touches letters, so that a silent mail server holds one at most."""

    replace_process: Callable[[], None]
    hands: list[Hand] = field(default_factory=list)
    left: list[Hand] = field(default_factory=list)
    put_down_on: date | None = None
    is_ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Begin to work in threads that end with the process."""
        for takes_letters in (True, False):
            self._hire(takes_letters)
        threading.Thread(target=self._watch, name="jobs-watch", daemon=True).start()

    def end(self) -> None:
        """Take no more work; what has been begun is finished by its thread."""
        self.is_ended.set()

    def look(self) -> None:
        """One look over the hands: the day's work is put down, leases are renewed, what hangs is waited for no longer."""
        at = now()
        today = at.astimezone(get_current_timezone()).date()
        if today != self.put_down_on:
            put_down_daily(at=at)
            self.put_down_on = today
        for hand in list(self.hands):
            busy = hand.busy
            if busy is not None:
                self._look_at(hand, *busy)
        self.left = [hand for hand in self.left if hand.thread is not None and hand.thread.is_alive()]
        if len(self.left) >= MOST_LEFT:
            log.error("%s jobs hang in this process: it is replaced", len(self.left))
            self.left = []
            self.replace_process()

    def _look_at(self, hand: Hand, job: Job, began: float) -> None:
        work, since = task_of(job), time.monotonic()
        limit = work.limit if work is not None else USUAL_LIMIT
        if since - began > limit.total_seconds():
            log.error("job %s (number %s) hangs: it is waited for no longer than %s", job, job.pk, limit)
            give_up(job, at=now())
            hand.is_left = True
            self.hands.remove(hand)
            self.left.append(hand)
            self._hire(hand.takes_letters)
        elif since - max(began, hand.renewed) > LEASE.total_seconds() / 4:
            hand.renewed = since
            renew(job, at=now())

    def _hire(self, takes_letters: bool) -> None:
        hand = Hand(takes_letters)
        hand.thread = threading.Thread(target=self._work, args=(hand,), name="jobs", daemon=True)
        self.hands.append(hand)
        hand.thread.start()

    def _work(self, hand: Hand) -> None:
        while not hand.is_left and not self.is_ended.is_set():
            try:
                close_old_connections()
                if self._do_next(hand):
                    continue
            except Exception:
                log.exception("the worker stumbled and goes on")
            self.is_ended.wait(PAUSE)
        connections.close_all()

    def _do_next(self, hand: Hand) -> bool:
        job = claim(at=now(), but_letters=not hand.takes_letters)
        if job is None:
            return False
        hand.busy = (job, time.monotonic())
        try:
            error = outcome_of(job, at=now())
        finally:
            hand.busy = None
        self._note(job, error)
        return True

    def _note(self, job: Job, error: str) -> None:
        """Note how the job ended; asked again while the base is away, or a letter that has gone would go once more."""
        for left in reversed(range(NOTED_TRIES)):
            try:
                finish(job, error=error, at=now())
            except (OperationalError, InterfaceError):
                if not left:
                    raise
                close_old_connections()
                self.is_ended.wait(PAUSE)
            else:
                return

    def _watch(self) -> None:
        while not self.is_ended.is_set():
            try:
                close_old_connections()
                self.look()
            except Exception:
                log.exception("the watch over jobs stumbled and goes on")
            self.is_ended.wait(PAUSE)
        connections.close_all()
