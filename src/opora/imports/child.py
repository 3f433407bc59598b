"""What the child process does: one file on stdin becomes the JSON of a draft, or of a refusal, on stdout."""

from __future__ import annotations

import json
import sys
from typing import Any

from opora.core.refusal import Refused
from opora.imports.reading import read_source
from opora.imports.subjects.roadmap import understand


def main() -> int:
    """Read a line of JSON (`name`, `year`) and the bytes of a file after it; answer; always 0."""
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    sys.stdout.write(json.dumps(_answer(content, asked["name"], asked["year"]), ensure_ascii=False))
    return 0


def _answer(content: bytes, name: str, year: int | None) -> dict[str, Any]:
    try:
        return {"draft": understand(read_source(content, name), year=year).as_json()}
    except Refused as refusal:
        return {"refused": {"code": refusal.code, "words": refusal.words, "status": refusal.status}}
