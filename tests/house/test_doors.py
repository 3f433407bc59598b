"""Every door has a guard (law 5): each address is tried by nobody, by every duty and by one without a duty."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from tests.house.doors import Address, addresses, person_of
from tests.house.matrix import LETTERS, MATRIX, OPEN, SIGNED

# Who may enter is decided by guards, the same on every engine.
pytestmark = pytest.mark.one_engine
DOORS = list(addresses())
SENT_AWAY, FORBIDDEN, WRONG_METHOD = 302, 403, 405


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    names = [door.name for door in DOORS]
    assert len(names) > 25
    assert sorted(names) == sorted(MATRIX)


def test_every_address_has_a_guard() -> None:
    assert [door.name for door in DOORS if not hasattr(door.view, "guard")] == []


def test_every_permission_of_a_guard_is_in_the_table_of_rights() -> None:
    from opora.appointments.rights import PERMISSIONS, RIGHTS

    asked = {door.view.guard for door in DOORS if hasattr(door.view, "guard")} - {"open", "signed_in"}
    assert asked <= PERMISSIONS.keys()
    assert {permission for held in RIGHTS.values() for permission in held} <= PERMISSIONS.keys()


def test_letters_of_the_matrix_are_the_duties() -> None:
    from opora.appointments.models import Duty

    assert sorted(LETTERS.values()) == sorted(Duty.values)
    assert all(row in {OPEN, SIGNED} or (row and set(row) <= LETTERS.keys()) for row in MATRIX.values())


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_nobody_enters_but_through_open_doors(door: Address, client: Client) -> None:
    answers = {method: ask(client, method, door.path) for method in ("get", "post")}
    if MATRIX[door.name] == OPEN:
        assert all(is_in(answer) for answer in answers.values())
    else:
        assert all(
            is_sent_to_sign_in(answer) for answer in answers.values() if answer.status_code != WRONG_METHOD
        )
        assert any(answer.status_code != WRONG_METHOD for answer in answers.values())


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_only_the_duties_of_the_row_enter(door: Address, visitors: dict[str, Client]) -> None:
    row = MATRIX[door.name]
    entered = set()
    for letter, client in visitors.items():
        answers = [ask(client, method, door.path) for method in ("get", "post")]
        tried = [answer for answer in answers if answer.status_code != WRONG_METHOD]
        assert tried
        assert not any(is_sent_to_sign_in(answer) for answer in tried)
        inside = {answer.status_code != FORBIDDEN for answer in tried}
        assert len(inside) == 1, f"{door.name}: {letter!r} enters by one method only"
        if inside == {True}:
            entered.add(letter)
    expected = {*LETTERS, ""} if row in {OPEN, SIGNED} else set(row)
    assert entered == expected


@pytest.fixture(scope="module")
def signed_in(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The session of somebody of each duty, and of one without a duty, made once for the module."""
    with django_db_blocker.unblock():
        everything = transaction.atomic()
        everything.__enter__()
        sessions = {}
        for number, (letter, duty) in enumerate([*LETTERS.items(), ("", "")]):
            client = Client()
            client.force_login(person_of(duty, number))
            sessions[letter] = client.cookies[settings.SESSION_COOKIE_NAME].value
    yield sessions
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)


@pytest.fixture
def visitors(signed_in: dict[str, str], db: None) -> dict[str, Client]:
    """A browser for each of them, in a transaction of the test's own: signing out ends no session of the module."""
    made = {letter: Client() for letter in signed_in}
    for letter, client in made.items():
        client.cookies[settings.SESSION_COOKIE_NAME] = signed_in[letter]
    return made


def ask(client: Client, method: str, path: str) -> Any:
    """One request by the method, as a browser on this machine makes it."""
    return getattr(client, method)(path)


def is_sent_to_sign_in(answer: Any) -> bool:
    """Whether the answer leads to the page of signing in and back."""
    return answer.status_code == SENT_AWAY and answer.url.startswith("/login/?next=")


def is_in(answer: Any) -> bool:
    """Whether somebody unknown was let through the guard."""
    return answer.status_code != FORBIDDEN and not is_sent_to_sign_in(answer)
