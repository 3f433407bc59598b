"""Many files at once: which signature belongs to which file, what a file is called, what is there already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar

from django.db.models import QuerySet

from opora.core.examination import kind_examined
from opora.core.filetypes import EXTENSIONS, extension_of
from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.core.sandbox import run_limited
from opora.documents.models import Document, Version

MOST_FILES: Final = 20
PICTURES: Final = frozenset({"jpg", "png", "webp"})
_SECONDS: Final = 20


class Named(Protocol):
    """Anything that has a name: an uploaded file."""

    name: str | None


File = TypeVar("File", bound=Named)


def paired(files: Sequence[File]) -> tuple[list[tuple[File, File | None]], list[File]]:
    """Each file with the detached signature chosen beside it, and the signatures whose file is not there.

    «приказ.docx» is signed by «приказ.docx.sig», or by «приказ.sig» when no file bears the whole name.
    """
    signatures = [file for file in files if extension_of(file.name or "") in EXTENSIONS["sig"]]
    papers = [file for file in files if file not in signatures]
    pairs: list[tuple[File, File | None]] = []
    for file in papers:
        name = (file.name or "").lower()
        wanted = (name, _without_ending(name))
        found = next(
            (s for part in wanted for s in signatures if _without_ending(s.name or "") == part), None
        )
        if found is not None:
            signatures.remove(found)
        pairs.append((file, found))
    return pairs, signatures


def title_from(name: str) -> str:
    """A title made of a file name: no ending, no underlines, single spaces."""
    ending = extension_of(name)
    stem = name[: -len(ending) - 1] if ending else name
    return " ".join(clean(stem).replace("_", " ").split())[:300] or "Документ"


def versions_with(documents: QuerySet[Document], digests: Iterable[str]) -> dict[str, Version]:
    """Among some documents, the first version whose file has a hash, by the hash. One query."""
    found: dict[str, Version] = {}
    rows = Version.objects.filter(document__in=documents, file__sha256__in=list(digests)[: 5 * MOST_FILES])
    for version in rows.select_related("document", "file").order_by("-pk"):
        found[version.file.sha256] = version
    return found


def pdf_of(pictures: Sequence[tuple[str, bytes]]) -> bytes:
    """One PDF of (name, content) of snapshots in their order: turned as the camera meant, metadata removed.

    Refused with the name of the picture that does not do (F-EMPTY, F-SIZE, F-TYPE, F-BOMB, F-BROKEN), or F-TIME.
    """
    if len(pictures) > MOST_FILES:
        raise Refused(f"Снимков {len(pictures)}, в один документ можно собрать не больше {MOST_FILES}.")
    for name, content in pictures:
        _refuse_no_picture(name, content)
    head = json.dumps({"sizes": [len(content) for _, content in pictures]}).encode()
    said = run_limited(
        "opora.documents.snapshots_child",
        stdin=head + b"\n" + b"".join(content for _, content in pictures),
        seconds=_SECONDS,
        memory_mb=700,
    )
    if said.startswith(b"!"):
        name = pictures[int(said[1:]) - 1][0]
        raise Refused(
            f"Снимок «{name}» повреждён и не открывается. Снимите страницу ещё раз; документ не собран.",
            code="F-BROKEN",
        )
    return said


def _refuse_no_picture(name: str, content: bytes) -> None:
    try:
        kind = kind_examined(content, name)
    except Refused as refusal:
        raise Refused(
            f"Снимок «{name}»: {refusal.words}", code=refusal.code, status=refusal.status
        ) from refusal
    if kind not in PICTURES:
        raise Refused(
            f"Формат файла не подходит: «{name}» не снимок. Снимки — это jpg, png и webp.",
            code="F-TYPE",
            status=415,
        )


def _without_ending(name: str) -> str:
    return name.lower().rpartition(".")[0]
