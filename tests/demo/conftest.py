"""The demonstration, furnished once by its own command in a folder of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings


@dataclass(frozen=True)
class Shown:
    """What `./opora demo --no-serve` printed, and the folder it keeps its data in."""

    text: str
    folder: Path

    @property
    def accounts(self) -> list[tuple[str, str]]:
        """(mail, password) of the printed accounts."""
        rows = [line.split(": ", 1)[1] for line in self.text.splitlines() if "@opora.example" in line]
        pairs = [row.split(" — ") for row in rows]
        return [(mail, password) for mail, password in pairs]


def run_demo() -> str:
    """Run the command again and return what it printed."""
    said = io.StringIO()
    call_command("demo", "--no-serve", stdout=said)
    return said.getvalue()


@pytest.fixture(scope="module")
def furnished(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shown]:
    """The demonstration for a module; the base is as before afterwards."""
    folder = tmp_path_factory.mktemp("demo")
    with override_settings(DATA=folder, STANDS_ON=""):
        with django_db_blocker.unblock():
            everything = transaction.atomic()
            everything.__enter__()
            text = run_demo()
        yield Shown(text, folder)
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            everything.__exit__(None, None, None)


@pytest.fixture
def shown(furnished: Shown, db: None) -> Shown:
    """The same, in a transaction of the test's own."""
    return furnished
