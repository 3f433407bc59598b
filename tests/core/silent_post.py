"""A mail server that takes the line and says nothing, or says one thing whatever it is told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings


@contextmanager
def post_that_says(*answers: str, timeout: float = 0.3, user: str = "") -> Iterator[int]:
    """Mail is sent to a listener on this machine that gives these answers in turn and then is silent."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    lines: list[socket.socket] = []
    threading.Thread(target=_take, args=(listener, lines, answers), daemon=True).start()
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_HOST_USER=user,
        EMAIL_HOST_PASSWORD="secret" if user else "",
        EMAIL_USE_SSL=False,
        EMAIL_USE_TLS=False,
        EMAIL_TIMEOUT=timeout,
    ):
        try:
            yield port
        finally:
            # shutdown wakes the thread that waits for a caller; close alone would leave it waiting
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            for line in lines:
                line.close()


def _take(listener: socket.socket, lines: list[socket.socket], answers: tuple[str, ...]) -> None:
    while True:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        lines.append(line)
        threading.Thread(target=_talk, args=(line, answers), daemon=True).start()


def _talk(line: socket.socket, answers: tuple[str, ...]) -> None:
    try:
        for number, answer in enumerate(answers):
            if number and not line.recv(1000):
                return
            line.sendall(answer.encode("ascii") + b"\r\n")
    except OSError:
        return
