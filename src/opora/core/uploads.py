"""The only store of files: a file is written whole and synced first, then its row is made."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

from opora.core.models import StoredFile
from opora.core.refusal import Refused
from opora.core.refused_files import note_unread

_PIECE = 1024 * 1024
_MOST_THROWN_AWAY = 1024 * 1024 * 1024


def store(content: bytes, *, kind: str, at: datetime) -> StoredFile:
    """Keep bytes under the name of their hash and return their row; the same bytes are kept once.

    Refused (R-SPACE, 507) when the disk does not take them: nothing is left behind.
    """
    digest = hashlib.sha256(content).hexdigest()
    place = path_of(digest)
    try:
        if not _is_kept(place):
            _write_whole(place, content)
    except OSError as error:
        raise Refused(
            "На сервере недостаточно места: файл не сохранён, остальное сохранено.",
            code="R-SPACE",
            status=507,
        ) from error
    row, _ = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": len(content), "kind": kind, "added_at": at}
    )
    return row


def content_of(file: StoredFile) -> bytes:
    """The bytes of a stored file, as they came."""
    return path_of(file.sha256).read_bytes()


def open_stored(file: StoredFile) -> IO[bytes]:
    """The stored file opened for reading; for long files that should not stand in memory."""
    return path_of(file.sha256).open("rb")


def path_of(digest: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.DATA) / "files" / digest[:2] / digest[2:4] / digest


def read_upload(upload: UploadedFile[Any]) -> bytes:
    """The bytes of an uploaded file. Refused (F-EMPTY, F-SIZE) when there are none or too many."""
    size = upload.size or 0
    if size == 0:
        raise _noted(Refused("Файл пуст (0 байт). Выберите файл ещё раз.", code="F-EMPTY", status=400), 0)
    if size > settings.UPLOAD_LIMIT:
        raise _noted(too_large(size), size)
    return b"".join(upload.chunks())


def too_large(size: int) -> Refused:
    """The refusal of a file over the limit; `size` in bytes."""
    mega = f"{size / 1024 / 1024:.1f}".replace(".", ",")
    limit = settings.UPLOAD_LIMIT // 1024 // 1024
    return Refused(
        f"Файл слишком большой: {mega} МБ. Допустимый размер — {limit} МБ.", code="F-SIZE", status=413
    )


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Stops keeping a file while it arrives as soon as it passes the limit; what arrived is thrown away.

    The other files and the words of the same form are taken. `request.upload_refusal` is the first refusal,
    `request.upload_refusals` are all of them with the names of their files. A request that is too large as a whole
    is answered by `dashboard.bad_requests`.
    """

    def handle_raw_input(
        self, input_data: Any, META: dict[str, str], content_length: int, *rest: Any
    ) -> None:
        if content_length > settings.REQUEST_LIMIT:
            # A browser reads no answer before it has sent everything: what comes is thrown away, up to a bound.
            for _ in range(_MOST_THROWN_AWAY // _PIECE):
                if not input_data.read(_PIECE):
                    break
            raise RequestDataTooBig(str(content_length))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            size = max(start + len(raw_data), self.content_length or 0)
            self._note(_noted(too_large(size), size))
            raise SkipFile
        return super().receive_data_chunk(raw_data, start)

    def _note(self, refusal: Refused) -> None:
        request: Any = self.request
        known = [*getattr(request, "upload_refusals", ()), (self.file_name or "", refusal)]
        request.upload_refusals, request.upload_refusal = known, known[0][1]


def _noted(refusal: Refused, size: int) -> Refused:
    note_unread(refusal, size=size)
    return refusal


def _is_kept(place: Path) -> bool:
    """Whether the bytes lie there; then they are marked as wanted now, so that the janitor waits for their row."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def _write_whole(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=place.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).rename(place)
        _sync_folder(place.parent)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
