"""Django's PostgreSQL; in a request of a person a silent server is left after seconds, and so is its connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from opora.core.waiting import ANSWER, SIGN_OF_LIFE, is_hurried

# psycopg takes whole seconds, two at least; the server ends its own work before we stop listening to it.
_CONNECTING = 2
_SERVER = f"-c lock_timeout={int(ANSWER * 900)} -c statement_timeout={int(ANSWER * 950)}"


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when its server says nothing for `patience` seconds while a person waits."""

    patience = ANSWER

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait as psycopg does; OperationalError when the server is silent."""
        limit = timeout if timeout is not None or not is_hurried() else self.patience
        try:
            return super().wait(gen, interval, limit)
        except psycopg.OperationalError as error:
            if type(error).__name__ != "_WaitTimeout" or timeout is not None:
                raise
            # What the server will say later belongs to nobody: the connection cannot be used any more.
            self.pgconn.finish()
            raise psycopg.OperationalError("the server is silent") from error


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects with less patience when a person waits."""

    def get_connection_params(self) -> dict[str, Any]:
        """What psycopg is told."""
        told: dict[str, Any] = super().get_connection_params()
        if is_hurried():
            told |= {"connect_timeout": _CONNECTING, "options": _SERVER}
        return told

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A new connection of ours, where Django would make one of psycopg's own."""
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        return PatientConnection.connect(**conn_params)

    def is_usable(self) -> bool:
        """Whether the connection kept from the last request lives; said within a second."""
        if not isinstance(self.connection, PatientConnection):
            return False
        with _shorter(self.connection):
            return bool(super().is_usable())


@contextmanager
def _shorter(connection: PatientConnection) -> Iterator[None]:
    connection.patience = SIGN_OF_LIFE
    try:
        yield
    finally:
        connection.patience = ANSWER
