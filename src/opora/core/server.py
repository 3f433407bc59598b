"""The web server (gunicorn, threads) and beside it the worker that does what was put off."""

from __future__ import annotations

import errno
import os
import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connections
from gunicorn.app.base import BaseApplication

from opora.core.crew import Crew
from opora.core.predecessor import take_over
from opora.core.refusal import Refused
from opora.core.worker import Worker, begin_afresh


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server listens and with how many processes."""

    host: str
    port: int
    workers: int

    @property
    def bind(self) -> str:
        """What the server listens on: a number of IPv6 stands in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        return f"http://{self.bind}/"


def require_free(place: Place) -> None:
    """Say before anything is made that the server could not listen there. Refused when the port is taken or closed."""
    if not 0 < place.port < 65536:
        raise Refused(f"Порта {place.port} не бывает. Укажите от 1024 до 65535, обычно --port 8000.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Refused(_why_not_there(place, error)) from error


def _why_not_there(place: Place, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        another = place.port + 1 if place.port < 65535 else 8000
        return f"Порт {place.port} занят другой программой. Укажите другой: --port {another}"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Порт {place.port} система даёт только администратору. Укажите другой: --port 8000"
    return f"На адресе «{place.host}» эта машина слушать не может. Обычно --host 127.0.0.1, для всех адресов --host 0.0.0.0"


def take_port(place: Place) -> IO[str]:
    """The mark that this folder is served from now on; workers of a master that was killed are waited for.

    Refused when the port is taken by a server that lives, or by another program.
    """
    mark = take_over(Path(settings.DATA), is_free=lambda: _is_free(place))
    try:
        require_free(place)
    except Refused:
        mark.close()
        raise
    return mark


def serve(place: Place) -> None:
    """Serve until stopped; the port is taken already."""
    # The master holds no database: workers that inherit an open one believe its locks to be their own.
    connections.close_all()
    _Server(place).run()


def _is_free(place: Place) -> bool:
    try:
        require_free(place)
    except Refused:
        return False
    return True


class _Server(BaseApplication):  # type: ignore[misc]  # -- gunicorn comes without types
    def __init__(self, place: Place) -> None:
        self._place = place
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self._place.bind,
            "workers": self._place.workers,
            "worker_class": Worker,
            "threads": 4,
            "timeout": 60,
            "graceful_timeout": 20,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "limit_request_line": 8190,
            "loglevel": "warning",
            "proc_name": "opora",
            "control_socket_disable": True,
            "post_fork": begin_afresh,
            "post_worker_init": _start_jobs,
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        from django.core.wsgi import get_wsgi_application

        return get_wsgi_application()


def _start_jobs(_worker: Any) -> None:
    Crew(replace_process=_replace_process).start()


def _replace_process() -> None:
    # The worker finishes the requests that it has begun; the master starts another in its place.
    os.kill(os.getpid(), signal.SIGTERM)
