"""What the child process does with a centre's own template: checks it, fills it, says what is wrong in words."""

from __future__ import annotations

import json
import sys
from typing import Any

from jinja2 import TemplateError, UndefinedError
from jinja2.exceptions import SecurityError

from opora.core.refusal import Refused
from opora.reports.word.checking import faults_of, refuse_dangers
from opora.reports.word.filling import fill
from opora.reports.word.values import Filling, Layout


def main() -> int:
    """Read a line of JSON (`filling`, `example`) and the template after it; answer with a line of JSON and the file."""
    head, _, template = sys.stdin.buffer.read().partition(b"\n")
    answer, file = _answer(template, json.loads(head))
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n" + file)
    return 0


def _answer(template: bytes, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        if asked["example"] is not None:
            refuse_dangers(template)
            faults = faults_of(template, asked["example"])
            if faults:
                return {"faults": faults}, b""
        return {"faults": []}, fill(template, _filling(asked["filling"]))
    except Refused as refusal:
        return {"refused": {"code": refusal.code, "words": refusal.words, "status": refusal.status}}, b""
    except MemoryError:
        raise
    except Exception as wrong:  # a template may break the libraries in any way
        return {"faults": [_told(wrong)]}, b""


def _filling(told: dict[str, Any]) -> Filling:
    layouts = tuple(
        Layout(tuple(one["heads"]), tuple(one["shares"]), tuple(one["figures"])) for one in told["layouts"]
    )
    return Filling(told["values"], told["title"], layouts)


def _told(wrong: Exception) -> str:
    if isinstance(wrong, UndefinedError):
        return f"Названо то, чего в документе нет ({wrong.message})."
    if isinstance(wrong, SecurityError):
        return "В скобках {{ }} или {% %} то, что не разрешено."
    if isinstance(wrong, OverflowError):
        return "Слишком длинный цикл: больше ста тысяч шагов."
    if isinstance(wrong, TemplateError | ArithmeticError | TypeError | ValueError | AttributeError):
        return "Не вычислить то, что в скобках {{ }} или {% %}."
    return "Это не документ Word (.docx), или он не открывается."
