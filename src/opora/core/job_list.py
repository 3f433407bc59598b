"""What waits, runs, hangs and has failed among the work put off, for the page of the administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from opora.core.jobs import letter_names, task_of
from opora.core.models import Job

UNNAMED = "Служебное задание"
FAILED, STUCK, RUNNING, WAITING, DONE = "failed", "stuck", "running", "waiting", "done"
# Look of the design and words for each state.
STATES = {
    FAILED: ("late", "Не удалось"),
    STUCK: ("wait", "Зависло"),
    RUNNING: ("half", "Выполняется"),
    WAITING: ("ahead", "Ждёт"),
    DONE: ("done", "Сделано"),
}


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job as a line of the page."""

    pk: int
    title: str
    state: str
    tries: int
    put_down_at: datetime
    tried_at: datetime | None
    next_at: datetime | None
    done_at: datetime | None
    error: str

    @property
    def look(self) -> str:
        return STATES[self.state][0]

    @property
    def words(self) -> str:
        return STATES[self.state][1]

    @property
    def may_be_tried_again(self) -> bool:
        return self.state == FAILED


@dataclass(frozen=True, slots=True)
class PostState:
    """How letters fare: the last that went, the last that did not, how many wait."""

    sent_at: datetime | None
    failed_at: datetime | None
    error: str
    waiting: int


def jobs_in(state: str, at: datetime) -> QuerySet[Job]:
    """The jobs that are in a state at a moment, newest first; an unknown state is everything but what is done."""
    conditions = _conditions(at)
    found = Job.objects.filter(conditions.get(state, ~Q(state=Job.State.DONE)))
    return found.order_by("-made_at", "-pk")


def job_counts(at: datetime) -> dict[str, int]:
    """How many jobs are in each state at a moment. One query."""
    conditions = _conditions(at)
    counts: dict[str, int] = Job.objects.aggregate(
        **{state: Count("pk", filter=condition) for state, condition in conditions.items()}
    )
    return counts


def job_line(job: Job, at: datetime) -> JobLine:
    """A job as it stands at a moment."""
    work, state = task_of(job), _state_of(job, at)
    return JobLine(
        pk=job.pk,
        title=(work.title if work is not None else "") or UNNAMED,
        state=state,
        tries=job.attempts,
        put_down_at=job.made_at,
        tried_at=job.started_at,
        next_at=job.run_after if state in (WAITING, STUCK) and job.attempts else None,
        done_at=job.done_at,
        error=job.error,
    )


def post_state() -> PostState:
    """How letters fare. Three queries."""
    letters = Job.objects.filter(task__in=letter_names())
    sent = letters.filter(state=Job.State.DONE).order_by("-done_at").first()
    failed = letters.exclude(error="").order_by("-started_at").first()
    return PostState(
        sent_at=sent.done_at if sent is not None else None,
        failed_at=failed.started_at if failed is not None else None,
        error=failed.error if failed is not None else "",
        waiting=letters.filter(state=Job.State.WAITING).count(),
    )


def _conditions(at: datetime) -> dict[str, Q]:
    waiting = Q(state=Job.State.WAITING)
    taken = Q(leased_until__gte=at)
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
    hangs = Q(stuck_at__isnull=False)
    return {
        FAILED: Q(state=Job.State.FAILED),
        STUCK: waiting & free & hangs,
        RUNNING: waiting & taken,
        WAITING: waiting & free & ~hangs,
        DONE: Q(state=Job.State.DONE),
    }


def _state_of(job: Job, at: datetime) -> str:
    if job.state != Job.State.WAITING:
        return FAILED if job.state == Job.State.FAILED else DONE
    if job.leased_until is not None and job.leased_until >= at:
        return RUNNING
    return STUCK if job.stuck_at is not None else WAITING
