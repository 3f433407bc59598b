"""A server is killed while people write: nothing that was acknowledged is lost, doubled or half done."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.killing import kill_often
from tests.core.serving import Installation, installed

# On each engine; together thirty in a run of everything. A thousand by hand: tests/core/killing.py.
KILLS = 15
POSTGRES = os.environ.get("OPORA_TEST_DATABASE_URL", "")
# A base of the run itself is not asked; the mark brings these tests into the run on PostgreSQL.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("kills") / "data", POSTGRES) as made:
        yield made


def sockets_to(port: int) -> set[str]:
    """The numbers of all connections of this machine to a port, as /proc/PID/fd names them."""
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    return {f"socket:[{line[9]}]" for line in lines if int(line[2].rsplit(":", 1)[1], 16) == port}


def held_by(number: int) -> set[str]:
    held = set()
    for descriptor in Path(f"/proc/{number}/fd").iterdir():
        try:
            held.add(str(descriptor.readlink()))
        except FileNotFoundError:
            continue
    return held


def database_of(place: Installation, number: int) -> set[str]:
    """What of the database a process holds open."""
    held = held_by(number)
    if place.database:
        return held & sockets_to(int(place.database.rsplit(":", 1)[1].split("/")[0]))
    return {name for name in held if "opora.sqlite3" in name}


def test_the_master_holds_no_database_while_its_workers_serve(place: Installation) -> None:
    place.sign_in().close()
    assert place.master is not None
    assert any(database_of(place, worker) for worker in place.workers())
    assert database_of(place, place.master.pid) == set()


def test_nothing_acknowledged_is_lost(place: Installation) -> None:
    account = kill_often(place, KILLS)
    assert len(account.people) > KILLS
    assert account.papers
    assert (account.lost, account.doubled, account.halves, account.orphans) == ([], [], [], [])


def test_workers_without_a_master_give_the_port_back(place: Installation) -> None:
    left = place.workers()
    place.kill_master()
    # Somebody holds a line open: the port must be free nevertheless.
    with socket.create_connection(("127.0.0.1", place.port)):
        place.start()
        place.wait()
    assert not set(left) & set(place.workers())


def test_a_port_of_a_living_server_is_refused_at_once(place: Installation) -> None:
    second = Installation(place.folder, place.database)
    second.port = place.port
    place.wait()
    second.start()
    assert second.master is not None
    assert second.master.wait(60) == 1
    assert f"Порт {place.port} занят" in place.said()
