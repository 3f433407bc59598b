"""The register of evidence with all its files: of a line, a school, a roadmap; sent while it is made."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from opora.appointments.guard import may
from opora.appointments.queries import schools_of
from opora.core.archive import archive_of
from opora.dashboard.request import Request
from opora.documents.evidence_register import evidence_archive, evidence_rows
from opora.documents.models import Document
from opora.documents.queries import documents_seen_by
from opora.plans.models import Activity
from opora.plans.queries import activities_on, roadmaps_seen_by


@may("documents.see")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_GET
def line_evidence(request: Request, pk: int) -> StreamingHttpResponse:
    """The documents of one line that the person sees."""
    line = get_object_or_404(Activity.objects.filter(roadmap__in=roadmaps_seen_by(request.access)), pk=pk)
    documents = documents_seen_by(request.access).filter(activity=line)
    return _archive(request, documents, [line], f"line-{line.pk}")


@may("documents.see")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_GET
def school_evidence(request: Request, pk: int) -> StreamingHttpResponse:
    """The documents of one school that the person sees."""
    school = get_object_or_404(schools_of(request.access).distinct(), pk=pk)
    documents = documents_seen_by(request.access).filter(school=school)
    return _archive(request, documents, (), f"school-{school.number or school.pk}")


@may("documents.see")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_GET
def roadmap_evidence(request: Request, pk: int) -> StreamingHttpResponse:
    """The documents of all lines of a roadmap that the person sees; lines without any are named too."""
    roadmap = get_object_or_404(roadmaps_seen_by(request.access), pk=pk)
    documents = documents_seen_by(request.access).filter(activity__roadmap=roadmap)
    return _archive(request, documents, activities_on([roadmap], request.as_of), f"roadmap-{roadmap.pk}")


def _archive(
    request: Request, documents: QuerySet[Document], lines: Sequence[Activity], name: str
) -> StreamingHttpResponse:
    entries = evidence_archive(evidence_rows(documents, request.as_of, lines))
    answer = StreamingHttpResponse(archive_of(entries), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="evidence-{name}.zip"'
    return answer
