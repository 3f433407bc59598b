"""What the child process does: a file on stdin becomes its kind, or the refusal of it, on stdout."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any, Final

from opora.core.filetypes import kind_of
from opora.core.refusal import Refused
from opora.imports.readers.refusals import broken

# Only the judge that is needed is imported: each brings a library of its own.
JUDGES: Final = {
    "docx": "package",
    "xlsx": "package",
    "pptx": "package",
    "odt": "package",
    "ods": "package",
    "pdf": "paper",
    "jpg": "picture",
    "png": "picture",
    "webp": "picture",
    "rtf": "words",
    "txt": "words",
    "csv": "words",
}


def main() -> int:
    """Read a line of JSON (`name`) and the bytes of a file after it; answer; always 0."""
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.write(json.dumps(_answer(content, json.loads(head)["name"]), ensure_ascii=False))
    return 0


def judged(content: bytes, name: str) -> str:
    """The kind of a file that may be kept. Refused with the codes of the trust contract.

    Parses in this very process: for files of strangers `core.examination` is the door.
    """
    kind = kind_of(content, name)
    judge = importlib.import_module(f"opora.imports.examination.{JUDGES[kind]}").judge
    try:
        judge(content, kind)
    except (MemoryError, Refused):
        raise
    except Exception as error:  # a library met bytes that its author never saw
        raise broken("его содержимое не разобрать") from error
    return kind


def _answer(content: bytes, name: str) -> dict[str, Any]:
    try:
        return {"kind": judged(content, name)}
    except Refused as refusal:
        return {"refused": {"code": refusal.code, "words": refusal.words, "status": refusal.status}}
