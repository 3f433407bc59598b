"""Work for later: durable rows with leases, in the shape of `django.tasks` (`@task`, `.enqueue()`).

A job may run twice (its worker was killed after the work and before the mark, or was not waited for any longer), so
every task must be safe to repeat.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, overload

from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import get_current_timezone

from opora.core.history import HistoryLine, record_many
from opora.core.job_errors import UNKNOWN_TASK, is_known, words_of
from opora.core.models import Job
from opora.core.refusal import Refused
from opora.core.russian import counted

# A lease is renewed while the work goes on: a killed worker's job is free again after this.
LEASE = timedelta(minutes=2)
# A task that says nothing of its own is waited for so long.
USUAL_LIMIT = timedelta(minutes=5)
ATTEMPTS = 6
# Done work is remembered for so long; failed work waits for a person three times longer.
KEPT = timedelta(days=30)
_tasks: dict[str, Task] = {}
_daily: list[Task] = []
log = logging.getLogger(__name__)

Work = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Task:
    """A function that can be put off; arguments are plain JSON values.

    `limit` is how long it is waited for; a letter is told apart, since one post server holds all of them; a task that
    `is_of_its_day` is not done on a later one.
    """

    name: str
    run: Work
    title: str = ""
    limit: timedelta = USUAL_LIMIT
    is_letter: bool = False
    is_of_its_day: bool = False

    def enqueue(self, *, key: str, at: datetime, about: models.Model | None = None, **arguments: Any) -> Job:
        """Put the work down in the current transaction; the same key is put down once."""
        job, _ = Job.objects.get_or_create(
            key=f"{self.name}:{key}",
            defaults={
                "task": self.name,
                "arguments": json.dumps(arguments, ensure_ascii=False),
                "about": mark_of(about) if about is not None else "",
                "run_after": at,
                "made_at": at,
            },
        )
        return job


@overload
def task(function: Work, /) -> Task:
    """A task that says nothing of its own."""


@overload
def task(
    *, title: str, limit: timedelta = ..., is_letter: bool = ..., is_of_its_day: bool = ...
) -> Callable[[Work], Task]:
    """A task with a name for people, a limit or a turn of its own."""


def task(function: Work | None = None, /, **said: Any) -> Task | Callable[[Work], Task]:
    """Make a module-level function a task named by its module and name; `title` is its name for people."""

    def made(function: Work) -> Task:
        one = Task(f"{function.__module__}.{function.__name__}", function, **said)
        _tasks[one.name] = one
        return one

    return made(function) if function is not None else made


def daily(work: Task) -> Task:
    """Make a task one that is put down every day; it is told `moment`, the moment of that in ISO."""
    _daily.append(work)
    return work


def task_of(job: Job) -> Task | None:
    """The task of a job; None where the row was left by another version of the product."""
    return _tasks.get(job.task)


def tasks() -> tuple[Task, ...]:
    """Every task that is known."""
    return tuple(_tasks.values())


def letter_names() -> list[str]:
    """The names of the tasks that send letters."""
    return [one.name for one in _tasks.values() if one.is_letter]


def daily_names() -> list[str]:
    """The names of the tasks that are put down every day."""
    return [one.name for one in _daily]


def mark_of(row: models.Model) -> str:
    """How a job names the row that it is about."""
    return f"{row._meta.label_lower}:{row.pk}"


def put_down_daily(*, at: datetime) -> None:
    """Put down the work of the day, each once a day whoever asks; the day is of the installation's own zone."""
    for work in _daily:
        work.enqueue(key=_day(at).isoformat(), at=at, moment=at.isoformat())


def run_next(*, at: datetime) -> bool:
    """Take one ready job and do it; False when nothing is ready. A failed one is tried again later, six times."""
    job = claim(at=at)
    if job is None:
        return False
    finish(job, error=outcome_of(job, at=at), at=at)
    return True


def claim(*, at: datetime, but_letters: bool = False) -> Job | None:
    """Take the next ready job under a lease; with `but_letters` letters are left to others."""
    with transaction.atomic():
        ready = Job.objects.select_for_update(skip_locked=True) if _can_skip_locked() else Job.objects.all()
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
        if but_letters:
            ready = ready.exclude(task__in=letter_names())
        job = (
            ready.filter(free, state=Job.State.WAITING, run_after__lte=at).order_by("run_after", "pk").first()
        )
        if job is not None:
            job.started_at, job.leased_until, job.attempts = at, at + LEASE, job.attempts + 1
            job.save(update_fields=["started_at", "leased_until", "attempts"])
        return job


