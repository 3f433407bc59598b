"""The one press that all PDFs of the product come from: typst, a page at a time."""

from __future__ import annotations

import json
import threading
from typing import Any, Final

import typst

# A compiler that is at work refuses a second thread («Already borrowed»), and a server has several.
_TURN: Final = threading.Lock()


def typeset(compiler: typst.Compiler, data: dict[str, Any]) -> bytes:
    """The bytes of a tagged PDF (PDF/UA-1). The words travel as data, so nothing that is typed can act as markup.

    A process that has typeset must not fork and typeset in the child: the threads of typst stay behind.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _TURN:
        made = compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("one paper makes one file")
    return made
