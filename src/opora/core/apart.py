"""Papers of our own making that are made apart: a child process takes the memory of a large one with it."""

from __future__ import annotations

import threading
from typing import Final

from opora.core.refusal import Refused
from opora.core.sandbox import run_limited

# Five thousand rows of a table take two gigabytes and ten seconds; a usual paper fifty megabytes and a third of one.
_SECONDS: Final = 40
_MEMORY_MB: Final = 3_072
_OUTPUT_MB: Final = 100
_LARGE: Final = 500_000
# One large paper at a time is enough for a small server; small ones wait for nobody.
_TURN: Final = threading.Lock()
_PATIENCE: Final = 60.0
_QUEUE: Final = "Сервер собирает другой большой документ. Попробуйте ещё раз через минуту."
_NARROW: Final = "Скачайте его в Excel или сузьте выборку: меньше школ, строк или дней."
_SAID: Final = {
    "F-TIME": f"Документ слишком большой для {{kind}}. {_NARROW}",
    "F-BROKEN": f"Документ {{kind}} собрать не удалось. {_NARROW} Если шаблон свой, проверьте его поля; "
    "если не поможет, скажите администратору.",
}


def made_apart(module: str, *, asked: bytes, kind: str, has_threads: bool = False) -> bytes:
    """What `main()` of a module of ours makes of our own data; `kind` is «PDF» or «Word», for the words of a refusal.

    Refused: F-TIME when it is too large, F-BROKEN when nothing came of it, R-BUSY when the server is busy.
    """
    if len(asked) < _LARGE:
        return _made(module, asked, kind, has_threads)
    if not _TURN.acquire(timeout=_PATIENCE):
        raise Refused(_QUEUE, code="R-BUSY", status=503)
    try:
        return _made(module, asked, kind, has_threads)
    finally:
        _TURN.release()


def _made(module: str, asked: bytes, kind: str, has_threads: bool) -> bytes:
    try:
        return run_limited(
            module,
            stdin=asked,
            seconds=_SECONDS,
            memory_mb=_MEMORY_MB,
            output_mb=_OUTPUT_MB,
            has_threads=has_threads,
        )
    except Refused as refusal:
        if refusal.code not in _SAID:
            raise
        raise Refused(_SAID[refusal.code].format(kind=kind), code=refusal.code) from refusal
