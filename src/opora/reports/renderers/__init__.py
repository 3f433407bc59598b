"""Renderers write a report from its frozen values and nothing else: one file, one format."""

from __future__ import annotations

from collections.abc import Callable

from opora.reports.content import Progress
from opora.reports.renderers import docx, pdf, xlsx

RENDERERS: dict[str, Callable[[Progress], bytes]] = {
    "docx": docx.render,
    "pdf": pdf.render,
    "xlsx": xlsx.render,
}
