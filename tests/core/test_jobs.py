"""Work put off: its turn, its tries, its limit, and what becomes of old rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from opora.core import jobs
from opora.core.job_errors import UNKNOWN_TASK
from opora.core.jobs import ATTEMPTS, KEPT, LEASE, claim, finish, give_up, renew, run_next
from opora.core.models import HistoryEntry, Job
from opora.core.refusal import Refused
from tests.accounts.conftest import town  # noqa: F401 -- a fixture
from tests.appointments.town import Town

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db
done: list[str] = []


@pytest.fixture
def work() -> Iterator[jobs.Task]:
    """A task known for one test: it notes its word, or fails by it."""

    @jobs.task(title="Проба", limit=timedelta(seconds=60))
    def probe(*, word: str, moment: str = "") -> None:
        if word == "refuse":
            raise Refused("Так нельзя.")
        if word == "break":
            raise KeyError(word)
        done.append(word)

    done.clear()
    yield probe
    jobs._tasks.pop(probe.name)


def test_a_job_is_done_once(work: jobs.Task) -> None:
    work.enqueue(key="1", at=AT, word="a")
    work.enqueue(key="1", at=AT, word="a")
    assert [run_next(at=AT), run_next(at=AT), done] == [True, False, ["a"]]
    assert Job.objects.get().state == Job.State.DONE


@pytest.mark.parametrize(("word", "said"), [("refuse", "Так нельзя."), ("break", "Непредвиденная ошибка")])
def test_a_failed_job_is_tried_six_times_and_says_why_in_words(work: jobs.Task, word: str, said: str) -> None:
    work.enqueue(key="1", at=AT, word=word)
    at, tries = AT, 0
    while run_next(at=at):
        tries, at = tries + 1, at + timedelta(days=1)
    job = Job.objects.get()
    assert (tries, job.state, job.attempts) == (ATTEMPTS, Job.State.FAILED, ATTEMPTS)
    assert said in job.error
    assert "KeyError" not in job.error


def test_a_job_of_another_version_fails_in_words_and_holds_nobody(work: jobs.Task) -> None:
    Job.objects.create(task="opora.gone.away", key="x", run_after=AT - timedelta(hours=1), made_at=AT)
    work.enqueue(key="1", at=AT, word="a")
    assert run_next(at=AT)
    assert run_next(at=AT)
    assert done == ["a"]
    assert Job.objects.get(key="x").error == UNKNOWN_TASK


def test_a_killed_workers_job_is_free_after_the_lease_and_a_renewed_one_is_not(work: jobs.Task) -> None:
    work.enqueue(key="1", at=AT, word="a")
    held = claim(at=AT)
    assert held is not None
    assert claim(at=AT + LEASE / 2) is None
    assert renew(held, at=AT + LEASE / 2)
    assert claim(at=AT + LEASE + LEASE / 4) is None
    assert claim(at=AT + LEASE * 2) is not None


def test_what_was_given_up_is_put_off_with_words_and_is_seen(work: jobs.Task) -> None:
    work.enqueue(key="1", at=AT, word="a")
    held = claim(at=AT)
    assert held is not None
    assert give_up(held, at=AT + timedelta(minutes=1))
    job = Job.objects.get()
    assert "за 1\u00a0минуту работа не закончилась" in job.error
    assert (job.state, job.stuck_at, job.leased_until) == (
        Job.State.WAITING,
        AT + timedelta(minutes=1),
        None,
    )
    # it ended after all, before anybody took it anew: it is done and is not done again
    assert finish(held, error="", at=AT + timedelta(minutes=2))
    assert claim(at=AT + timedelta(days=1)) is None


def test_who_lost_a_job_to_another_notes_nothing(work: jobs.Task) -> None:
    work.enqueue(key="1", at=AT, word="a")
    first = claim(at=AT)
    second = claim(at=AT + LEASE * 2)
    assert first is not None
    assert second is not None
    assert not renew(first, at=AT + LEASE * 2)
    assert not finish(first, error="опоздал", at=AT + LEASE * 2)
    assert not give_up(first, at=AT + LEASE * 2)
    assert finish(second, error="", at=AT + LEASE * 2)
    assert Job.objects.get().state == Job.State.DONE


def test_failed_work_is_tried_again_by_a_person(work: jobs.Task, town: Town) -> None:  # noqa: F811 -- the fixture
    work.enqueue(key="1", at=AT, word="a")
    Job.objects.update(state=Job.State.FAILED, attempts=ATTEMPTS)
    failed = list(Job.objects.all())
    assert jobs.try_again(jobs=failed, by=town.coordinator, at=AT) == 1
    assert HistoryEntry.objects.filter(verb="job.tried_again").count() == 1
    with pytest.raises(Refused, match="Повторять нечего"):
        jobs.try_again(jobs=failed, by=town.coordinator, at=AT)
    assert run_next(at=AT)
    assert done == ["a"]


def test_old_rows_go_and_waiting_ones_stay(work: jobs.Task) -> None:
    for key in ("done", "failed", "fresh", "waiting"):
        work.enqueue(key=key, at=AT, word=key)
    Job.objects.filter(key__endswith=":done").update(state=Job.State.DONE, done_at=AT)
    Job.objects.filter(key__endswith=":failed").update(state=Job.State.FAILED)
    Job.objects.filter(key__endswith=":fresh").update(state=Job.State.DONE, done_at=AT + KEPT)
    jobs.remove_old_jobs.run(moment=(AT + KEPT + timedelta(hours=1)).isoformat())
    assert {job.key.rsplit(":", 1)[1] for job in Job.objects.all()} == {"failed", "fresh", "waiting"}
    assert jobs.remove_old(at=AT + 4 * KEPT) == 2
    assert Job.objects.get().key.endswith(":waiting")


def test_work_of_a_day_is_not_done_on_a_later_one() -> None:
    @jobs.task(title="Проба дня", is_of_its_day=True)
    def probe_of_day(*, moment: str) -> None:
        done.append(moment)

    done.clear()
    for key, day in (("1", AT), ("2", AT + timedelta(days=1))):
        probe_of_day.enqueue(key=key, at=AT, moment=day.isoformat())
    while run_next(at=AT + timedelta(days=1)):
        pass
    jobs._tasks.pop(probe_of_day.name)
    assert done == [(AT + timedelta(days=1)).isoformat()]
    assert not Job.objects.exclude(state=Job.State.DONE).exists()


def test_every_task_has_a_name_for_people() -> None:
    assert [one.name for one in jobs.tasks() if not one.title] == []
