"""All rows of the installation carried into an empty base of the other engine, compared table by table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final, NamedTuple

import environ
from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from opora.core.copies import Say
from opora.core.refusal import Refused

TARGET: Final = "target"
_MANY: Final = 500
# Made anew in every base by bringing it up, and carried with the rest.
_MADE_ANEW: Final = {"contenttypes.contenttype", "auth.permission"}


class Sum(NamedTuple):
    """How many rows a table has and one hash of them all."""

    rows: int
    hash: str


def carry(*, address: str, say: Say) -> dict[str, Sum]:
    """Carry all rows into the base at the address, in one transaction, and return what was compared by table.

    The base of the installation is only read; broken off, the other one is empty again. Refused when the other base holds
    rows, does not take one, or holds something else afterwards.
    """
    connections.databases[TARGET] = {**connections["default"].settings_dict, **_settings_of(address)}
    try:
        with _still("default"), transaction.atomic(using=TARGET), _unguarded(connections[TARGET]):
            _empty(connections[TARGET])
            sums = {model._meta.db_table: _carried(model, say) for model in _models()}
            for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), _models()):
                _run(connections[TARGET], statement)
        return sums
    finally:
        connections[TARGET].close()
        del connections[TARGET], connections.databases[TARGET]


def _settings_of(address: str) -> dict[str, Any]:
    told: dict[str, Any] = dict(environ.Env.db_url_config(address))
    is_sqlite = told["ENGINE"].endswith("sqlite3")
    options = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=FULL;"}
    return {**told, "OPTIONS": options if is_sqlite else {"connect_timeout": 5}, "CONN_HEALTH_CHECKS": False}


def _models() -> list[type[models.Model]]:
    return sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table)


@contextmanager
def _still(alias: str) -> Iterator[None]:
    """One moment of the base, whoever writes beside."""
    with transaction.atomic(using=alias):
        if connections[alias].vendor == "postgresql":
            _run(connections[alias], "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            _run(connections[alias], "SET LOCAL statement_timeout = 0")
        yield


@contextmanager
def _unguarded(base: BaseDatabaseWrapper) -> Iterator[None]:
    """Append-only tables are filled with their guards laid aside, within the transaction that puts them back."""
    if base.vendor == "postgresql":
        _run(base, "SET LOCAL statement_timeout = 0")
        tables = _run(base, "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        for (table,) in tables:
            _run(base, f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        _run(base, "SET CONSTRAINTS ALL IMMEDIATE")
        for (table,) in tables:
            _run(base, f"ALTER TABLE {table} ENABLE TRIGGER USER")
        return
    guards = _run(
        base,
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'",
    )
    for name, _ in guards:
        _run(base, f'DROP TRIGGER "{name}"')
    yield
    for _, statement in guards:
        _run(base, statement)


def _empty(base: BaseDatabaseWrapper) -> None:
    full = [
        model._meta.db_table
        for model in _models()
        if model._meta.label_lower not in _MADE_ANEW and _all_of(model, TARGET).exists()
    ]
    if full:
        raise Refused(
            f"Новая база не пуста: строки есть в таблицах {', '.join(full[:5])}. Укажите пустую базу."
        )
    for table in ("auth_permission", "django_content_type"):
        _run(base, f'DELETE FROM "{table}"')  # noqa: S608 -- two tables named here


def _carried(model: type[models.Model], say: Say) -> Sum:
    names = [field.attname for field in model._meta.concrete_fields]
    source = _rows(model, "default", names)
    told, number = hashlib.sha256(), 0
    try:
        while rows := list(islice(source, _MANY)):
            for row in rows:
                told.update(_words(row))
            made = [model(**dict(zip(names, row, strict=True))) for row in rows]
            _all_of(model, TARGET).bulk_create(made)
            number += len(rows)
    except DatabaseError as error:
        raise Refused(
            f"Новая база не приняла строки таблицы {model._meta.db_table}: {error}".strip()
        ) from error
    before, after = Sum(number, told.hexdigest()), _sum(model, TARGET, names)
    if before != after:
        raise Refused(
            f"Таблица {model._meta.db_table} перенеслась не такой, как была. Новая база оставлена пустой."
        )
    if number:
        say(f"{model._meta.db_table}: {number}")
    return after


def _sum(model: type[models.Model], alias: str, names: list[str]) -> Sum:
    told, number = hashlib.sha256(), 0
    for row in _rows(model, alias, names):
        told.update(_words(row))
        number += 1
    return Sum(number, told.hexdigest())


def _rows(model: type[models.Model], alias: str, names: list[str]) -> Iterator[tuple[Any, ...]]:
    # By numbers where keys are numbers: the order of texts belongs to the engine and its language.
    rows = _all_of(model, alias).order_by("pk").values_list(*names)
    key = model._meta.pk
    if isinstance(key, models.AutoField | models.IntegerField | models.OneToOneField):
        return iter(rows.iterator(chunk_size=_MANY))
    place = names.index(key.attname)
    return iter(sorted(rows, key=lambda row: str(row[place])))


def _all_of(model: type[models.Model], alias: str) -> models.QuerySet[models.Model]:
    return models.QuerySet(model, using=alias)


def _words(row: tuple[Any, ...]) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=_plain, sort_keys=True).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp().hex()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


def _run(base: BaseDatabaseWrapper, words: str) -> list[Any]:
    with base.cursor() as cursor:
        cursor.execute(words)
        return list(cursor.fetchall()) if cursor.description else []
