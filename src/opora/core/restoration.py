"""A copy put back into an empty place, and the drill that proves that it can be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from opora import __version__
from opora.core.copies import BASE, KEPT, Manifest, Say, checked, copied
from opora.core.dumps import base_place, engine, facts_of_base, for_owner_alone, has_tables, load, sync
from opora.core.refusal import Refused

# Stands in the data folder while a copy is put back: all beside it was made by that and may be made again.
MARK: Final = ".restoring"
_ENGINES: Final = {"sqlite": "встроенной базы SQLite", "postgresql": "PostgreSQL"}


def put_back(copy: Path, *, say: Say) -> Manifest:
    """Put a copy back into this empty installation, every hash checked before and after, and bring the base up.

    Refused when the copy is not whole, is of another engine or of a newer version, or the place is not empty.
    """
    say("Проверяю копию…")
    manifest = checked(copy, say=say)
    _judge_kind(manifest)
    data = Path(settings.DATA)
    _empty_or_refuse(data)
    mark = data / MARK
    mark.touch(mode=0o600)
    with for_owner_alone():
        _fill(copy, manifest, say)
    _compare(manifest)
    mark.unlink()
    sync(data)
    # Keys and rows are others now than when this process read its settings: what follows needs a new one.
    for words in (["migrate"], ["history", "verify"]):
        say(said_by(words, {}))
    return manifest


def _fill(copy: Path, manifest: Manifest, say: Say) -> None:
    data = Path(settings.DATA)
    sync(data)
    say("Возвращаю файлы…")
    for name, wanted in manifest.hashes.items():
        if name == BASE:
            continue
        place = data / name.removeprefix(f"{KEPT}/")
        place.unlink(missing_ok=True)
        if copied(copy / name, place) != wanted:
            raise Refused(f"Файл «{name}» записан с ошибкой. Проверьте диск и повторите.")
    say("Возвращаю базу…")
    load(copy / BASE)


def said_by(words: list[str], told: Mapping[str, str]) -> str:
    """What a command of the launcher says in a process of its own. Refused with its words when it refuses."""
    known = {name: value for name, value in {**os.environ, **told}.items() if value}
    source = str(Path(settings.SOURCE) / "src")
    done = subprocess.run(
        [sys.executable, "-m", "opora", *words],
        env={**known, "PYTHONPATH": source, "DJANGO_SETTINGS_MODULE": "opora.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Refused((done.stderr.strip() or done.stdout.strip()).splitlines()[-1])
    return done.stdout.strip()


@contextmanager
def place_for_drill(folder: Path) -> Iterator[dict[str, str]]:
    """Variables that lead to an empty installation of the same engine; nothing of it is left afterwards.

    Refused when the user of PostgreSQL may not make a base.
    """
    told = {"OPORA_DATA": str(folder), "DATABASE_URL": "", "OPORA_ADDRESS": ""}
    if engine() == "sqlite":
        yield told
        return
    import psycopg

    params = connection.get_connection_params()
    name = f"opora_drill_{os.getpid()}"
    with psycopg.connect(**{**params, "options": ""}, autocommit=True) as server:
        try:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
        except psycopg.Error as error:
            raise Refused(
                "Для проверки нужна временная база, а создать её пользователю PostgreSQL нельзя. "
                f'Разрешите: ALTER ROLE "{params.get("user", "")}" CREATEDB;'
            ) from error
        try:
            yield {**told, "DATABASE_URL": address_of({**params, "dbname": name})}
        finally:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


def address_of(params: Mapping[str, object]) -> str:
    """A base of PostgreSQL as DATABASE_URL tells it."""
    user, password = (quote(str(params.get(name) or ""), safe="") for name in ("user", "password"))
    host, port = str(params.get("host") or ""), params.get("port")
    known = urlencode({name: str(params[name]) for name in ("sslmode", "sslrootcert") if params.get(name)})
    place = f"{quote(host, safe='')}{f':{port}' if port else ''}/{quote(str(params['dbname']), safe='')}"
    return f"postgres://{user}{f':{password}' if password else ''}@{place}{f'?{known}' if known else ''}"


def _judge_kind(manifest: Manifest) -> None:
    if _numbers(manifest.version) > _numbers(__version__):
        raise Refused(
            f"Копия сделана более новой версией ({manifest.version}), а здесь {__version__}. Сначала обновите «Опору»."
        )
    if manifest.engine == engine():
        return
    way = (
        "Уберите DATABASE_URL, верните копию, затем перенесите: ./opora move postgres://…"
        if manifest.engine == "sqlite"
        else "Укажите в DATABASE_URL пустую базу PostgreSQL; потом можно перенести: ./opora move sqlite:///…"
    )
    raise Refused(f"Копия снята с {_ENGINES[manifest.engine]}, а настройки ведут к другой базе. {way}")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _empty_or_refuse(data: Path) -> None:
    files, is_ours = data / "files", (data / MARK).exists()
    if is_ours:
        # Broken off while files were written or the base of SQLite was: all of it comes from the copy.
        shutil.rmtree(files, ignore_errors=True)
        if engine() == "sqlite":
            for end in ("", "-wal", "-shm"):
                Path(f"{base_place()}{end}").unlink(missing_ok=True)
    if has_tables():
        raise Refused(
            "База не пуста: копию возвращают только в пустое место. Задайте другую OPORA_DATA или пустую базу."
        )
    heads = data / "history-heads"
    if (files.exists() and any(files.iterdir())) or (heads.exists() and not is_ours):
        raise Refused(
            f"Папка данных «{data}» не пуста: копию возвращают только в пустое место. Задайте другую OPORA_DATA."
        )


def _compare(manifest: Manifest) -> None:
    facts = facts_of_base()
    wrong = sorted(
        name
        for name in manifest.rows.keys() | facts.rows.keys()
        if manifest.rows.get(name) != facts.rows.get(name)
    )
    if wrong or facts.head != manifest.head:
        raise Refused(
            f"База вернулась не такой, как в копии: {', '.join(wrong) or 'журнал'}. Возьмите другую копию."
        )
