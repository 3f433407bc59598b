"""Replacing a curator in the middle of the year: visits still ahead go to the new one, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.programmes.models import Stage
from opora.visits.models import Visit
from tests.appointments.town import Town

Browser = Callable[[User | None], Client]


def planned(town: Town, day: date, curator: User | None = None) -> Visit:
    stage, _ = Stage.objects.get_or_create(
        programme=town.programme,
        number=2,
        defaults={"name": "2 этап", "starts_on": date(2022, 8, 1), "ends_on": date(2022, 11, 30)},
    )
    return Visit.objects.create(
        programme=town.programme,
        stage=stage,
        school=town.schools[0],
        curator=curator or town.curator,
        planned_on=day,
        noted_on=date(2022, 8, 1),
    )


def replace(town: Town, browser: Client, new: User) -> str:
    held = Appointment.objects.get(person=town.curator, duty="curator")
    path = f"/appointments/{held.pk}/replace/"
    assert "перейдут к новому куратору" in browser.get(path).content.decode()
    told = {"person": new.pk, "reason": "Перешла в другую школу", "since": "2022-10-01"}
    return unescape(browser.post(path, told, follow=True).content.decode()).replace("\u00a0", " ")


def test_visits_from_the_first_day_of_the_new_curator_on_are_handed_over(
    town: Town, browser_of: Browser
) -> None:
    before, first, later = (
        planned(town, day) for day in (date(2022, 9, 30), date(2022, 10, 1), date(2022, 11, 8))
    )
    page = replace(town, browser_of(town.coordinator), town.expert)
    assert "Новому куратору передано 2 намеченных посещения." in page
    for visit, curator in ((before, town.curator), (first, town.expert), (later, town.expert)):
        visit.refresh_from_db()
        assert visit.curator == curator


def test_a_hand_over_that_cannot_be_leaves_the_former_curator_in_place(
    town: Town, browser_of: Browser
) -> None:
    day = date(2022, 10, 12)
    visit = planned(town, day)
    planned(town, day, town.expert)
    page = replace(town, browser_of(town.coordinator), town.expert)
    assert "уже намечает посещение этой школы на 12 октября 2022" in page
    assert "Перешла в другую школу" in page
    assert Appointment.objects.get(person=town.curator, duty="curator").until is None
    visit.refresh_from_db()
    assert visit.curator == town.curator


def test_a_replaced_school_coordinator_hands_over_no_visits(town: Town, browser_of: Browser) -> None:
    visit = planned(town, date(2022, 10, 12), town.keeper)
    held = Appointment.objects.get(person=town.keeper, duty="school_coordinator")
    told = {"person": town.expert.pk, "reason": "Уход", "since": "2022-10-01"}
    browser_of(town.coordinator).post(f"/appointments/{held.pk}/replace/", told)
    visit.refresh_from_db()
    assert visit.curator == town.keeper
