"""Pages that show a document without giving its file out: pictures of its pages made by us, or its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from opora.appointments.guard import may
from opora.dashboard.request import Request
from opora.documents.drawing import DRAWN, page_of, pages_known, pages_of
from opora.documents.inside import text_to_show
from opora.documents.models import Document, Version
from opora.documents.queries import documents_seen_by

FEW = 3


@may("documents.see")
def document_preview(request: Request, pk: int) -> HttpResponse:
    """All pages of the latest file, or its words where pages cannot be drawn; with `?part=first` the first pages."""
    document = get_object_or_404(documents_seen_by(request.access), pk=pk)
    version = _latest(document)
    pages = pages_of(version.file) if version else 0
    if request.GET.get("part") == "first":
        shown = shown_first([version] if version else [])
        return render(request, "documents/_first_pages.html", {"document": document, **shown})
    text = "" if pages else text_to_show(version)
    context = {
        "document": document,
        "version": version,
        "pages": pages,
        "numbers": range(1, pages + 1),
        "paragraphs": text.splitlines(),
    }
    return render(request, "documents/document_preview.html", context)


@may("documents.see")
def preview_page(request: Request, pk: int, page: int) -> HttpResponse:
    """One page of the latest file as a PNG of our own making."""
    document = get_object_or_404(documents_seen_by(request.access), pk=pk)
    version = _latest(document)
    drawn = page_of(version.file, page) if version else None
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/png")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def shown_first(versions: Sequence[Version]) -> dict[str, Any]:
    """What the card of a document shows of its latest file: the first pages, or whether they are still to be drawn."""
    version = versions[0] if versions else None
    pages = pages_known(version.file) if version else 0
    return {
        "version": version,
        "pages": pages or 0,
        "numbers": range(1, min(pages or 0, FEW) + 1),
        "is_drawn_later": pages is None and version is not None and version.file.kind in DRAWN,
    }


def _latest(document: Document) -> Version | None:
    return document.versions.select_related("file").first()
