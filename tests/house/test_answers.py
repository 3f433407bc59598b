"""Every answer carries the strict headers, whoever asks and whatever comes of it; cookies are out of reach of scripts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.house.doors import Address, addresses
from tests.house.junk import content_of, place_of
from tests.house.matrix import MATRIX, OPEN
from tests.house.tree import HOME
from tests.house.world import World

# Headers are put on by the door, the same on every engine.
pytestmark = pytest.mark.one_engine
DOORS = list(addresses())
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_every_answer_carries_the_strict_headers(door: Address, world: World) -> None:
    for letter in ("", "M", "E"):
        client = Client()
        if letter:
            client.force_login(world.people[letter])
        for method in ("get", "post", "put"):
            answer = getattr(client, method)(place_of(door, world))
            check_headers(answer, f"{letter} {method} {door.name}")
            if letter:
                # nothing that a person saw after signing in stays in a browser or in a proxy: pages, files, refusals
                assert answer.headers["Cache-Control"] == "private, no-store", (
                    f"{letter} {method} {door.name}"
                )


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/static/opora.css", "/static/nowhere.css", "/login", "/open/1/../../etc/passwd"]
)
def test_answers_to_addresses_that_are_no_doors_carry_them_too(path: str, db: None) -> None:
    check_headers(Client().get(path), path)


def test_what_nobody_signed_in_for_may_be_kept(db: None) -> None:
    assert Client().get("/").headers.get("Cache-Control") is None
    styles = Client()
    styles.cookies["opora"] = "anything"
    sheet = styles.get("/static/opora.css")
    content_of(sheet)
    assert "no-store" not in sheet.headers["Cache-Control"]
    assert styles.get("/nowhere/").headers["Cache-Control"] == "private, no-store"


def test_under_https_browsers_are_told_to_stay_with_it(settings: Any, db: None) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    told = {
        scheme: Client(headers={"X-Forwarded-Proto": scheme}).get("/login/").headers
        for scheme in ("https", "http")
    }
    assert told["https"]["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in told["http"]


def test_a_form_without_its_mark_is_refused_under_the_same_headers(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["M"])
    posting = [door for door in DOORS if MATRIX[door.name] != OPEN]
    for door in posting:
        answer = client.post(place_of(door, world))
        assert answer.status_code == 403, door.name
        check_headers(answer, door.name)


def test_cookies_are_for_the_server_alone(world: World) -> None:
    client = Client()
    client.get("/login/")
    client.force_login(world.people["M"])
    client.post("/look/", {"on": "2022-09-15"})
    client.post("/look/", {"theme": "dark", "vision": "on", "back": "/"})
    assert {"opora", "opora-csrf", "theme", "vision"} <= client.cookies.keys()
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax", cookie.key
        assert cookie["path"] == "/", cookie.key
        assert not cookie["domain"], cookie.key


def test_under_https_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    told = settings_under(tmp_path, OPORA_ADDRESS="https://opora.example")
    assert told == "__Host-opora __Host-opora-csrf True True True True 31536000"


def test_under_http_on_this_machine_cookies_have_plain_names(tmp_path: Path) -> None:
    told = settings_under(tmp_path, OPORA_ADDRESS="http://127.0.0.1:8000")
    assert told == "opora opora-csrf False False True True 0"


def check_headers(answer: Any, what: str) -> None:
    """The headers of one answer; a file that is served lives in a sandbox instead of the policy of pages."""
    content_of(answer)
    policy = answer.headers["Content-Security-Policy"]
    is_of_pages = "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert is_of_pages or policy.startswith("sandbox"), f"{what}: {policy}"
    assert "unsafe" not in policy
    assert "*" not in policy
    for name, value in FIXED.items():
        assert answer.headers[name] == value, f"{what}: {name}"


def settings_under(folder: Path, **surroundings: str) -> str:
    """What the settings of a real installation say of cookies; read in a process of its own."""
    code = (
        "from opora.config import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY,"
        " s.SECURE_HSTS_SECONDS)"
    )
    environment = {**os.environ, "PYTHONPATH": str(HOME / "src"), "OPORA_DATA": str(folder), **surroundings}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()
