"""A real installation in a folder of its own, on the engine of this run, led by the launcher as an operator does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.house.tree import HOME

SERVER = os.environ.get("OPORA_TEST_DATABASE_URL", "")
# Stores a file and tells of it in the history, again and again; says the number of a deed once it is kept.
WRITER = """
import sys, django
django.setup()
from django.db import transaction
from opora.core.history import record
from opora.core.now import now
from opora.core.uploads import store
for number in range(int(sys.argv[1])):
    with transaction.atomic():
        row = store(b"deed %d" % number * 200, kind="txt", at=now())
        entry = record(row, "document.added", by=None, at=now(), number=number)
    print(entry.number, flush=True)
"""


@dataclass(frozen=True)
class Installation:
    """A data folder and, on PostgreSQL, a base."""

    data: Path
    base: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def surroundings(self) -> dict[str, str]:
        """The variables that lead to it."""
        known = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        base = {"DATABASE_URL": self.base} if self.base else {}
        paths = {"OPORA_DATA": str(self.data), "PYTHONPATH": str(HOME / "src")}
        return {
            **known,
            **paths,
            **base,
            **self.more,
            "DJANGO_SETTINGS_MODULE": "opora.config.settings",
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command of the launcher."""
        return subprocess.run(
            [sys.executable, "-m", "opora", *words],
            env=self.surroundings,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def python(self, script: str, *words: str) -> subprocess.Popen[str]:
        """A script beside it."""
        return subprocess.Popen(
            [sys.executable, "-c", script, *words],
            env=self.surroundings,
            stdout=subprocess.PIPE,
            text=True,
        )


@contextmanager
def empty_base() -> Iterator[str]:
    """The address of an empty base of PostgreSQL, thrown away afterwards."""
    name = f"opora_keep_{uuid4().hex[:12]}"
    address = SERVER.rsplit("/", 1)[0]
    with psycopg.connect(f"{address}/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
        try:
            yield f"{address}/{name}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def empty_place(data: Path) -> Iterator[Installation]:
    """An installation with nothing in it, on the engine of this run."""
    if not SERVER:
        yield Installation(data)
        return
    with empty_base() as base:
        yield Installation(data, base)
