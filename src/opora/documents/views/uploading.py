"""Pages of many files at once: each file has an answer of its own, and one that is refused spoils nothing."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from opora.appointments.guard import may
from opora.core.examination import kind_examined
from opora.core.refusal import Refused
from opora.core.uploads import read_upload
from opora.dashboard.request import Request
from opora.documents.actions import SentTwice, add_signature, add_version
from opora.documents.batch import MOST_FILES, paired, pdf_of, title_from, versions_with
from opora.documents.models import Document, Version
from opora.documents.queries import documents_kept_by, documents_seen_by
from opora.documents.views.cards import choices_for, line_of, municipality_of, save_one, suggested_for
from opora.documents.views.upload_forms import UploadForm
from opora.plans.models import Activity
from opora.schools.models import Municipality


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one file: `saved`, `same` (such a file is there already) or `refused`."""

    name: str
    state: str
    words: str
    address: str = ""
    title: str = ""
    code: str = ""
    status: int = 200
    sha256: str = ""


@may("documents.add")
def upload(request: Request) -> HttpResponse:
    """Enter many files at once; without JavaScript all come in one request."""
    line = line_of(request)
    form = _form_of(request, line)
    told = _taken(request, form, line)
    not_saved = [one for one in told if one.state != "saved"]
    status = 422 if form.is_bound and form.errors else 200
    if not_saved:
        status = not_saved[0].status if len(told) == 1 else 422
    context = {"form": form, "told": told, "not_saved": not_saved, "line": line, "most": MOST_FILES}
    return render(request, "documents/upload.html", context, status=status)


@may("documents.add")
@require_http_methods(["POST"])
def upload_file(request: Request) -> HttpResponse:
    """The same for one file with its signature, answered as JSON to the page that shows progress."""
    line = line_of(request)
    form = _form_of(request, line)
    told = _taken(request, form, line)
    if not told:
        words = next((str(one) for errors in form.errors.values() for one in errors), "Выберите файл")
        told = [Told("", "refused", words, status=422)]
    return JsonResponse({"files": [asdict(one) for one in told]}, status=max(one.status for one in told))


@may("documents.add")
@require_http_methods(["POST"])
def upload_known(request: Request) -> HttpResponse:
    """Which of the named files are there already, by name and hash; asked before they are sent."""
    asked = list(zip(request.POST.getlist("name"), request.POST.getlist("sha256"), strict=False))[
        : 5 * MOST_FILES
    ]
    found = versions_with(documents_seen_by(request.access), [digest for _, digest in asked])
    known = []
    for name, digest in asked:
        version = found.get(digest)
        if version is not None:
            is_mine = version.name == name and version.added_by_id == request.user.pk
            known.append({**asdict(_same(name, version)), "is_mine": is_mine})
    return JsonResponse({"known": known})


def _form_of(request: Request, line: Activity | None) -> UploadForm:
    return UploadForm(
        request.POST or None,
        request.FILES or None,
        may_approve="documents.approve" in request.access.permissions,
        documents=documents_kept_by(request.access),
        initial={**suggested_for(request, line), "title": ""},
        **choices_for(request, line),
    )


def _taken(request: Request, form: UploadForm, line: Activity | None) -> list[Told]:
    """The answer to every file of the request; files that were too large to arrive have theirs too."""
    if request.method != "POST":
        return []
    late: Refused | None = getattr(request, "upload_refusal", None)
    refused = getattr(request, "upload_refusals", None) or ([("", late)] if late else [])
    told = [_refused(name, refusal) for name, refusal in refused]
    if not form.is_valid():
        return told
    municipality = municipality_of(request, line)
    pairs, orphans = paired(form.cleaned_data["papers"])
    for file, signature in pairs:
        title = form.cleaned_data["title"] if len(pairs) == 1 else ""
        told += _kept(request, form, municipality, file, signature, title or title_from(file.name or ""))
    if form.pictures():
        told += _kept_pictures(request, form, municipality)
    for orphan in orphans:
        words = "Это подпись, а файла с таким именем рядом нет. Выберите их вместе или приложите её на странице документа."
        told.append(Told(orphan.name or "", "refused", words, status=422))
    if not told:
        form.add_error("papers", "Выберите файлы или снимки")
    return told


