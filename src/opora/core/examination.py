"""The examination of a file that is kept and given on to colleagues: in a child process, never in the web process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from opora.core.filetypes import extension_of, kind_of
from opora.core.refusal import Refused
from opora.core.refused_files import at_door
from opora.core.sandbox import run_limited
from opora.core.uploads import read_upload

SECONDS: Final = 5
# A picture of 40 Mpx is unpacked as a whole.
MEMORY_MB: Final = 500
_MOST_KNOWN: Final = 500

# What passed in this process: the face examines before the transaction begins, the action asks once more.
_passed: dict[tuple[str, str], str] = {}
_is_own: ContextVar[bool] = ContextVar("is_own", default=False)


@contextmanager
def own_work() -> Iterator[None]:
    """What is kept meanwhile was made by the product itself, as the papers of the demonstration: no child looks at it."""
    token = _is_own.set(True)
    try:
        yield
    finally:
        _is_own.reset(token)


def kind_examined(content: bytes, name: str) -> str:
    """The kind of a file that may be kept: a key of CONTENT_TYPES other than sig.

    Refused with the codes of the trust contract: what is not a document (F-TYPE, F-OLD, F-EMPTY, F-SIZE, F-NAME),
    what does more than show words (F-MACRO, F-ACTIVE, F-EXT, F-PASS), what is not whole or too much (F-BROKEN, F-BOMB,
    F-TIME).
    """
    if _is_own.get():
        return kind_of(content, name)
    key = hashlib.sha256(content).hexdigest(), extension_of(name)
    known = _passed.get(key)
    if known is not None:
        return known
    with at_door(content):
        kind = _told(content, name)
    while len(_passed) >= _MOST_KNOWN:
        _passed.pop(next(iter(_passed)), None)
    _passed[key] = kind
    return kind


def examined_upload(upload: UploadedFile[Any]) -> bytes:
    """The bytes of an uploaded document that may be kept, asked before any transaction. Refused as `kind_examined`."""
    content = read_upload(upload)
    kind_examined(content, upload.name or "")
    return content


def _told(content: bytes, name: str) -> str:
    # The judges live on a higher floor: the settings name the module that is run.
    said = run_limited(
        settings.FILE_EXAMINER,
        stdin=json.dumps({"name": name}).encode() + b"\n" + content,
        seconds=SECONDS,
        memory_mb=MEMORY_MB,
    )
    answer = json.loads(said)
    if "refused" in answer:
        refused = answer["refused"]
        raise Refused(refused["words"], code=refused["code"], status=refused["status"])
    return str(answer["kind"])
