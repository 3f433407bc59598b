"""The door to the child that checks and fills templates of centres: they are strangers' files and never run here."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from opora.core.refusal import Refused
from opora.core.sandbox import run_limited
from opora.reports.word.filling import Filling

SECONDS: Final = 5
MEMORY_MB: Final = 300
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
    head = json.dumps({"filling": asdict(filling), "example": example}, ensure_ascii=False).encode()
    try:
        said = run_limited(
            "opora.reports.word.child",
            stdin=head + b"\n" + template,
            seconds=SECONDS,
            memory_mb=MEMORY_MB,
        )
    except Refused as refusal:
        raise Refused(
            _SAID.get(refusal.code, refusal.words), code=refusal.code, status=refusal.status
        ) from refusal
    answer, _, file = said.partition(b"\n")
    told = json.loads(answer)
    if "refused" in told:
        refused = told["refused"]
        raise Refused(refused["words"], code=refused["code"], status=refused["status"])
    if told["faults"]:
        raise WrongTemplate(told["faults"])
    return file
