"""How long a person's request waits for the database: five seconds in all, then the page says that it is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Seconds for one answer of the base. Commands and work put off are not hurried: a copy or an export may take long.
ANSWER = 4.0
# Seconds for the word that a connection kept from the last request still lives.
SIGN_OF_LIFE = 1.0

_hurried: ContextVar[bool] = ContextVar("hurried", default=False)


@contextmanager
def hurried() -> Iterator[None]:
    """While a person waits."""
    token = _hurried.set(True)
    try:
        yield
    finally:
        _hurried.reset(token)


def is_hurried() -> bool:
    """Whether a person waits for what is asked of the base now."""
    return _hurried.get()