def outcome_of(job: Job, *, at: datetime) -> str:
    """Do a job and return what went wrong, in words; empty when it is done."""
    work = _tasks.get(job.task)
    if work is None:
        return UNKNOWN_TASK
    arguments = json.loads(job.arguments)
    if work.is_of_its_day and _day(datetime.fromisoformat(arguments["moment"])) != _day(at):
        return ""
    try:
        work.run(**arguments)
    except Exception as error:
        # What is known and has words needs no page of code in the log.
        log.warning("job %s failed: %s: %s", job, type(error).__name__, error, exc_info=not is_known(error))
        return words_of(error)
    return ""


def finish(job: Job, *, error: str, at: datetime) -> bool:
    """Note how a job ended; False when somebody else has taken it meanwhile, and then nothing is noted."""
    if error:
        return _put_off(job, at, error)
    done = {"state": Job.State.DONE, "done_at": at, "error": "", "leased_until": None}
    # Waited for no longer, and yet done: so it is done, unless it was taken anew.
    return bool(_own(job).exclude(state=Job.State.DONE).update(**done))


def renew(job: Job, *, at: datetime) -> bool:
    """Prolong the lease of a job that is still being done; False when it is no longer ours."""
    return bool(_own(job).filter(leased_until__isnull=False).update(leased_until=at + LEASE))


def give_up(job: Job, *, at: datetime) -> bool:
    """Wait no longer for a job that has passed the limit of its task: it is put off as a failed one."""
    work = task_of(job)
    waited = work.limit if work is not None else USUAL_LIMIT
    minutes = counted(max(1, round(waited.total_seconds() / 60)), "минуту", "минуты", "минут")
    error = f"Зависло: за {minutes} работа не закончилась, и ждать её перестали."
    return _put_off(job, at, error, stuck_at=at)


def try_again(*, jobs: list[Job], by: Any, at: datetime) -> int:
    """Put failed jobs down anew and return how many. Refused when none of them has failed."""
    with transaction.atomic():
        failed = Job.objects.filter(pk__in=[job.pk for job in jobs], state=Job.State.FAILED)
        chosen = list(failed.select_for_update())
        if not chosen:
            raise Refused("Повторять нечего: эти задания уже ждут своей очереди или сделаны.")
        Job.objects.filter(pk__in=[job.pk for job in chosen]).update(
            state=Job.State.WAITING, attempts=0, run_after=at, leased_until=None, stuck_at=None
        )
        record_many([HistoryLine(job, "job.tried_again", {}) for job in chosen], by=by, at=at)
    return len(chosen)


def remove_old(*, at: datetime) -> int:
    """Remove done work older than a month and failed work older than three; returns how many rows."""
    done = Q(state=Job.State.DONE, done_at__lt=at - KEPT)
    failed = Q(state=Job.State.FAILED, run_after__lt=at - 3 * KEPT)
    removed, _ = Job.objects.filter(done | failed).delete()
    return removed


def _put_off(job: Job, at: datetime, error: str, **more: Any) -> bool:
    is_last = job.attempts >= ATTEMPTS
    put_off = {
        "state": Job.State.FAILED if is_last else Job.State.WAITING,
        "leased_until": None,
        "run_after": at + timedelta(seconds=10 * 4**job.attempts),
        "error": error[:2000],
    }
    return bool(_own(job).filter(leased_until__isnull=False).update(**put_off, **more))


def _own(job: Job) -> models.QuerySet[Job]:
    # Whoever takes a job adds an attempt: the number tells our try from a later one.
    return Job.objects.filter(pk=job.pk, attempts=job.attempts)


def _day(at: datetime) -> date:
    return at.astimezone(get_current_timezone()).date()


def _can_skip_locked() -> bool:
    return transaction.get_connection().features.has_select_for_update_skip_locked


@daily
@task(title="Уборка сделанных заданий")
def remove_old_jobs(*, moment: str) -> None:
    """Keep the table of jobs short."""
    remove_old(at=datetime.fromisoformat(moment))
