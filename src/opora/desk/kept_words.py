"""What was typed into a form that could not be taken, so that one press sends it again."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadhandler import StopUpload
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.http import url_has_allowed_host_and_scheme

# Letters and bytes of one form; more than anybody types.
MOST: Final = 200 * 1024
# How long a form is kept for somebody who has to sign in first.
LASTS: Final = timedelta(minutes=30)
# The field by which a part of a page that is sent anew as a whole names its page.
PART_OF: Final = "_part_of"
# The field by which a form that was kept names its row, so that it is kept no longer once it is sent.
KEPT: Final = "_kept"
TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field
# Signing in, passwords, the second step and its codes: what is typed there is never kept nor shown.
_NEVER_AT: Final = re.compile(r"/(login|logout|password|invitation|account)/")
_NEVER_NAMED: Final = re.compile(r"csrfmiddlewaretoken|.*(password|secret).*", re.IGNORECASE)
# A number, a day, a code of a choice: sent again, but nothing that anybody would call typed.
_IS_CODE: Final = re.compile(r"[\w.:+-]*", re.ASCII)
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_UNREADABLE: Final = (
    BadRequest,
    MultiPartParserError,
    OSError,
    StopUpload,
    SuspiciousOperation,
    UnreadablePostError,
)


@dataclass(frozen=True, slots=True)
class KeptWords:
    """The fields of a form as they were sent, where to, and the fields of files, which cannot be kept."""

    address: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    # A form that a page sent by itself: the page it stood on, else empty.
    page: str = ""
    mark: str = ""

    @property
    def typed(self) -> list[str]:
        """What people typed, without marks and codes, for reading and copying."""
        return [
            value.strip()
            for name, value in self.fields
            if not name.startswith("_") and not _IS_CODE.fullmatch(value.strip())
        ]

    @property
    def file_names(self) -> str:
        """The files that are to be chosen again, by name."""
        return ", ".join(f"«{name}»" for _, name in self.files)

    @property
    def file_fields(self) -> list[str]:
        """The fields that files are to be put into again, each once."""
        return list(dict.fromkeys(field for field, _ in self.files))

    def written(self) -> str:
        """The words as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def kept_words(request: HttpRequest) -> KeptWords | None:
    """What was sent, or None where there is nothing to keep, too much of it, or what must never be kept."""
    if request.method != "POST" or _NEVER_AT.match(request.path):
        return None
    try:
        posted, files = request.POST, request.FILES
    except _UNREADABLE:
        return None
    kept = KeptWords(
        address=request.get_full_path(),
        fields=tuple(
            (name, value)
            for name, values in posted.lists()
            for value in values
            if isinstance(value, str) and not _NEVER_NAMED.fullmatch(name)
        ),
        files=tuple((field, file.name or "") for field, many in files.lists() for file in many),
        page=_page_of(request),
    )
    return kept if len(kept.written().encode()) <= MOST else None


def read_words(text: str) -> KeptWords:
    """The words from JSON."""
    told: dict[str, Any] = json.loads(text)
    pairs = {name: tuple((field, value) for field, value in told[name]) for name in ("fields", "files")}
    return KeptWords(address=told["address"], page=told["page"], mark=told["mark"], **pairs)


def mark_of(key: str) -> str:
    """The name of the row that a key opens."""
    return sha256(key.encode()).hexdigest()


def taken_out(request: HttpRequest) -> tuple[str, str]:
    """The page of ours that a form sent anew was a part of and the row that it was kept in; the room sees neither."""
    if request.method != "POST" or (request.content_type or "") not in _FORMS:
        return "", ""
    # A body that cannot be read is told of here as everywhere: read once and hushed up, it would look empty to the page.
    if PART_OF not in request.POST and KEPT not in request.POST:
        return "", ""
    posted = request.POST.copy()
    page, mark = (str((posted.pop(name, None) or [""])[-1]) for name in (PART_OF, KEPT))
    request.POST = posted  # type: ignore[assignment]  # -- the stubs know the one that was parsed alone
    return (page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else ""), mark


def _page_of(request: HttpRequest) -> str:
    if not is_part(request):
        return ""
    came = urlsplit(request.headers.get("HX-Current-URL", ""))
    return f"{came.path}?{came.query}" if came.query else came.path


def is_part(request: HttpRequest) -> bool:
    """Whether a page asks by itself for a part of it."""
    return request.headers.get("HX-Request") == "true"


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent the form: words of a stranger's page are not shown."""
    origin = request.headers.get("Origin")
    if origin and origin != "null":
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
