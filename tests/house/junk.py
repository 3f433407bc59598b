"""Requests that nobody sends by mistake alone: junk in addresses, queries and forms, tried at every door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import lxml.html
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.house.doors import Address
from tests.house.reach import COMMON, OPEN_ROWS, REACH
from tests.house.world import World

# What a page may be asked with, by any of these names.
NAMES = (
    "on",
    "page",
    "month",
    "section",
    "q",
    "who",
    "state",
    "line",
    "kind",
    "school",
    "show",
    "which",
    "edit",
    "stretch",
    "since",
    "as_of",
    "amends",
    "duty",
)
HUGE = "9" * 25
VALUES = (
    "\x00",
    "-1",
    "x",
    HUGE,
    "²",
    "٣",
    "ы" * 3000,
    "2022-99-99",
    "9999-12-31",
    "0001-01-01",
    "\ud7ff\u202e",
)
NUMBERS = (2**70, 2**63, 0)
BROKEN = 500


def place_of(door: Address, world: World) -> str:
    """The address of a row of one's own, or the address itself."""
    kind = REACH[door.name].row if door.name in REACH else OPEN_ROWS.get(door.name)
    return reverse(door.name, kwargs=world.rows[kind, "own"]) if kind else door.path


def strange_places(door: Address, world: World) -> Iterator[str]:
    """The address with numbers that no row can have."""
    kind = REACH[door.name].row if door.name in REACH else OPEN_ROWS.get(door.name)
    row = world.rows[kind, "own"] if kind else {}
    if door.name in COMMON:
        row = {"pk": 1}  # a row of the whole installation: any number is as good to begin with
    for name, value in row.items():
        for number in NUMBERS if isinstance(value, int) else ():
            yield reverse(door.name, kwargs={**row, name: number})


def strange_words(door: Address) -> Iterator[str]:
    """The address with words in it that name nothing."""
    if door.has_arguments and "nowhere" in door.path:
        yield from (door.path.replace("nowhere", quote(value)) for value in ("\x00", "ы" * 500, "%"))


def junk_queries() -> Iterator[dict[str, str]]:
    """All names with each value, then every name alone: a page may stop at the first thing it cannot read."""
    for value in VALUES:
        yield dict.fromkeys(NAMES, value)
    for place, name in enumerate(NAMES):
        yield {name: (HUGE, "\x00")[place % 2]}


def junk_forms(page: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The forms of a page with one field spoiled at a time, and with all of them."""
    content = content_of(page)
    if not page.headers["Content-Type"].startswith("text/html") or not content.strip():
        return
    for form in lxml.html.fromstring(content).forms:
        if form.method != "POST" or form.action in {"/look/", "/logout/"}:
            continue
        told: dict[str, Any] = {}
        for name, value in form.form_values():
            told.setdefault(name, []).append(value)
        fields = [name for name in form.fields if name != "csrfmiddlewaretoken"]
        for value in VALUES:
            yield form.action or "", dict.fromkeys(fields, value)
        for name in fields:
            for value in ("\x00", HUGE):
                yield form.action or "", {**told, name: value}


def broken_by(client: Client, method: str, address: str, told: dict[str, Any] | None = None) -> str:
    """What the server broke with, or an empty string; what the request changed is undone."""
    with transaction.atomic():
        answer = getattr(client, method)(address, told or {})
        content_of(answer)
        transaction.set_rollback(True)
    if answer.status_code < BROKEN:
        return ""
    error = answer.exc_info[1] if getattr(answer, "exc_info", None) else answer.status_code
    return f"{method} {address[:80]} {str(told)[:120]}: {error!r}"[:400]


def content_of(answer: Any) -> bytes:
    """The whole body; a file that is served is closed by reading it to its end."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)
