"""What the child process does: one file on stdin becomes the JSON of what was understood, or of a refusal, on stdout."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import asdict
from typing import Any, Final

from opora.core.personal_signs import signs_in
from opora.core.refusal import Refused
from opora.imports.reading import read_source
from opora.imports.table import lines_of

# What a file may be read as: a module of `subjects` with `understand(source, **options)` whose answer has `as_json()`.
SUBJECTS: Final = {
    "roadmap": "opora.imports.subjects.roadmap",
    "appointments": "opora.imports.subjects.appointments",
    "risks": "opora.imports.subjects.risks",
    "outcomes": "opora.imports.subjects.outcomes",
    "equipment": "opora.imports.subjects.equipment",
    "work": "opora.imports.subjects.work",
    "schools": "opora.imports.subjects.schools",
    "municipalities": "opora.imports.subjects.municipalities",
    "xlsform": "opora.imports.subjects.xlsform",
    "survey": "opora.imports.subjects.survey",
    "marks": "opora.imports.subjects.marks",
    "text": "opora.imports.subjects.text",
}


def main() -> int:
    """Read a line of JSON (`name`, `subject`, `options`) and the bytes of a file after it; answer; always 0."""
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    answer = _answer(content, asked["name"], asked["subject"], asked["options"])
    sys.stdout.write(json.dumps(answer, ensure_ascii=False))
    return 0


def _answer(content: bytes, name: str, subject: str, options: dict[str, Any]) -> dict[str, Any]:
    # Only the subject that is asked for is loaded: a roadmap brings the whole grammar of periods.
    understand = importlib.import_module(SUBJECTS[subject]).understand
    try:
        source = read_source(content, name)
        draft = understand(source, **options).as_json()
        # A form speaks of questions; whatever else is read is looked through for what has no place here.
        signs = signs_in(lines_of(source)) if subject != "xlsform" else ()
        return {"draft": draft, "signs": [asdict(sign) for sign in signs]}
    except Refused as refusal:
        return {"refused": {"code": refusal.code, "words": refusal.words, "status": refusal.status}}
