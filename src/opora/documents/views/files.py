"""Files of a document: a corrected one, a signature, and giving them out."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from opora.appointments.guard import may
from opora.core.examination import kind_examined
from opora.core.filetypes import CONTENT_TYPES, INLINE
from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.core.uploads import open_stored, read_upload
from opora.dashboard.request import Request
from opora.documents.actions import SentTwice, add_signature, add_version
from opora.documents.forms import FileForm
from opora.documents.models import Document, Version
from opora.documents.queries import documents_kept_by, documents_seen_by
from opora.documents.views.deeds import Ask


@may("documents.add")
def version_add(request: Request, pk: int) -> HttpResponse:
    """Replace the file of a document that is not approved; the earlier one stays among the versions."""
    row = get_object_or_404(documents_kept_by(request.access), pk=pk)

    def keep(content: bytes, name: str) -> None:
        kind_examined(content, name)
        add_version(document=row, content=content, file_name=name, by=request.user, at=timezone.now())

    asked = Ask(
        title="Заменить файл",
        icon="up",
        hint="Прежний файл останется среди версий. До 20 МБ.",
        done="Файл заменён.",
    )
    return _file_page(request, row, keep, asked)


@may("documents.add")
def signature_add(request: Request, pk: int, number: int) -> HttpResponse:
    """Put a detached signature beside a version."""
    row = get_object_or_404(documents_kept_by(request.access), pk=pk)
    version = get_object_or_404(row.versions, number=number)

    def keep(content: bytes, name: str) -> None:
        add_signature(version=version, content=content, file_name=name, by=request.user, at=timezone.now())

    asked = Ask(
        title=f"Приложить подпись к версии {number}",
        icon="sign",
        hint="Отсоединённая подпись: файл .sig или .p7s. Подписанный файл не меняется.",
        done="Подпись приложена.",
    )
    return _file_page(request, row, keep, asked)


@may("documents.see")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
def file(request: Request, pk: int, number: int) -> FileResponse | HttpResponse:
    """One version as it came: an attachment, or in the window when `?inline=1` asks and the kind allows."""
    version = _version_of(request, pk, number)
    return given_out(version.file, version.name, is_inline=request.GET.get("inline") == "1")


@may("documents.see")  # type: ignore[arg-type]  # -- a streamed answer is an answer too
def signature(request: Request, pk: int, number: int) -> FileResponse | HttpResponse:
    """The detached signature of a version."""
    version = _version_of(request, pk, number)
    if version.signature is None:
        return redirect("documents:document", pk)
    return given_out(version.signature, f"{version.name}.sig", is_inline=False)


def given_out(stored: StoredFile, name: str, *, is_inline: bool) -> FileResponse:
    """A stored file with our own content type: sandboxed, not sniffed, an attachment unless asked."""
    response = FileResponse(
        open_stored(stored),
        as_attachment=not (is_inline and stored.kind in INLINE),
        filename=name,
        content_type=CONTENT_TYPES.get(stored.kind, "application/octet-stream"),
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _version_of(request: Request, pk: int, number: int) -> Version:
    versions = Version.objects.filter(document__in=documents_seen_by(request.access))
    return get_object_or_404(versions.select_related("file", "signature"), document=pk, number=number)


def _file_page(
    request: Request, row: Document, keep: Callable[[bytes, str], None], asked: Ask
) -> HttpResponse:
    form: forms.Form = FileForm(request.POST or None, request.FILES or None)
    refusal: Refused | None = getattr(request, "upload_refusal", None)
    if refusal is None and request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            keep(read_upload(upload), upload.name)
        except SentTwice as again:
            messages.info(request, again.words, extra_tags="wait")
            return redirect("documents:document", row.pk)
        except Refused as found:
            refusal = found
        else:
            messages.success(request, asked.done, extra_tags="done")
            return redirect("documents:document", row.pk)
    status = refusal.status if refusal else 422 if form.is_bound and form.errors else 200
    context = {"document": row, "form": form, "refusal": refusal, "asked": asked, "is_file": True}
    return render(request, "documents/deed.html", context, status=status)
