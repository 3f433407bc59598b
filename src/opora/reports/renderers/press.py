"""The one press that all PDFs of the product come from: typst, in a child process that takes its memory with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from opora.core.apart import made_apart


def typeset(paper: Path, data: dict[str, Any]) -> bytes:
    """The bytes of a tagged PDF (PDF/UA-1) by a paper of ours, the folder of which is all that it may read.

    The words travel as data, so nothing that is typed can act as markup. Refused as `made_apart`.
    """
    asked = json.dumps({"paper": str(paper), "data": data}, ensure_ascii=False).encode()
    return made_apart("opora.reports.renderers.press_child", asked=asked, kind="PDF", has_threads=True)
