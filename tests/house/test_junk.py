"""No address breaks on junk: in its numbers, its query or its forms; the answer is a clear one, never 500."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.house.doors import Address, addresses
from tests.house.junk import (
    HUGE,
    NAMES,
    broken_by,
    content_of,
    junk_forms,
    junk_queries,
    place_of,
    strange_places,
    strange_words,
)
from tests.house.matrix import MATRIX, OPEN
from tests.house.reach import ONLY
from tests.house.world import World

DOORS = list(addresses())
# A name of lower-case letters alone can be nothing but itself.
NAMED = [door for door in DOORS if door.has_arguments and door.name != "dashboard:guide_page"]


def visitor(door: Address, world: World) -> Client:
    """Somebody who may enter, whose browser keeps going when the server breaks."""
    client = Client(raise_request_exception=False)
    if MATRIX[door.name] != OPEN:
        client.force_login(world.people["M" if "M" in MATRIX[door.name] else "R"])
    return client


def queries_for(door: Address) -> list[dict[str, str]]:
    """All of the junk where a query is read, a taste of it where only POST is answered."""
    return list(junk_queries())[: 2 if ONLY.get(door.name) == "POST" else None]


@pytest.mark.parametrize("door", NAMED, ids=lambda door: door.name)
def test_numbers_beyond_any_row_are_missing_pages(door: Address, world: World) -> None:
    client = visitor(door, world)
    places = [*strange_places(door, world), *strange_words(door)]
    assert places
    broken = [broken_by(client, method, place) for place in places for method in ("get", "post")]
    assert [words for words in broken if words] == []


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_junk_in_the_query_breaks_nothing(door: Address, world: World) -> None:
    client, place = visitor(door, world), place_of(door, world)
    broken = [broken_by(client, "get", place, query) for query in queries_for(door)]
    assert [words for words in broken if words] == []


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_junk_in_a_form_breaks_nothing(door: Address, world: World) -> None:
    client, place = visitor(door, world), place_of(door, world)
    forms = junk_forms(client.get(place))
    broken = [broken_by(client, "post", action or place, told) for action, told in forms]
    broken += [broken_by(client, "post", place, dict.fromkeys(NAMES, value)) for value in ("\x00", HUGE)]
    assert [words for words in broken if words] == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x00\xff" * 2000, "application/octet-stream"),
        (b"\x00\xff", "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
        (b"{", "application/json"),
        (b"", "multipart/form-data"),
    ],
    ids=["bytes", "broken form", "broken parts", "broken json", "parts without a border"],
)
def test_a_body_that_is_no_form_breaks_nothing(content: bytes, kind: str, world: World) -> None:
    for door in DOORS:
        client = visitor(door, world)
        answer = client.generic("POST", place_of(door, world), content, content_type=kind)
        content_of(answer)
        assert answer.status_code < 500, f"{door.name}: {answer.status_code}"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "GRAB"])
def test_other_methods_break_nothing(method: str, world: World) -> None:
    for door in DOORS:
        answer = visitor(door, world).generic(method, place_of(door, world))
        content_of(answer)
        assert answer.status_code < 500, f"{door.name}: {answer.status_code}"
