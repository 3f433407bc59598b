"""The pages of refused files and of a person's data in a real browser: readable by everybody, fit for a telephone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from opora.accounts.actions import invite, note_refused_files
from opora.core.refused_files import FileNote
from tests.accounts.test_person_data import leaver
from tests.appointments.town import AT, Town
from tests.axe import faults

pytestmark = pytest.mark.browser


def test_the_pages_are_accessible_and_do_not_overflow(town: Town, page: Any, live_server: Any) -> None:
    one = leaver(town)
    invite(person=one, by=town.coordinator, at=AT)
    for minutes in range(6):
        note_refused_files(
            person=town.curator,
            notes=[FileNote("ab" * 32, 123_456, "F-ACTIVE", 0.25)],
            at=timezone.now() - timedelta(minutes=minutes),
        )
    door = Client()
    door.force_login(town.coordinator)
    page.context.add_cookies(
        [{"name": "opora", "value": door.cookies["opora"].value, "url": live_server.url}]
    )

    for address in (
        "/people/",
        "/people/refused-files/",
        f"/people/{one.pk}/data/",
        f"/people/{one.pk}/data/erase/",
    ):
        page.goto(f"{live_server.url}{address}")
        assert faults(page) == [], address
        for width, height in ((1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
