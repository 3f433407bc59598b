"""Work for later: durable rows with leases, in the shape of `django.tasks` (`@task`, `.enqueue()`).

A job may run twice (its worker was killed after the work and before the mark), so every task must be safe to repeat.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import get_current_timezone

from opora.core.models import Job

LEASE = timedelta(minutes=2)
ATTEMPTS = 6
_tasks: dict[str, Task] = {}
_daily: list[Task] = []
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """A function that can be put off; arguments are plain JSON values."""

    name: str
    run: Callable[..., None]

    def enqueue(self, *, key: str, at: datetime, **arguments: Any) -> Job:
        """Put the work down in the current transaction; the same key is put down once."""
        job, _ = Job.objects.get_or_create(
            key=f"{self.name}:{key}",
            defaults={
                "task": self.name,
                "arguments": json.dumps(arguments, ensure_ascii=False),
                "run_after": at,
                "made_at": at,
            },
        )
        return job


def task(function: Callable[..., None]) -> Task:
    """Make a module-level function a task named by its module and name."""
    made = Task(f"{function.__module__}.{function.__name__}", function)
    _tasks[made.name] = made
    return made


def daily(work: Task) -> Task:
    """Make a task one that is put down every day; it is told `moment`, the moment of that in ISO."""
    _daily.append(work)
    return work


def put_down_daily(*, at: datetime) -> None:
    """Put down the work of the day, each once a day whoever asks; the day is of the installation's own zone."""
    day = at.astimezone(get_current_timezone()).date()
    for work in _daily:
        work.enqueue(key=day.isoformat(), at=at, moment=at.isoformat())


def run_next(*, at: datetime) -> bool:
    """Take one ready job and do it; False when nothing is ready. A failed one is tried again later, six times."""
    job = _lease(at)
    if job is None:
        return False
    try:
        _tasks[job.task].run(**json.loads(job.arguments))
    except Exception as error:
        log.exception("job %s failed", job.task)
        _put_off(job, at, error)
    else:
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, done_at=at, error="")
    return True


def _lease(at: datetime) -> Job | None:
    with transaction.atomic():
        ready = Job.objects.select_for_update(skip_locked=True) if _can_skip_locked() else Job.objects
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        job = (
            ready.filter(free, state=Job.State.WAITING, run_after__lte=at).order_by("run_after", "pk").first()
        )
        if job is not None:
            job.leased_until, job.attempts = at + LEASE, job.attempts + 1
            job.save(update_fields=["leased_until", "attempts"])
        return job


def _put_off(job: Job, at: datetime, error: Exception) -> None:
    is_last = job.attempts >= ATTEMPTS
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.FAILED if is_last else Job.State.WAITING,
        leased_until=None,
        run_after=at + timedelta(seconds=10 * 4**job.attempts),
        error=f"{type(error).__name__}: {error}"[:2000],
    )


def _can_skip_locked() -> bool:
    return transaction.get_connection().features.has_select_for_update_skip_locked
