"""The page where two versions of a document are compared."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.core.uploads import content_of
from opora.dashboard.request import Request
from opora.documents.comparing import compare_texts
from opora.documents.inside import READABLE
from opora.documents.models import Version
from opora.documents.queries import documents_seen_by
from opora.imports.reading import read_in_child
from opora.imports.subjects.text import MOST_LETTERS

PAGE = 200


@may("documents.see")
def document_compare(request: Request, pk: int) -> HttpResponse:
    """What changed between two versions: words added and removed, side by side or in one column."""
    row = get_object_or_404(documents_seen_by(request.access), pk=pk)
    versions = list(row.versions.select_related("file", "added_by"))
    later = _chosen(versions, request.GET.get("later", ""), 0)
    earlier = _chosen(versions, request.GET.get("earlier", ""), 1)
    context = {
        "document": row,
        "versions": versions,
        "earlier": earlier,
        "later": later,
        "view": "beside" if request.GET.get("view") == "beside" else "inline",
        "refusal": None,
        "comparison": None,
        "is_cut": False,
        "remarks": [],
    }
    if earlier is not None and later is not None and earlier != later:
        try:
            told = [_told(one) for one in (earlier, later)]
            texts = [str(one["text"]) for one in told]
            comparison = compare_texts(*texts)
        except Refused as refusal:
            context["refusal"] = refusal
        else:
            page = Paginator(comparison.rows, PAGE).get_page(request.GET.get("page"))
            context |= {
                "comparison": comparison,
                "page": page,
                "is_cut": any(len(text) >= MOST_LETTERS for text in texts),
                "remarks": list(dict.fromkeys(words for one in told for words in one["remarks"])),
            }
    return render(request, "documents/document_compare.html", context)


def _chosen(versions: list[Version], asked: str, otherwise: int) -> Version | None:
    """The version asked for by its number, else the one that stands at a place; None when there is none."""
    found = next((one for one in versions if str(one.number) == asked), None)
    return found or (versions[otherwise] if len(versions) > otherwise else None)


def _told(version: Version) -> dict[str, Any]:
    """What the reader told of a version: its text and remarks. Refused when it is a picture, a scan, or cannot be read."""
    if version.file.kind not in READABLE:
        raise Refused(f"У версии {version.number} нет текста: это {version.file.kind.upper()}.")
    try:
        told = read_in_child(content_of(version.file), version.name, subject="text")
    except Refused as refusal:
        raise Refused(
            f"Версия {version.number}: {refusal.words}", code=refusal.code, status=refusal.status
        ) from refusal
    if not str(told["text"]).strip():
        raise Refused(f"В версии {version.number} нет текста: сравнивать нечего.")
    return told
