"""Rows are scoped: each address × each duty × how near the row is; not theirs is the same as missing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.house.doors import addresses
from tests.house.matrix import LETTERS, MATRIX, OPEN, SIGNED
from tests.house.reach import COMMON, ONLY, REACH, Reach
from tests.house.world import World

MISSING = {"pk": 987654321}
RELATIONS = ("own", "sibling", "town", "region")
FOUND_NOTHING, FORBIDDEN, WRONG_METHOD, BROKEN = 404, 403, 405, 500


def test_every_guarded_address_of_a_row_says_who_finds_it() -> None:
    named = {
        door.name for door in addresses() if door.has_arguments and MATRIX[door.name] not in {OPEN, SIGNED}
    }
    assert len(named) > 40
    assert sorted(named - COMMON) == sorted(REACH)
    assert ONLY.keys() <= REACH.keys()


@pytest.mark.parametrize("name", REACH)
def test_a_row_is_found_by_its_own_people_and_missing_to_all_others(name: str, world: World) -> None:
    entering = [letter for letter in LETTERS if letter in MATRIX[name]]
    for letter in entering:
        client = Client()
        client.force_login(world.people[letter])
        missing = ask(client, name, {**world.rows[REACH[name].row, "own"], **MISSING})
        assert set(missing.values()) <= {FOUND_NOTHING, WRONG_METHOD}, f"{letter} finds a missing row"
        for relation in RELATIONS:
            row = world.rows.get((REACH[name].row, relation))
            if row is None:
                continue
            statuses = ask(client, name, row)
            assert set(statuses) == {"GET", "POST"}
            found = {method for method, status in statuses.items() if is_found(status)}
            expected = methods(name) if letter in finders(REACH[name], relation) else set()
            assert found == expected, f"{name}: {letter} and a row of {relation}: {statuses}"


@pytest.mark.parametrize("name", REACH)
def test_what_is_not_theirs_reads_as_what_is_missing(name: str, world: World) -> None:
    letter = next(letter for letter in "MSCHRE" if letter in MATRIX[name])
    client = Client()
    client.force_login(world.people[letter])
    method = min(methods(name))
    foreign = body(client, method, reverse(name, kwargs=world.rows[REACH[name].row, "region"]))
    missing = body(client, method, reverse(name, kwargs={**world.rows[REACH[name].row, "own"], **MISSING}))
    assert foreign == missing


@pytest.mark.parametrize("name", REACH)
def test_a_duty_in_one_town_gives_no_right_in_another(name: str, world: World) -> None:
    """A coordinator here who is an expert there may there do what experts may, no more."""
    client = Client()
    client.force_login(world.people["mixed"])
    if not {"M", "E"} & set(MATRIX[name]):
        answer = client.get(reverse(name, kwargs=world.rows[REACH[name].row, "town"]))
        assert answer.status_code in {FORBIDDEN, WRONG_METHOD}
        return
    statuses = ask(client, name, world.rows[REACH[name].row, "town"])
    assert any(is_found(status) for status in statuses.values()) == ("E" in MATRIX[name])


def finders(reach: Reach, relation: str) -> str:
    """The letters of those who find such a row."""
    told = {"own": reach.own, "sibling": reach.sibling, "town": reach.town, "region": ""}[relation]
    assert told is not None, f"rows of a school need a column for the sibling: {reach}"
    return told


def methods(name: str) -> set[str]:
    """The methods that the address answers to."""
    return {ONLY[name]} if name in ONLY else {"GET", "POST"}


def ask(client: Client, name: str, row: dict[str, Any]) -> dict[str, int]:
    """The status of a bare request by each method; what it changes is undone."""
    address = reverse(name, kwargs=row)
    statuses = {}
    for method in ("GET", "POST"):
        with transaction.atomic():
            answer = getattr(client, method.lower())(address)
            told = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        assert answer.status_code < BROKEN
        assert answer.status_code != FORBIDDEN, f"{method} {address}: {told[:200]!r}"
        statuses[method] = answer.status_code
    return statuses


def is_found(status: int) -> bool:
    return status not in {FOUND_NOTHING, WRONG_METHOD}


def body(client: Client, method: str, address: str) -> str:
    """The page without its own address and the marks that differ with every request."""
    answer = getattr(client, method.lower())(address)
    assert answer.status_code == FOUND_NOTHING
    text = answer.content.decode().replace(address, "…")
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)
