"""What went wrong with work that was put off, in words for a person."""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError

from opora.core.refusal import Refused

UNKNOWN_TASK = "Это задание оставила другая версия «Опоры»: нынешняя такого не умеет."
_NO_SPACE = "На сервере недостаточно места. Освободите место и повторите."
_NO_BASE = "База данных не ответила."
_UNFORESEEN = "Непредвиденная ошибка: подробности — в журнале сервера."


def words_of(error: Exception) -> str:
    """One Russian sentence; what only a programmer understands stays in the log of the server."""
    if isinstance(error, Refused):
        return error.words
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _NO_SPACE
    if isinstance(error, OperationalError | InterfaceError):
        return _NO_BASE
    return _UNFORESEEN


def is_known(error: Exception) -> bool:
    """Whether the words say all there is to know."""
    return words_of(error) != _UNFORESEEN
