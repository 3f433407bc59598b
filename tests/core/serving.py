"""A real server of the product on a folder of its own: started, asked over HTTP, killed, started again."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import psycopg

HOME = Path(__file__).resolve().parents[2]
EMAIL, PASSWORD = "first@example.test", "мост на семи опорах"
FIRST = {
    "region": "Примерная область",
    "municipality": "г. о. Примерск",
    "centre": "муниципальное учреждение «Методический центр»",
    "last-name": "Мостова",
    "first-name": "Анна",
    "email": EMAIL,
}
PATIENCE = 60.0


class Installation:
    """A folder and a base with one coordinator, and the server over them."""

    def __init__(self, folder: Path, database: str = "", through: str = "") -> None:
        self.folder, self.database = folder, database
        self.relay: Relay | None = None
        self.port = free_port()
        self.master: subprocess.Popen[bytes] | None = None
        self.surroundings = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("OPORA_", "DJANGO_"))
            },
            "OPORA_DATA": str(folder),
            "OPORA_ADDRESS": f"http://127.0.0.1:{self.port}",
            "PYTHONPATH": str(HOME / "src"),
        }
        self.surroundings.pop("DATABASE_URL", None)
        if database:
            self.surroundings["DATABASE_URL"] = through or database

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start_up(self) -> None:
        """Make the base and its first coordinator, with a password."""
        told = [f"--{name}={value}" for name, value in FIRST.items()]
        made = subprocess.run(
            [*self.command("init"), *told, "--link"],
            env=self.surroundings,
            capture_output=True,
            text=True,
            check=True,
        )
        link = re.search(r"/invitation/\S+", made.stdout)
        assert link, made.stdout
        self.start()
        self.wait()
        with self.browser() as browser:
            page = browser.get(link[0])
            fields = {**hidden(page.text), "password1": PASSWORD, "password2": PASSWORD}
            assert browser.post(link[0], data=fields).status_code == 302

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-P", "-m", "opora", *words]

    def start(self, *more: str) -> None:
        """Start the server and wait until it answers."""
        log = (self.folder / "server.log").open("ab")
        with log:
            self.master = subprocess.Popen(
                [*self.command("serve"), "--port", str(self.port), *more],
                env=self.surroundings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self) -> float:
        """Wait until the server answers; seconds that it took."""
        begun = time.monotonic()
        while time.monotonic() - begun < PATIENCE:
            with contextlib.suppress(httpx2.HTTPError):
                if httpx2.get(f"{self.address}/login/", timeout=5).status_code == 200:
                    return time.monotonic() - begun
            assert self.master is not None
            assert self.master.poll() is None, self.said()
            time.sleep(0.05)
        raise AssertionError(self.said())

    def said(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")[-3000:]

    def workers(self) -> list[int]:
        assert self.master is not None
        place = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        return [int(number) for number in place.read_text().split()]

    def kill_master(self) -> None:
        assert self.master is not None
        self.master.kill()
        self.master.wait()

    def kill_group(self) -> None:
        assert self.master is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.master.pid, signal.SIGKILL)
        self.master.wait()

    def browser(self) -> httpx2.Client:
        """A browser that does not follow: what the server said is looked at."""
        headers = {"Origin": self.address, "Accept-Language": "ru"}
        return httpx2.Client(base_url=self.address, timeout=20, headers=headers)

    def sign_in(self) -> httpx2.Client:
        """The browser of the first coordinator."""
        browser = self.browser()
        fields = {**hidden(browser.get("/login/").text), "login": EMAIL, "password": PASSWORD}
        answer = browser.post("/login/", data=fields)
        assert answer.status_code == 302, answer.text[:2000]
        return browser

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands in the base, past the server."""
        if self.database:
            with psycopg.connect(self.database) as base:
                return base.execute(query).fetchall()
        with contextlib.closing(sqlite3.connect(self.folder / "opora.sqlite3")) as base:
            return base.execute(query).fetchall()


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the forms of a page: the mark against forgery and the key."""
    return dict(re.findall(r'<input type="hidden" name="(_?\w+)" value="([^"]*)"', page))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def installed(folder: Path, postgres: str = "", *, relay: bool = False) -> Iterator[Installation]:
    """An installation that answers; its processes and its base are gone afterwards.

    `postgres` is the address of a server of PostgreSQL: a base of its own is made there. With `relay` the product
    reaches it through `Relay`, which the installation bears as `relay`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = f"opora_{uuid.uuid4().hex[:12]}"
    server = postgres.rsplit("/", 1)[0]
    line = Relay(server) if relay and postgres else None
    made = Installation(
        folder, f"{server}/{name}" if postgres else "", f"{line.address}/{name}" if line else ""
    )
    made.relay = line
    try:
        if postgres:
            with psycopg.connect(f"{server}/postgres", autocommit=True) as base:
                base.execute(f"CREATE DATABASE {name}")
        made.start_up()
        yield made
    finally:
        if made.master is not None:
            made.kill_group()
        if line is not None:
            line.close()
        if postgres:
            with psycopg.connect(f"{server}/postgres", autocommit=True) as base:
                base.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Relay:
    """A line to PostgreSQL that can go silent: everything is accepted and nothing is carried on, as by a frozen server."""

    def __init__(self, server: str) -> None:
        parts = httpx2.URL(server.replace("postgres://", "http://").replace("postgresql://", "http://"))
        self._there = (parts.host, parts.port or 5432)
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._flows, self._is_over = threading.Event(), False
        self._flows.set()
        self._lines: list[socket.socket] = []
        user = parts.userinfo.decode()
        self.address = f"postgres://{user}@127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def freeze(self) -> None:
        self._flows.clear()

    def thaw(self) -> None:
        self._flows.set()

    def cut(self) -> None:
        """Break every connection, as a restart of the server does."""
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._lines.clear()

    def close(self) -> None:
        self._is_over = True
        self._flows.set()
        self._door.close()
        self.cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while not self._is_over:
                near, _ = self._door.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with contextlib.suppress(OSError), near, socket.create_connection(self._there) as far:
            self._lines += [near, far]
            while not self._is_over:
                ready, _, _ = select.select([near, far], [], [], 0.5)
                self._flows.wait()
                for one in ready:
                    data = one.recv(65536)
                    if not data:
                        return
                    (far if one is near else near).sendall(data)
