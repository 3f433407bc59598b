"""The base of the installation as one file and back: the online copy of SQLite, or pg_dump and pg_restore."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import DatabaseError, connection

from opora.core.refusal import Refused

Ask = Callable[[str], list[tuple[Any, ...]]]
# What libpq reads from its own variables: a password in the arguments would be seen in the list of processes.
_VARIABLES: Final = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}
_NO_BASE: Final = "Базы ещё нет: копировать нечего. Новую создаёт ./opora init."


@dataclass(frozen=True, slots=True)
class Facts:
    """What a base holds at one moment: rows by table, sizes of files by hash, the head of the history."""

    rows: dict[str, int]
    files: dict[str, int]
    head: tuple[int, str]


def engine() -> str:
    """The engine of this installation: «sqlite» or «postgresql»."""
    return connection.vendor


def base_place() -> Path:
    """The file of the base on SQLite."""
    return Path(str(connection.settings_dict["NAME"]))


def base_size() -> int:
    """How many bytes the base takes now, with its log of writes. Refused when there is no base."""
    if engine() == "sqlite":
        if not base_place().exists():
            raise Refused(_NO_BASE)
        log = Path(f"{base_place()}-wal")
        return base_place().stat().st_size + (log.stat().st_size if log.exists() else 0)
    with _postgres() as ask:
        return int(ask("SELECT pg_database_size(current_database())")[0][0])


def dump(place: Path) -> Facts:
    """Write the base into a file of the owner alone and tell what stands in it; writers go on meanwhile.

    Refused when there is no base, or pg_dump is missing, older than the server, or fails.
    """
    os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    facts = _dump_sqlite(place) if engine() == "sqlite" else _dump_postgres(place)
    sync(place)
    return facts


def load(place: Path) -> None:
    """Fill the empty base from the file of `dump`. Refused when pg_restore is missing, old or fails."""
    if engine() == "sqlite":
        shutil.copyfile(place, base_place())
        base_place().chmod(0o600)
        sync(base_place())
        return
    with _postgres() as ask:
        _run("pg_restore", ["--single-transaction", "--no-owner", "--no-privileges", str(place)], ask)


def facts_of_base() -> Facts:
    """What the base of the installation holds now."""
    if engine() == "sqlite":
        return _facts_of_file(base_place())
    with _postgres() as ask:
        return _facts(ask)


def has_tables() -> bool:
    """Whether anything stands in the base already."""
    if engine() == "sqlite":
        return base_place().exists() and base_place().stat().st_size > 0
    with _postgres() as ask:
        return bool(_tables(ask))


@contextmanager
def for_owner_alone() -> Iterator[None]:
    """Whatever is made meanwhile, folders too, is shut to every other account of the machine."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def sync(place: Path) -> None:
    """Bring a file or the names of a folder to the disk."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def surroundings(params: dict[str, Any]) -> dict[str, str]:
    """The variables of libpq that lead its programs to a base."""
    return {**os.environ, **{name: str(params[key]) for key, name in _VARIABLES.items() if params.get(key)}}


def _dump_sqlite(place: Path) -> Facts:
    if not base_place().exists():
        raise Refused(_NO_BASE)
    with (
        closing(sqlite3.connect(base_place(), timeout=10)) as source,
        closing(sqlite3.connect(place)) as copy,
    ):
        source.backup(copy)
        # One file without a log beside it; the product puts the log back when it opens the base.
        copy.execute("PRAGMA journal_mode=DELETE")
    return _facts_of_file(place)


def _facts_of_file(place: Path) -> Facts:
    with closing(sqlite3.connect(place, timeout=10)) as file:

        def ask(words: str) -> list[tuple[Any, ...]]:
            return list(file.execute(words))

        try:
            if ask("PRAGMA integrity_check") != [("ok",)]:
                raise Refused("База повреждена: проверка целостности SQLite её не приняла.")
            file.execute("BEGIN")
            return _facts(ask)
        except sqlite3.DatabaseError as error:
            raise Refused("База повреждена: SQLite её не открывает.") from error


def _dump_postgres(place: Path) -> Facts:
    with _postgres() as ask:
        # pg_dump reads the very moment at which the rows are counted here.
        ask("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        moment = ask("SELECT pg_export_snapshot()")[0][0]
        facts = _facts(ask)
        _run("pg_dump", ["--format=custom", f"--snapshot={moment}", f"--file={place}"], ask)
    return facts


@contextmanager
def _postgres() -> Iterator[Ask]:
    import psycopg

    params = {**connection.get_connection_params(), "options": ""}
    try:
        with psycopg.connect(**params) as server:

            def ask(words: str) -> list[tuple[Any, ...]]:
                done = server.execute(words.encode())
                return list(done.fetchall()) if done.description else []

            yield ask
    except psycopg.Error as error:
        raise DatabaseError(str(error)) from error


def _run(program: str, arguments: list[str], ask: Ask) -> None:
    server = int(ask("SHOW server_version_num")[0][0]) // 10_000
    found = shutil.which(program)
    need = f"Нужна программа {program} версии {server} или новее: sudo apt install postgresql-client"
    if found is None:
        raise Refused(f"Программы {program} на этой машине нет. {need}.")
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"(\d+)", told)
    if version is None or int(version[1]) < server:
        raise Refused(f"Программа {program} старее сервера PostgreSQL {server}. {need}-{server}.")
    params = connection.get_connection_params()
    if program == "pg_restore":
        arguments = ["--exit-on-error", f"--dbname={params['dbname']}", *arguments]
    done = subprocess.run(
        [found, "--no-password", *arguments],
        env=surroundings(params),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["без объяснения"])[0]
        raise Refused(f"Программа {program} не справилась: {said}")


def _facts(ask: Ask) -> Facts:
    tables = _tables(ask)
    if "core_storedfile" not in tables:
        raise Refused(_NO_BASE)
    head = ask("SELECT number, hash FROM core_historyentry ORDER BY number DESC LIMIT 1")
    return Facts(
        rows={table: int(ask(f'SELECT count(*) FROM "{table}"')[0][0]) for table in tables},  # noqa: S608 -- names come from the base itself
        files={str(hash_): int(size) for hash_, size in ask("SELECT sha256, size FROM core_storedfile")},
        head=(int(head[0][0]), str(head[0][1])) if head else (0, ""),
    )


def _tables(ask: Ask) -> list[str]:
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        if engine() == "sqlite"
        else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    )
    return sorted(str(name) for (name,) in ask(names))