def _kept_pictures(request: Request, form: UploadForm, municipality: Municipality) -> list[Told]:
    pictures = form.pictures()
    title = form.cleaned_data["snaps_title"] or f"Снимки документа, {form.cleaned_data['dated_on']:%d.%m.%Y}"
    try:
        made = pdf_of([(one.name or "", read_upload(one)) for one in pictures])
    except Refused as refusal:
        return [_refused(title, refusal)]
    file = SimpleUploadedFile(f"{title}.pdf", made, content_type="application/pdf")
    return _kept(request, form, municipality, file, None, title)


def _kept(
    request: Request,
    form: UploadForm,
    municipality: Municipality,
    file: UploadedFile[Any],
    signature: UploadedFile[Any] | None,
    title: str,
) -> list[Told]:
    """Keep one file with its signature; whatever is refused is told and leaves nothing."""
    name = file.name or ""
    try:
        digest = hashlib.sha256(read_upload(file)).hexdigest()
        same = versions_with(documents_seen_by(request.access), [digest]).get(digest)
        if same is not None and digest not in request.POST.getlist("anyway"):
            is_sent = _is_sent_before(form, same, name, digest)
            return [_saved(name, same.document) if is_sent else _same(name, same)]
        kind_examined(read_upload(file), name)
        with transaction.atomic():
            version = _saved_version(request, form, municipality, file, title, digest)
    except SentTwice as again:
        row = again.row.document if isinstance(again.row, Version) else again.row
        return [_saved(name, row, "Уже внесён") if isinstance(row, Document) else _refused(name, again)]
    except Refused as refusal:
        return [_refused(name, refusal)]
    told = [_saved(name, version.document)]
    return told if signature is None else told + _signed(request, version, signature)


def _saved_version(
    request: Request,
    form: UploadForm,
    municipality: Municipality,
    file: UploadedFile[Any],
    title: str,
    digest: str,
) -> Version:
    values = form.cleaned_data
    if values["into"] is not None:
        return add_version(
            document=values["into"],
            content=read_upload(file),
            file_name=file.name or "",
            by=request.user,
            at=timezone.now(),
        )
    told = {**values, "title": title, "key": _key_of(form, file.name or "", digest)}
    document = save_one(request, told, file, municipality, None)
    return document.versions.select_related("document").get(number=1)


def _key_of(form: UploadForm, name: str, digest: str) -> uuid.UUID | None:
    key = form.cleaned_data["key"]
    return uuid.uuid5(key, f"{name} {digest}") if key else None


def _is_sent_before(form: UploadForm, same: Version, name: str, digest: str) -> bool:
    """Whether the very form that is sent has entered this file before: the button was pressed twice."""
    key = _key_of(form, name, digest)
    return key is not None and same.document.form_key == uuid.uuid5(key, "0")


def _signed(request: Request, version: Version, signature: UploadedFile[Any]) -> list[Told]:
    name = signature.name or ""
    try:
        add_signature(
            version=version,
            content=read_upload(signature),
            file_name=name,
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        return [_refused(name, refusal)]
    return [_saved(name, version.document, "Подпись приложена")]


def _saved(name: str, document: Document, words: str = "Внесён") -> Told:
    return Told(name, "saved", words, _address_of(document), document.title)


def _same(name: str, version: Version) -> Told:
    document = version.document
    words = "Такой файл уже есть"
    return Told(
        name, "same", words, _address_of(document), document.title, status=409, sha256=version.file.sha256
    )


def _refused(name: str, refusal: Refused) -> Told:
    return Told(name, "refused", refusal.words, code=refusal.code, status=refusal.status)


def _address_of(document: Document) -> str:
    return reverse("documents:document", args=[document.pk])
