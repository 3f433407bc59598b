"""The world that the walks over all addresses share; what a walk changes is undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.house.world import World, make_world


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for a module."""
    with django_db_blocker.unblock():
        everything = transaction.atomic()
        everything.__enter__()
        world = make_world()
    yield world
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)


@pytest.fixture
def world(made: World, db: None) -> World:
    """The same world, in a transaction of the test's own."""
    return made
