"""Releasing a curator in the middle of the year: what stays is told, and nothing is left without a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment
from tests.appointments.test_replace import planned
from tests.appointments.town import Town

Browser = Callable[[User | None], Client]
TOLD = {"until": "2022-09-30", "reason": "Перешла в другую школу"}


def address(town: Town) -> str:
    held = Appointment.objects.get(person=town.curator, duty="curator")
    return f"/appointments/{held.pk}/release/"


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def second_curator(town: Town) -> User:
    Appointment.objects.create(
        person=town.expert, duty="curator", programme=town.programme, school=town.schools[0],
        since=date(2022, 3, 1),
    )  # fmt: skip
    return town.expert


def test_what_stays_is_told_and_must_be_settled(town: Town, browser_of: Browser) -> None:
    planned(town, date(2022, 10, 1))
    held = planned(town, date(2022, 9, 2))
    held.held_on = date(2022, 9, 2)
    held.save()
    browser = browser_of(town.coordinator)

    page = text_of(browser.get(address(town)))
    silent = browser.post(address(town), TOLD)

    assert "1 посещение" in page
    assert "1 отчёт о посещении" in page
    assert "замените человека" in page
    assert silent.status_code >= 400
    assert "Скажите, что делать с намеченными посещениями" in text_of(silent)
    assert "Перешла в другую школу" in text_of(silent)
    assert Appointment.objects.get(person=town.curator, duty="curator").until is None


def test_visits_ahead_are_handed_over_to_another_curator_of_the_school(
    town: Town, browser_of: Browser
) -> None:
    before, later = planned(town, date(2022, 9, 20)), planned(town, date(2022, 10, 5))
    other = second_curator(town)

    done = browser_of(town.coordinator).post(address(town), {**TOLD, "ahead": f"to-{other.pk}"}, follow=True)

    assert "Передано: 1 посещение, теперь Отвесова А. П." in text_of(done)
    for visit, curator in ((before, town.curator), (later, other)):
        visit.refresh_from_db()
        assert visit.curator == curator


def test_visits_ahead_are_cancelled_with_the_same_reason(town: Town, browser_of: Browser) -> None:
    later = planned(town, date(2022, 10, 5))

    done = browser_of(town.coordinator).post(address(town), {**TOLD, "ahead": "cancel"}, follow=True)

    later.refresh_from_db()
    assert "Отменено: 1 посещение." in text_of(done)
    assert later.cancel_reason == "Перешла в другую школу"


def test_a_stranger_cannot_be_named_as_the_successor(town: Town, browser_of: Browser) -> None:
    planned(town, date(2022, 10, 5))

    answer = browser_of(town.coordinator).post(address(town), {**TOLD, "ahead": f"to-{town.head.pk}"})

    assert answer.status_code >= 400
    assert Appointment.objects.get(person=town.curator, duty="curator").until is None


def test_nothing_is_asked_where_nothing_stays(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    assert "Что остаётся" not in text_of(browser.get(address(town)))
    assert browser.post(address(town), TOLD).status_code == 302
