"""The page «Задания»: what waits, runs, hangs and has failed, the post, and trying again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from opora.accounts.letters import send_invitation
from opora.accounts.models import User
from opora.core.jobs import run_next
from opora.core.models import HistoryEntry, Job
from opora.documents.actions.texts import read_later
from tests.appointments.town import Town, browser_of, open_as, town

__all__ = ["browser_of", "town"]
Browser = Callable[[User | None], Client]
PLACE = "/settings/jobs/"


def put_down(count: int = 1, **more: Any) -> list[Job]:
    at = timezone.now()
    first = Job.objects.count()
    jobs = [
        read_later.enqueue(key=str(first + number), at=at - timedelta(hours=1), document=number)
        for number in range(count)
    ]
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(**more)
    return jobs


def test_each_state_has_its_words(town: Town, browser_of: Browser) -> None:
    at = timezone.now()
    put_down()
    put_down(leased_until=at + timedelta(minutes=1), started_at=at, attempts=1)
    put_down(stuck_at=at, attempts=1, error="Зависло: за 5 минут работа не закончилась.")
    put_down(state=Job.State.FAILED, attempts=6, error="Файл повреждён.")
    put_down(state=Job.State.DONE, done_at=at)
    page = open_as(browser_of(town.coordinator), PLACE)
    for words in ("Ждёт", "Выполняется", "Зависло: за 5 минут", "Не удалось", "Файл повреждён."):
        assert words in page, words
    assert (
        page.count("Чтение документа для поиска</th>") + page.count("Чтение документа для поиска<span") == 4
    )
    assert "read_later" not in page
    for state, count in (("failed", 1), ("stuck", 1), ("running", 1), ("waiting", 1), ("done", 1)):
        assert open_as(browser_of(town.coordinator), f"{PLACE}?show={state}").count("<tr>") == 1 + count


def test_one_failed_job_and_then_all_are_tried_again(town: Town, browser_of: Browser) -> None:
    jobs = put_down(3, state=Job.State.FAILED, attempts=6, error="Файл повреждён.")
    browser = browser_of(town.coordinator)
    browser.post(f"{PLACE}again/", {"job": jobs[0].pk})
    assert Job.objects.filter(state=Job.State.FAILED).count() == 2
    assert "На повтор: 1 задание" in open_as(browser, PLACE)
    browser.post(f"{PLACE}again/")
    assert not Job.objects.filter(state=Job.State.FAILED).exists()
    assert HistoryEntry.objects.filter(verb="job.tried_again", person_id=town.coordinator.pk).count() == 3
    assert run_next(at=timezone.now())
    assert browser.post(f"{PLACE}again/", {"job": jobs[0].pk}).status_code == 422
    for junk in ("9" * 30, "²", "a"):
        assert browser.post(f"{PLACE}again/", {"job": junk}).status_code in {404, 422}


def test_the_post_is_told_without_secrets(town: Town, browser_of: Browser, settings: Any) -> None:
    browser = browser_of(town.coordinator)
    assert "писем ещё не было" in open_as(browser, PLACE)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_SSL = "smtp.example.ru", 465, True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "post@example.ru", "очень-тайно"
    at = timezone.now()
    for key, more in (
        ("1", {"state": Job.State.DONE, "done_at": at}),
        ("2", {"error": "Почтовый сервер не ответил за 12 с.", "started_at": at, "attempts": 1}),
    ):
        job = send_invitation.enqueue(key=key, at=at, person=1, by=1, moment=at.isoformat())
        Job.objects.filter(pk=job.pk).update(**more)
    page = open_as(browser, PLACE)
    for words in ("smtp.example.ru, порт 465, шифрование SSL", "не ответил за 12 с", "1 письмо"):
        assert words in page, words
    assert "тайно" not in page


def test_where_there_is_no_post_the_page_says_so(town: Town, browser_of: Browser, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "Почта не настроена" in open_as(browser_of(town.coordinator), PLACE)


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_costs_the_same_for_any_number_of_jobs(
    town: Town, browser_of: Browser, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    put_down(count, state=Job.State.FAILED, error="Файл повреждён.")
    browser = browser_of(town.coordinator)
    with django_assert_num_queries(11):
        browser.get(PLACE)


def test_the_settings_lead_there(town: Town, browser_of: Browser) -> None:
    assert PLACE in open_as(browser_of(town.coordinator), "/settings/")
