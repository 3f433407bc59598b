"""The process that answers people: it begins afresh, refuses what is too large unread, leaves when its master is dead."""

from __future__ import annotations

import contextlib
import socket
from typing import Any

from django.conf import settings
from django.db import connections
from gunicorn.workers.gthread import ThreadWorker

# Beside the files a form brings its fields and the lines that part them.
_OVER = 4 * 1024 * 1024
_DRAINED = 1024 * 1024
_PATIENCE = 1.0
_PAGE = (
    '<!doctype html><html lang="ru"><meta charset="utf-8"><title>Слишком много за один раз</title>'
    "<h1>Слишком много за один раз</h1><p>Отправлено больше, чем можно принять: допустимый размер всех файлов вместе"
    " — {mega} МБ. Отправьте по частям.</p></html>"
)


class Worker(ThreadWorker):  # type: ignore[misc]  # -- gunicorn comes without types
    """A process of threads that closes the line instead of reading gigabytes to throw them away."""

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer 413 at once where Content-Length is beyond the limit of a request; else as usual."""
        if announced(req.headers) <= settings.REQUEST_LIMIT + _OVER:
            return super().handle_request(req, conn)
        with contextlib.suppress(OSError):
            _refuse(conn.sock)
        return False

    def is_parent_alive(self) -> bool:
        """Whether the master lives; when not, the port is given back and what was begun is answered."""
        lives = bool(super().is_parent_alive())
        if not lives:
            self.set_accept_enabled(False)
            for listener in self.sockets:
                listener.close()
        return lives


def begin_afresh(_server: Any, _worker: Any) -> None:
    """Close what was inherited: locks of SQLite belong to a process, and a second one would believe them its own."""
    connections.close_all()


def announced(headers: list[tuple[str, str]]) -> int:
    """How many bytes a request says it brings; 0 where it says nothing."""
    told = [value for name, value in headers if name.upper() == "CONTENT-LENGTH"]
    return int(told[0]) if told and told[0].isascii() and told[0].isdigit() else 0


def _refuse(line: socket.socket) -> None:
    page = _PAGE.format(mega=settings.REQUEST_LIMIT // 1024 // 1024).encode()
    head = (
        "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nCache-Control: private, no-store\r\n"
        "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'\r\n"
        f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    line.settimeout(_PATIENCE)
    line.sendall(head.encode("ascii") + page)
    line.shutdown(socket.SHUT_WR)
    # A line closed over unread bytes is torn, and the client would not read why: what is on its way is taken in.
    left = _DRAINED
    while left > 0 and (piece := line.recv(65536)):
        left -= len(piece)
