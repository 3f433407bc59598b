"""The hands that do the work put off: a mail server that says nothing holds one of them, and that for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from opora.core import crew as crews
from opora.core import jobs
from opora.core.models import Job
from tests.core.silent_post import post_that_says

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST = 20.0


def insist(deed: Callable[[], Any]) -> Any:
    """The base of a SQLite test lives in memory, where whoever comes second is told at once: ask again."""
    until = time.monotonic() + LONGEST
    while True:
        try:
            return deed()
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def put_down(task: jobs.Task, number: int) -> None:
    insist(lambda: task.enqueue(key=str(number), at=timezone.now(), number=number))


def wait_for(is_so: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + LONGEST
    while not insist(is_so):
        assert time.monotonic() < until, what
        time.sleep(0.05)


@pytest.fixture
def replaced() -> list[str]:
    return []


@pytest.fixture
def crew(replaced: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[crews.Crew]:
    """A crew at work, with short pauses; it has ended, threads and all, before the base is emptied."""
    monkeypatch.setattr(crews, "PAUSE", 0.05)
    monkeypatch.setattr(jobs, "_daily", [])
    before = set(threading.enumerate())
    made = crews.Crew(replace_process=lambda: replaced.append("now"))
    made.start()
    yield made
    made.end()
    wait_for(
        lambda: not any(one.name.startswith("jobs") for one in set(threading.enumerate()) - before), "threads"
    )


@pytest.fixture
def hanging() -> Iterator[tuple[jobs.Task, threading.Event]]:
    """A task that hangs until it is let go; it is waited for no longer than a moment."""
    let_go = threading.Event()

    @jobs.task(title="Зависает", limit=timedelta(0))
    def hang(*, number: int) -> None:
        let_go.wait(LONGEST)

    yield hang, let_go
    let_go.set()
    jobs._tasks.pop(hang.name)


@pytest.fixture
def noting() -> Iterator[tuple[jobs.Task, list[int]]]:
    seen: list[int] = []

    @jobs.task(title="Проба")
    def note(*, number: int) -> None:
        seen.append(number)

    yield note, seen
    jobs._tasks.pop(note.name)


def test_a_silent_mail_server_holds_no_other_work(
    crew: crews.Crew, noting: tuple[jobs.Task, list[int]]
) -> None:
    from opora.core import mail

    @jobs.task(title="Письмо", is_letter=True)
    def letter(*, number: int) -> None:
        with mail.post():
            pass

    note, seen = noting
    with post_that_says(timeout=LONGEST):
        for number in range(3):
            put_down(letter, number)
        wait_for(lambda: any(hand.busy for hand in crew.hands), "the letter has begun")
        for number in range(3):
            put_down(note, number)
        wait_for(lambda: seen == [0, 1, 2], "other work goes on")
        letters = Job.objects.filter(task=letter.name, state=Job.State.WAITING)
        assert insist(letters.count) == 3
        jobs._tasks.pop(letter.name)
    wait_for(lambda: not any(hand.busy for hand in crew.hands), "the listener is gone")


def test_a_hanging_job_is_waited_for_no_longer_and_seen(
    crew: crews.Crew,
    hanging: tuple[jobs.Task, threading.Event],
    noting: tuple[jobs.Task, list[int]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    hang, let_go = hanging
    note, seen = noting
    for number in range(3):
        put_down(hang, number)
    wait_for(lambda: Job.objects.filter(stuck_at__isnull=False).count() == 3, "three hang")
    put_down(note, 1)
    wait_for(lambda: seen == [1], "other work goes on")
    told = insist(lambda: list(Job.objects.filter(task=hang.name).values_list("error", flat=True)))
    assert all("Зависло" in error for error in told)
    assert "hangs: it is waited for no longer" in caplog.text
    let_go.set()
    wait_for(lambda: Job.objects.filter(task=hang.name, state=Job.State.DONE).count() == 3, "done at last")
    assert len(crew.hands) == 2


def test_a_process_with_too_many_hanging_jobs_is_replaced(
    crew: crews.Crew, replaced: list[str], hanging: tuple[jobs.Task, threading.Event]
) -> None:
    hang, _ = hanging
    for number in range(crews.MOST_LEFT):
        put_down(hang, number)
    wait_for(lambda: bool(replaced), "replaced")
