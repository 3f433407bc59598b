"""The one door for files: bytes become a Source here, or a draft in a child process; what may not be read is refused."""

from __future__ import annotations

import importlib
import json
from typing import Any, Final

from opora.core.personal_signs import Sign, notice
from opora.core.refusal import Refused
from opora.core.refused_files import at_door
from opora.core.sandbox import run_limited
from opora.imports.readers.detection import check_size, kind_of
from opora.imports.readers.legacy import converted
from opora.imports.readers.refusals import broken
from opora.imports.table import Source

SECONDS: Final = 5
MEMORY_MB: Final = 300
_KINDS: Final = frozenset({"docx", "pdf", "xlsx", "ods", "odt", "html", "rtf", "csv", "txt"})
_PACKAGES: Final = frozenset({"docx", "xlsx", "ods", "odt"})
_OLD: Final = frozenset({"doc", "xls"})
_NO_MATTER: Final = (MemoryError, Refused)


def read_source(content: bytes, name: str) -> Source:
    """A file as paragraphs and tables in reading order; its type is told by the content.

    Refused with the codes of the trust contract, whatever the bytes are. Parses in this very process:
    for files of strangers `read_in_child` is the door.
    """
    kind, archive = kind_of(content, name)
    if kind in _OLD:
        content = converted(content, kind)
        kind, archive = kind_of(content, "")
    assert kind in _KINDS
    # Only the reader that is needed is imported: some of them bring libraries of a quarter of a second.
    read = getattr(importlib.import_module(f"opora.imports.readers.{kind}"), f"read_{kind}")
    try:
        source = read(archive if kind in _PACKAGES else content)
    except _NO_MATTER:
        raise
    except Exception as error:  # a library met bytes that its author never saw
        raise broken("его содержимое не разобрать") from error
    assert isinstance(source, Source)
    return source


def read_in_child(content: bytes, name: str, *, subject: str = "roadmap", **options: Any) -> dict[str, Any]:
    """The JSON of what a file says about a subject, read and understood in a child process with limits.

    `subject` is a name of `child.SUBJECTS`, `options` go to its `understand` and have to fit into JSON (`year` for
    a roadmap). Refused with the codes of the trust contract: those of the readers, F-NOTABLE, and F-TIME or F-BROKEN
    when the child did not live to answer.
    """
    with at_door(content):
        return _read(content, name, subject, options)


def _read(content: bytes, name: str, subject: str, options: dict[str, Any]) -> dict[str, Any]:
    check_size(content)
    content, name = _made_new(content, name)
    head = json.dumps({"name": name, "subject": subject, "options": options}).encode()
    said = run_limited(
        "opora.imports.child", stdin=head + b"\n" + content, seconds=SECONDS, memory_mb=MEMORY_MB
    )
    try:
        answer = json.loads(said)
        if "refused" in answer:
            refused = answer["refused"]
            raise Refused(refused["words"], code=refused["code"], status=refused["status"])
        draft = answer["draft"]
        notice(Sign(one["what"], tuple(one["places"])) for one in answer.get("signs", ()))
    except (ValueError, KeyError, TypeError) as error:
        raise broken("чтение оборвалось") from error
    assert isinstance(draft, dict)
    return draft


def _made_new(content: bytes, name: str) -> tuple[bytes, str]:
    """An old .doc or .xls goes through a converter first, itself in a sandbox: a child may start no program."""
    kind, _ = kind_of(content, name) if content.startswith(b"\xd0\xcf\x11\xe0") else ("", None)
    return (converted(content, kind), "") if kind in _OLD else (content, name)
