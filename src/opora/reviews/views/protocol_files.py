"""The protocol of a draw as files: docx and tagged PDF; what is typed travels as data and can break neither."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from opora.core.apart import made_apart
from opora.reports.printable import printable
from opora.reports.renderers.pdf import breakable
from opora.reports.renderers.press import typeset
from opora.reviews.protocol import DOCUMENT_TITLES, EXPERT_TITLES, STRATA_TITLES, Protocol

PAPER = Path(__file__).resolve().parents[1] / "paper"


def as_pdf(protocol: Protocol) -> bytes:
    """The bytes of a .pdf file (PDF/UA-1)."""
    return typeset(PAPER / "protocol.typ", breakable(_listed(_told(protocol))))


def _told(protocol: Protocol) -> dict[str, Any]:
    """The protocol as plain values with the heads of its tables."""
    return asdict(printable(protocol)) | {
        "strata_titles": STRATA_TITLES, "document_titles": DOCUMENT_TITLES, "expert_titles": EXPERT_TITLES,
    }  # fmt: skip


def _listed(value: Any) -> Any:
    """The same with lists for tuples: that is what the press mends and the paper reads."""
    if isinstance(value, tuple):
        return [_listed(one) for one in value]
    if isinstance(value, dict):
        return {name: _listed(one) for name, one in value.items()}
    return value


def as_docx(protocol: Protocol) -> bytes:
    """The bytes of a .docx file with Word's own headings and tables."""
    asked = json.dumps(_told(protocol), ensure_ascii=False).encode()
    return made_apart("opora.reviews.protocol_child", asked=asked, kind="Word")


FILES: Final[dict[str, Callable[[Protocol], bytes]]] = {"docx": as_docx, "pdf": as_pdf}
