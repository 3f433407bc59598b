"""The page where an order is dropped, and the drafts that wait."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.appointments.guard import may
from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.core.uploads import open_stored, read_upload
from opora.dashboard.frame import programme_spoken_of
from opora.dashboard.request import Request
from opora.imports.actions import OpenAlready, discard_draft, make_draft, reopen_draft
from opora.imports.forms import UploadForm
from opora.imports.models import ImportDraft
from opora.imports.queries import drafts_seen_by
from opora.imports.readers.detection import kind_of
from opora.imports.reading import read_in_child
from opora.imports.views.before import first_of, page_of
from opora.plans.queries import roadmaps_kept_by
from opora.programmes.models import Programme
from opora.schools.models import Municipality

SHOWN = 20


@may("plans.edit")
@require_http_methods(["GET", "POST"])
def uploads(request: Request) -> HttpResponse:
    """Drop an order; the drafts that wait stand below. A refused file leaves nothing behind."""
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        places=list(Municipality.objects.filter(pk__in=request.access.municipality_ids)),
        programmes=list(Programme.objects.order_by("-year", "name")),
        plans=list(roadmaps_kept_by(request.access)),
        initial={"what": request.GET.get("amends", "new"), "programme": programme_spoken_of(request)},
    )
    context: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        try:
            _refuse_too_large(request)
            if form.is_valid():
                return redirect(page_of(_load(request, form)))
            status = 422
        except Refused as refusal:
            context = {"refusal": refusal, "first": first_of(refusal)}
            status = refusal.status
    drafts = drafts_seen_by(request.access)
    context |= {
        "form": form,
        "drafts": drafts.filter(state=ImportDraft.State.OPEN)[:SHOWN],
        "put_aside": drafts.filter(state=ImportDraft.State.DISCARDED)[:SHOWN],
    }
    return render(request, "imports/uploads.html", context, status=status)


@may("plans.edit")
@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Put a draft aside; it can be brought back from the list."""
    draft = get_object_or_404(drafts_seen_by(request.access), pk=pk)
    discard_draft(draft=draft, by=request.user, at=timezone.now())
    messages.success(
        request, f"Черновик «{draft.file_name}» отложен. Вернуть его можно из списка ниже.", extra_tags="done"
    )
    return redirect("imports:uploads")


@may("plans.edit")
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Bring back a draft that was put aside."""
    draft = get_object_or_404(drafts_seen_by(request.access), pk=pk)
    try:
        reopen_draft(draft=draft, by=request.user, at=timezone.now())
    except OpenAlready as refusal:
        return redirect(page_of(refusal.draft))
    return redirect(page_of(draft))


@may("plans.edit")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
@require_GET
def original(request: Request, pk: int) -> FileResponse:
    """The order's file as it came, only as an attachment."""
    draft = get_object_or_404(drafts_seen_by(request.access), pk=pk)
    response = FileResponse(
        open_stored(draft.file),
        as_attachment=True,
        filename=draft.file_name,
        content_type="application/octet-stream",
    )
    response.headers["Content-Security-Policy"] = "sandbox"
    return response


def _load(request: Request, form: UploadForm) -> ImportDraft:
    upload = form.cleaned_data["file"]
    amends = form.amends
    programme = amends.programme if amends else form.cleaned_data["programme"]
    data = read_upload(upload)
    name = clean(PurePath(upload.name or "").name).strip() or "приказ"
    read = read_in_child(data, name)
    if read["year"] is None:
        # The file names no year anywhere: the programme's is the only one there is.
        read = read_in_child(data, name, year=programme.year)
    return make_draft(
        municipality=amends.municipality if amends else form.cleaned_data["municipality"],
        programme=programme,
        amends=amends,
        read=read,
        data=data,
        kind=kind_of(data, name)[0],
        file_name=name,
        by=request.user,
        at=timezone.now(),
    )


def _refuse_too_large(request: Request) -> None:
    """The refusal that the upload handler left when it stopped reading in the middle."""
    refusal: Refused | None = getattr(request, "upload_refusal", None)
    if refusal is not None:
        raise refusal
