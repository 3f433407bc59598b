"""Limits of the door: they count people behind named proxies, and strangers who fail keep nobody out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client, RequestFactory

from opora.core.client_address import UNKNOWN, client_address
from tests.appointments.town import PASSWORD, Town, person
from tests.house.tree import HOME

WRONG = "не тот пароль вовсе"
PROXY = "127.0.0.1"


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def come(address: str = "", told: str = "") -> Client:
    """A browser that comes from an address; `told` is what it writes into X-Forwarded-For itself."""
    chain = ", ".join(part for part in (told, address) if part)
    return Client(REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": chain} if chain else None)


def sign_in(client: Client, email: object, password: str = PASSWORD) -> bool:
    response = client.post("/login/", {"login": str(email), "password": password})
    return response.status_code == 302


def fail(client: Client, times: int, email: str = "") -> None:
    for number in range(times):
        sign_in(client, email or f"made-up-{number}@example.test", WRONG)


def asked(headers: str, remote: str = "10.0.0.1") -> HttpRequest:
    more = {"HTTP_X_FORWARDED_FOR": headers} if headers else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **more)


@pytest.mark.parametrize(
    ("proxies", "headers", "address"),
    [
        (0, "", "10.0.0.1"),
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "203.0.113.7, ", "10.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_address_is_what_the_outermost_named_proxy_saw(
    settings: Any, proxies: int, headers: str, address: str
) -> None:
    settings.PROXIES = proxies
    assert client_address(asked(headers)) == address


def test_an_address_that_nobody_told_is_the_same_for_all(settings: Any) -> None:
    settings.PROXIES = 0
    assert client_address(asked("", remote="")) == UNKNOWN


@pytest.mark.parametrize("proxies", [0, 1])
def test_ten_wrong_passwords_a_minute_keep_nobody_out(town: Town, settings: Any, proxies: int) -> None:
    settings.PROXIES = proxies
    fail(come(PROXY), 50)
    assert sign_in(come(PROXY), town.curator.email)


def test_a_morning_of_three_hundred_people_behind_one_address_passes(town: Town, settings: Any) -> None:
    settings.PROXIES = 1
    people = [person(f"Утренняя-{number}") for number in range(60)]
    for number in range(300):
        if number % 20 == 0:
            sign_in(come("203.0.113.7"), people[number // 20].email, WRONG)
        assert sign_in(come("203.0.113.7"), people[number % 60].email), number


def test_spraying_from_one_address_is_stopped_and_for_the_others_it_is_not(town: Town, settings: Any) -> None:
    settings.PROXIES = 1
    fail(come("203.0.113.7"), 100)
    # the sprayer gets no answer about passwords any more, right ones too
    assert not sign_in(come("203.0.113.7"), town.curator.email)
    # an address written by the sprayer itself changes nothing
    assert not sign_in(come("203.0.113.7", told="192.0.2.55"), town.curator.email)
    assert sign_in(come("203.0.113.8"), town.curator.email)


def test_spoofed_addresses_do_not_make_more_tries(town: Town, settings: Any) -> None:
    settings.PROXIES = 1
    for number in range(100):
        sign_in(come("203.0.113.7", told=f"192.0.2.{number}"), f"{number}@example.test", WRONG)
    assert not sign_in(come("203.0.113.7", told="192.0.2.200"), town.curator.email)


def test_guesses_at_one_account_are_few_from_however_many_addresses(town: Town, settings: Any) -> None:
    settings.PROXIES = 1
    for number in range(5):
        fail(come(f"203.0.113.{number}"), 1, str(town.curator.email))
    assert not sign_in(come("203.0.113.99"), town.curator.email)


def test_who_signed_in_from_this_browser_before_is_kept_out_by_no_stranger(town: Town, settings: Any) -> None:
    settings.PROXIES = 1
    browser = come("203.0.113.7")
    assert sign_in(browser, town.curator.email)
    browser.post("/logout/")
    fail(come("198.51.100.9"), 10, str(town.curator.email))
    fail(come("203.0.113.7"), 110)
    assert not sign_in(come("203.0.113.7"), town.curator.email)
    assert sign_in(browser, town.curator.email)


def test_a_known_browser_guesses_ten_times_and_for_its_own_people_only(town: Town, settings: Any) -> None:
    settings.PROXIES = 1
    browser = come("203.0.113.7")
    assert sign_in(browser, town.curator.email)
    browser.post("/logout/")
    fail(browser, 10, str(town.curator.email))
    assert not sign_in(browser, town.curator.email)
    fail(browser, 5, str(town.coordinator.email))
    assert not sign_in(browser, town.coordinator.email)


def test_a_mark_of_a_known_browser_is_not_forged(town: Town) -> None:
    browser = Client()
    browser.cookies["opora-known"] = '["x",[1,2,3,4,5,6,7,8]]:forged'
    fail(browser, 5, str(town.curator.email))
    assert not sign_in(browser, town.curator.email)


def test_a_failed_sign_in_leaves_a_line_without_the_mail(
    town: Town, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PROXIES = 1
    fail(come("203.0.113.7"), 1, str(town.curator.email))
    lines = [record.getMessage() for record in caplog.records if "sign-in failed" in record.getMessage()]
    assert len(lines) == 1
    assert "address 203.0.113.7" in lines[0]
    assert str(town.curator.email) not in caplog.text
    assert WRONG not in caplog.text


@pytest.mark.django_db
def test_limits_are_not_forgotten_under_a_flood(settings: Any) -> None:
    table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "flooded_cache"}
    settings.CACHES = {"default": {**table, **options_of_a_real_installation()}}
    call_command("createcachetable", verbosity=0)
    cache.set("first", [1.0], 300)
    for number in range(400):
        cache.set(f"key-{number}", [1.0], 300)
    assert cache.get("first") == [1.0]


def options_of_a_real_installation() -> dict[str, Any]:
    """The options of the cache as the settings of a real installation give them."""
    code = "import json; from opora.config import settings as s; print(json.dumps(s.CACHES['default']['OPTIONS']))"
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(HOME / "src"),
        "DJANGO_SETTINGS_MODULE": "opora.config.settings",
    }
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
        cwd=Path.cwd(),
    )
    return {"OPTIONS": json.loads(run.stdout)}
