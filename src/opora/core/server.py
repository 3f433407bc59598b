"""The web server (gunicorn, threads) and beside it the worker that does what was put off."""

from __future__ import annotations

import logging
import socket
import threading
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import close_old_connections
from django.utils.timezone import get_current_timezone
from gunicorn.app.base import BaseApplication

from opora.core.heads import keep_head
from opora.core.history import last_head
from opora.core.jobs import daily, put_down_daily, run_next, task
from opora.core.now import now
from opora.core.refusal import Refused

PAUSE = 2.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the server listens and with how many processes."""

    host: str
    port: int
    workers: int

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}/"


def serve(place: Place) -> None:
    """Serve until stopped. Refused when the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            raise Refused(
                f"Порт {place.port} занят другой программой. Укажите другой: --port {place.port + 1}"
            ) from error
    _Server(place).run()


class _Server(BaseApplication):  # type: ignore[misc]  # -- gunicorn comes without types
    def __init__(self, place: Place) -> None:
        self._place = place
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": f"{self._place.host}:{self._place.port}",
            "workers": self._place.workers,
            "worker_class": "gthread",
            "threads": 4,
            "timeout": 60,
            "graceful_timeout": 20,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "limit_request_line": 8190,
            "loglevel": "warning",
            "proc_name": "opora",
            "control_socket_disable": True,
            "post_worker_init": _start_jobs,
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        from django.core.wsgi import get_wsgi_application

        return get_wsgi_application()


@daily
@task
def keep_head_of_the_day(*, moment: str) -> None:
    """Keep outside the base which deed stands last today, so that a tail cut off or a chain made anew is seen."""
    head = last_head(on=datetime.fromisoformat(moment).astimezone(get_current_timezone()).date())
    if head is not None:
        keep_head(head)


def _start_jobs(_worker: Any) -> None:
    threading.Thread(target=_work, name="jobs", daemon=True).start()


def _work() -> None:
    pause = threading.Event()
    put_down_on: date | None = None
    while True:
        try:
            close_old_connections()
            today = now().astimezone(get_current_timezone()).date()
            if today != put_down_on:
                put_down_daily(at=now())
                put_down_on = today
            if run_next(at=now()):
                continue
        except Exception:
            log.exception("the worker stumbled and goes on")
        pause.wait(PAUSE)
