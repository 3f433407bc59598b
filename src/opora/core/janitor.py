"""The janitor: removes what no row names and no process holds, a day after it was left."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from opora.core.jobs import daily, task
from opora.core.models import StoredFile

WAIT: Final = timedelta(hours=24)
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_ASIDE: Final = ".leaving-"
# Half-written files of the store and of previews; what the janitor itself had put aside when it was killed is brought back.
_HALF: Final = ".new-*"
# Folders of our children bear the number of the process that made them; uploads are named by Django.
_FOLDER: Final = re.compile(r"opora-(\d+)-.*")
_UPLOAD: Final = re.compile(r"tmp.{8}\.upload.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was removed: stored files without a row, half-written ones, things in the temporary folder."""

    files: int
    halves: int
    temporary: int


@daily
@task(title="Уборка файлов, которых никто не называет")
def clear_daily(*, moment: str) -> None:
    """Clear once a day."""
    clear(at=datetime.fromisoformat(moment))


def clear(*, at: datetime) -> Cleared:
    """Remove what was left a day before `at` or earlier; what a row names, or may still name, stays."""
    before = (at - WAIT).timestamp()
    return Cleared(_files(before), _halves(before), _temporary(before))


def _files(before: float) -> int:
    root = Path(settings.DATA) / "files"
    for aside in list(root.glob(f"*/*/{_ASIDE}*")):
        _bring_back(aside, aside.with_name(aside.name.removeprefix(_ASIDE)))
    removed = 0
    for folder in root.glob("*/*"):
        old = [one for one in _entries(folder) if _HASH.fullmatch(one.name) and _is_older(one, before)]
        named = set(
            StoredFile.objects.filter(sha256__in=[one.name for one in old]).values_list("sha256", flat=True)
        )
        removed += sum(_leaves(one, before) for one in old if one.name not in named)
    return removed


def _leaves(place: Path, before: float) -> bool:
    # Aside first: whoever stores the same bytes now either touched the file before, and is seen, or writes it anew.
    aside = place.with_name(f"{_ASIDE}{place.name}")
    try:
        place.rename(aside)
    except FileNotFoundError:
        return False
    if not _is_older(aside, before) or StoredFile.objects.filter(sha256=place.name).exists():
        _bring_back(aside, place)
        return False
    aside.unlink()
    return True


def _bring_back(aside: Path, place: Path) -> None:
    with contextlib.suppress(FileExistsError, FileNotFoundError):
        place.hardlink_to(aside)
    aside.unlink(missing_ok=True)


def _halves(before: float) -> int:
    data = Path(settings.DATA)
    found = [one for room in ("files", "previews") for one in (data / room).rglob(_HALF)]
    return sum(_removed(one) for one in found if _is_older(one, before))


def _temporary(before: float) -> int:
    removed = 0
    for place in _entries(Path(tempfile.gettempdir())):
        folder = _FOLDER.fullmatch(place.name)
        is_ours = not _is_alive(int(folder[1])) if folder else bool(_UPLOAD.fullmatch(place.name))
        if is_ours and _is_older(place, before) and _is_own(place):
            removed += _removed(place)
    return removed


def _entries(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError:
        return


def _is_older(place: Path, before: float) -> bool:
    try:
        return place.lstat().st_mtime < before
    except OSError:
        return False


def _is_own(place: Path) -> bool:
    try:
        return place.lstat().st_uid == os.getuid() and not place.is_symlink()
    except OSError:
        return False


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _removed(place: Path) -> bool:
    try:
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()
    except OSError:
        return False
    return True
