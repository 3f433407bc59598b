"""Browsers for the journeys: whatever is opened, nothing outside is asked, nothing is said in the console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from opora.accounts.actions import set_password
from opora.accounts.models import User
from opora.demo.furnish import furnish
from opora.demo.story import STANDS_ON
from opora.questionnaires.views.facts import facts_of
from opora.visits.views.report_files import papers_of
from tests.axe import TAGS, faults
from tests.lines.town import Town, empty_town
from tests.quiet import wait_until_quiet

PASSWORD = "мост на семи опорах"
DESK, PHONE, ZOOMED = (1366, 768), (390, 844), (683, 384)
WAIT = 15_000


@dataclass
class Desk:
    """One person's browser window, with everything it must not have done."""

    page: Any
    settings: Any
    outside: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def go(self, address: str, status: int = 200) -> None:
        """Type an address; one with `?on=2022-09-15` is opened on that day, and the house stands on it from then on."""
        day = parse_qs(urlsplit(address).query).get("on", [""])[0]
        if day:
            self.settings.STANDS_ON = day
        answer = self.page.goto(address)
        assert answer.status == status, f"{address}: {answer.status}"

    def sign_in(self, mail: str) -> None:
        """Sign in by mail and password through the page."""
        self.go("/login/")
        self.page.locator("[name=login]").fill(mail)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Войти").click()
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def press(self, words: str, role: str = "button") -> None:
        """Press what bears these words; the first one, if there are several."""
        self.page.locator("main").get_by_role(role, name=words).first.click()

    def look(self) -> None:
        """Note what axe finds on the page and whether the page has to be moved sideways."""
        self.faults += [f"{self.page.url}: {fault}" for fault in faults(self.page, TAGS)]
        self.check_width()

    def check_width(self) -> None:
        """Note a page wider than the window."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.faults.append(f"{self.page.url}: wider than {self.page.viewport_size} by {wide}")


OpenDesk = Callable[..., Desk]


@pytest.fixture
def desk(chromium: Any, live_server: Any, settings: Any) -> Iterator[OpenDesk]:
    """Opens windows of a size, theme, with or without scripts; at the end none may have done wrong."""
    opened: list[tuple[Any, Desk]] = []

    def open_desk(size: tuple[int, int] = DESK, **more: Any) -> Desk:
        context = chromium.new_context(
            base_url=live_server.url,
            locale="ru-RU",
            viewport={"width": size[0], "height": size[1]},
            accept_downloads=True,
            **more,
        )
        context.set_default_timeout(WAIT)
        window = Desk(context.new_page(), settings)
        context.route(
            lambda url: not url.startswith(live_server.url),
            lambda route: (window.outside.append(route.request.url), route.abort()),
        )
        window.page.on("pageerror", lambda error: window.said.append(str(error)))
        window.page.on("console", lambda message: _note(window, message))
        opened.append((context, window))
        return window

    yield open_desk
    for context, window in opened:
        window.page.wait_for_load_state("networkidle")
        context.close()
    wait_until_quiet()
    assert [address for _, window in opened for address in window.outside] == []
    assert [words for _, window in opened for words in window.said] == []
    assert [words for _, window in opened for words in window.faults] == []


@pytest.fixture
def story(live_server: Any, settings: Any) -> None:
    """The fictional town of the demonstration on its day; everybody has the same password."""
    furnish(papers_of, facts_of)
    settings.STANDS_ON = STANDS_ON.isoformat()
    _give_passwords()


@pytest.fixture
def town(live_server: Any) -> Town:
    """A town without a plan."""
    made = empty_town()
    _give_passwords()
    return made


def _give_passwords() -> None:
    for person in User.objects.exclude(email=None):
        set_password(person=person, password=PASSWORD, by=None, at=timezone.now())


def _note(window: Desk, message: Any) -> None:
    """Keep errors and warnings; a page that was refused on purpose is told by its status, not by the console."""
    if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
        window.said.append(f"{window.page.url}: {message.text}")
