"""The door to the child that fills Word templates, ours and those of centres.

Templates of centres are strangers' files and never run here; a large document would leave its memory in the server.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from opora.core.apart import made_apart
from opora.core.refusal import Refused
from opora.core.sandbox import run_limited
from opora.reports.word.values import Filling

SECONDS: Final = 5
MEMORY_MB: Final = 300
# Letters of a document, some three hundred rows: a larger one has the time and the memory of our own papers.
LARGE: Final = 100_000
_CHILD: Final = "opora.reports.word.child"
_SAID: Final = {
    "F-TIME": "Шаблон слишком сложен: заполнить его за 5 секунд не удалось. Уберите из него длинные циклы.",
    "F-BROKEN": "Шаблон повреждён и не открывается. Сохраните его в Word ещё раз и загрузите снова.",
}


class WrongTemplate(Refused):
    """A template that does not fit; `faults` name each place."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = tuple(faults)


def filled(template: bytes, filling: Filling, *, example: dict[str, Any] | None = None) -> bytes:
    """A template filled by a child process; with an `example` of all fields it is checked first.

    Refused: F-MACRO, F-ACTIVE, F-EXT, F-BROKEN, F-TIME; WrongTemplate when fields or brackets are wrong.
    """
    head = _asked(filling, example)
    if len(head) > LARGE and example is None:
        return _file_in(made_apart(_CHILD, asked=head + template, kind="Word"))
    try:
        said = run_limited(_CHILD, stdin=head + template, seconds=SECONDS, memory_mb=MEMORY_MB)
    except Refused as refusal:
        raise Refused(
            _SAID.get(refusal.code, refusal.words), code=refusal.code, status=refusal.status
        ) from refusal
    return _file_in(said)


def made(template: bytes, filling: Filling) -> bytes:
    """A template of ours filled. Refused as `made_apart`."""
    return _file_in(made_apart(_CHILD, asked=_asked(filling, None) + template, kind="Word"))


def _asked(filling: Filling, example: dict[str, Any] | None) -> bytes:
    return json.dumps({"filling": asdict(filling), "example": example}, ensure_ascii=False).encode() + b"\n"


def _file_in(said: bytes) -> bytes:
    answer, _, file = said.partition(b"\n")
    told = json.loads(answer)
    if "refused" in told:
        refused = told["refused"]
        raise Refused(refused["words"], code=refused["code"], status=refused["status"])
    if told["faults"]:
        raise WrongTemplate(told["faults"])
    return file
