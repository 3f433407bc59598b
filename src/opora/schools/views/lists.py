"""Lists given as a file or pasted: read in a child process, kept on the server until their giver agrees."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.utils import timezone

from opora.core.refusal import Refused
from opora.core.russian import clean
from opora.core.uploads import read_upload
from opora.dashboard.request import Request
from opora.imports.reading import read_in_child
from opora.schools.actions.drafts import keep_list
from opora.schools.models import ListDraft

PASTED = "вставленный список"
GONE = (
    "Этот список уже не хранится: он ждёт согласия сутки. Загрузите файл ещё раз — записано ничего не было."
)


def given_list(request: Request, form: Any, subject: str) -> ListDraft:
    """The list that the request brings, or the one that it agrees to.

    Refused when nothing was given, with the codes of reading, and when the list agreed to is not kept any more.
    """
    if "draft" in request.POST:
        return _kept(request, subject)
    upload, text = form.cleaned_data.get("file"), form.cleaned_data.get("text", "")
    if upload:
        content, name = read_upload(upload), name_of(request)
    elif text.strip():
        content, name = text.encode(), PASTED
    else:
        raise Refused("Вставьте список в поле или выберите файл.", status=400)
    told = read_in_child(content, name if upload else f"{PASTED}.csv", subject=subject)
    return keep_list(subject=subject, content=told, file_name=name, by=request.user, at=timezone.now())


def refuse_too_large(request: Request) -> None:
    """Raise what the upload handler left when it stopped reading in the middle, or that a paste is too long."""
    refusal: Refused | None = getattr(request, "upload_refusal", None)
    if refusal is not None:
        raise refusal
    if len(request.POST.get("text", "")) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise Refused("Вставлено слишком много текста. Разделите список на части.", code="F-SIZE", status=413)


def name_of(request: Request) -> str:
    """The name of the uploaded file."""
    upload = request.FILES.get("file")
    return (clean(PurePath(upload.name or "").name).strip() or "список")[:300] if upload else ""


def _kept(request: Request, subject: str) -> ListDraft:
    told = request.POST["draft"]
    number = int(told) if told.isascii() and told.isdecimal() and len(told) < 16 else 0
    draft = ListDraft.objects.filter(pk=number, subject=subject, made_by=request.user).first()
    if draft is None:
        raise Refused(GONE, status=400)
    return draft
