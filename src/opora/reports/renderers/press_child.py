"""What the child process of the press does: one paper of ours and its data on stdin become a PDF on stdout."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import typst

FONTS: Final = Path(__file__).resolve().parents[1] / "fonts"


def main() -> int:
    """Read JSON (`paper`, `data`) and write the PDF; always 0."""
    asked = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(printed(Path(asked["paper"]), asked["data"]))
    return 0


def printed(paper: Path, data: dict[str, Any]) -> bytes:
    """The bytes of a tagged PDF, made in this very process: what typst takes for it is not given back."""
    # Its root is the folder of the paper, outside it nothing is read.
    compiler = typst.Compiler(paper, root=paper.parent, font_paths=[FONTS], ignore_system_fonts=True)
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made = compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("one paper makes one file")
    return made
