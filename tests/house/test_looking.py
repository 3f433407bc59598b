"""Looking changes nothing: no GET of any address writes a row or a session, whatever day it asks for."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.house.doors import Address, addresses
from tests.house.junk import content_of, place_of
from tests.house.matrix import MATRIX, OPEN, SIGNED
from tests.house.world import World

WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
# Signing in and its second step keep in the session what they ask next, and whoever opens an own form has begun it:
# that is written by today and told in the history. Nothing else may.
NAMED = {
    "mfa_activate_totp": "the secret that is shown is the one that is checked",
    "accounts:second_step_drawing": "the same secret as a drawing",
    "questionnaires:answering": "the draft of one's own answer, opened today",
}
# What a GET writes it writes on every engine.
pytestmark = pytest.mark.one_engine
DOORS = [door for door in addresses() if door.name not in NAMED]


def written_by(client: Client, place: str) -> list[str]:
    """What a GET has written."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        content_of(client.get(place, {"on": "2022-09-15"}))
    return [one["sql"][:200] for one in asked.captured_queries if WRITING.match(one["sql"])]


def visitor(door: Address, world: World) -> Client:
    """A stranger at an open door, else somebody who may enter: the last of its row."""
    row = MATRIX[door.name]
    client = Client(raise_request_exception=False)
    if row != OPEN:
        client.force_login(world.people["M" if row == SIGNED else row[-1]])
    return client


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_a_look_writes_nothing(door: Address, world: World) -> None:
    place = place_of(door, world)
    assert written_by(visitor(door, world), place) == []


def test_a_page_asked_on_a_day_moves_no_other_page(world: World) -> None:
    client = Client()
    client.force_login(world.people["M"])
    before = dict(client.session)
    page = client.get("/today/", {"on": "2022-09-15"}).content.decode()
    assert "Вы смотрите состояние на 15\xa0сентября\xa02022" in page
    assert "Вы смотрите состояние" not in client.get("/today/").content.decode()
    assert dict(client.session) == before


def test_the_day_is_kept_by_the_switch_until_today_is_chosen_again(world: World) -> None:
    client = Client()
    client.force_login(world.people["M"])
    answer = client.post("/look/", {"on": "2022-09-15", "back": "/words/?which=confirmed"})
    assert answer.headers["Location"] == "/words/?which=confirmed"
    page = client.get("/today/").content.decode()
    assert "Вы смотрите состояние на 15\xa0сентября\xa02022" in page
    assert "запишется сегодняшним днём" in page
    client.post("/look/", {"on": "today", "back": "/today/"})
    assert "Вы смотрите состояние" not in client.get("/today/").content.decode()
    for strange in ("2022-99-99", "0001-01-01", "\x00"):
        client.post("/look/", {"on": strange})
        assert "on" not in client.session
