"""Pages of a stored file redrawn by us, kept in a folder that may be emptied at any time."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings

from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.core.sandbox import office, run_limited, run_program
from opora.core.uploads import content_of

MOST_PAGES: Final = 60
DRAWN: Final = frozenset({"pdf", "jpg", "png", "webp"})
CONVERTED: Final = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "rtf"})
_PASSING: Final = frozenset({"F-TIME", "R-BUSY", "R-SPACE"})


def pages_known(file: StoredFile) -> int | None:
    """How many pages are to be shown, when it has been looked at already; no process is started."""
    try:
        return int((_folder_of(file) / "pages").read_text())
    except (OSError, ValueError):
        return None


def pages_of(file: StoredFile) -> int:
    """How many pages of a file are to be shown, at most MOST_PAGES; 0 when it cannot be drawn."""
    known = pages_known(file)
    if known is not None:
        return known
    page_of(file, 1)
    return pages_known(file) or 0


def page_of(file: StoredFile, number: int) -> bytes | None:
    """One page as a PNG, from 1; None when there is no such page or it cannot be drawn."""
    kept = _folder_of(file) / f"{number}.png"
    if kept.is_file():
        return kept.read_bytes()
    known = pages_known(file)
    if not 1 <= number <= (MOST_PAGES if known is None else known):
        return None
    try:
        pages, drawn = _draw(file, number)
    except Refused as refusal:
        # What takes too long today may be quick tomorrow; what is broken stays so.
        if refusal.code not in _PASSING:
            _keep(_folder_of(file) / "pages", b"0")
        return None
    _keep(_folder_of(file) / "pages", str(min(pages, MOST_PAGES)).encode())
    if not drawn:
        return None
    _keep(kept, drawn)
    return drawn


def _draw(file: StoredFile, number: int) -> tuple[int, bytes]:
    is_converted = file.kind in CONVERTED
    if not is_converted and file.kind not in DRAWN:
        return 0, b""
    content = _as_pdf(file) if is_converted else content_of(file)
    if not content:
        return 0, b""
    head = json.dumps({"kind": "pdf" if is_converted else file.kind, "page": number}).encode()
    said = run_limited(
        "opora.documents.drawing_child", stdin=head + b"\n" + content, seconds=10, memory_mb=500
    )
    line, _, drawn = said.partition(b"\n")
    return int(json.loads(line)["pages"]), drawn


def _as_pdf(file: StoredFile) -> bytes:
    """The same document as LibreOffice prints it; empty where there is no LibreOffice. Refused: F-TIME, F-BROKEN."""
    kept = _folder_of(file) / "whole.pdf"
    if kept.is_file():
        return kept.read_bytes()
    program = office()
    if program is None:
        return b""
    words = (
        "-env:UserInstallation=file://{folder}/profile --headless --norestore --nolockcheck"
        f" --convert-to pdf --outdir {{folder}} {{folder}}/paper.{file.kind}"
    )
    made = run_program(
        [program, *words.split()],
        given=content_of(file),
        given_name=f"paper.{file.kind}",
        wanted_name="paper.pdf",
    )
    _keep(kept, made)
    return made


def _folder_of(file: StoredFile) -> Path:
    return Path(settings.DATA) / "previews" / file.sha256[:2] / file.sha256


def _keep(place: Path, content: bytes) -> None:
    """Keep what was drawn, when the disk takes it: without that it is drawn anew at the next asking."""
    temporary = ""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        with os.fdopen(descriptor, "wb") as kept:
            kept.write(content)
        Path(temporary).rename(place)
    except OSError:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
