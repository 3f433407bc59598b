"""One adopted plan for all stories of the folder; what a story does is undone after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.lines.town import Town, adopt, empty_town


@pytest.fixture(scope="module")
def adopted(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """A town whose coordinator has loaded and adopted the source order through the pages, nothing more."""
    with django_db_blocker.unblock():
        everything = transaction.atomic()
        everything.__enter__()
        town = empty_town()
        adopt(town)
    yield town
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        everything.__exit__(None, None, None)


@pytest.fixture
def town(adopted: Town, db: None) -> Town:
    """The same town, in a transaction of the test's own."""
    return adopted
