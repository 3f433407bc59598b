"""The janitor removes what no row names after a day, and never what a row names or is about to name."""

import os
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from opora.core.janitor import clear
from opora.core.jobs import put_down_daily, run_next
from opora.core.models import StoredFile
from opora.core.uploads import path_of, store

pytestmark = pytest.mark.django_db
OLD = timedelta(hours=25)


@pytest.fixture
def at(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The moment, with a store and a temporary folder that are the test's own."""
    settings.DATA = tmp_path / "data"
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return timezone.now()


def left(content: bytes, at: datetime, *, age: timedelta = OLD) -> Path:
    """A file of the store without a row, left so long ago."""
    row = store(content, kind="txt", at=at)
    StoredFile.objects.all().filter(pk=row.pk).delete()
    return aged(path_of(row.sha256), at, age)


def aged(place: Path, at: datetime, age: timedelta = OLD) -> Path:
    """The same place, last touched so long ago."""
    moment = (at - age).timestamp()
    os.utime(place, (moment, moment))
    return place


def test_a_file_without_a_row_goes_after_a_day_and_one_with_a_row_stays(at: datetime) -> None:
    named = aged(path_of(store(b"named", kind="txt", at=at).sha256), at)
    old, fresh = left(b"old", at), left(b"fresh", at, age=timedelta(hours=23))
    assert clear(at=at).files == 1
    assert named.read_bytes() == b"named"
    assert (old.exists(), fresh.exists()) == (False, True)


def test_bytes_stored_again_just_now_stay_though_their_row_is_not_committed(at: datetime) -> None:
    old = left(b"twice", at)
    row = store(b"twice", kind="txt", at=at)
    # The janitor's own connection does not see the row of a transaction that goes on.
    StoredFile.objects.all().filter(pk=row.pk).delete()
    assert clear(at=at).files == 0
    assert old.read_bytes() == b"twice"


def test_a_file_put_aside_by_a_killed_janitor_comes_back(at: datetime) -> None:
    place = aged(path_of(store(b"aside", kind="txt", at=at).sha256), at)
    place.rename(place.with_name(f".leaving-{place.name}"))
    clear(at=at)
    assert place.read_bytes() == b"aside"
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_half_written_files_go_and_those_being_written_stay(at: datetime) -> None:
    folder = left(b"any", at, age=timedelta(0)).parent
    (folder / ".new-old").touch()
    aged(folder / ".new-old", at)
    (folder / ".new-now").touch()
    assert clear(at=at).halves == 1
    assert (folder / ".new-now").exists()


def test_temporary_things_of_dead_processes_go_and_of_others_stay(at: datetime, tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    names = {
        f"opora-{dead.pid}-abc": False,
        f"opora-{os.getpid()}-abc": True,
        "opora-notes": True,
        "somebody": True,
    }
    for name in names:
        (tmp_path / "tmp" / name).mkdir()
        (tmp_path / "tmp" / name / ".given").touch()
        aged(tmp_path / "tmp" / name, at)
    fresh = tmp_path / "tmp" / f"opora-{dead.pid}-fresh"
    fresh.mkdir()
    upload = tmp_path / "tmp" / "tmpabcd1234.upload.docx"
    upload.touch()
    aged(upload, at)
    assert clear(at=at).temporary == 2
    assert {name: (tmp_path / "tmp" / name).exists() for name in names} == names
    assert (fresh.exists(), upload.exists()) == (True, False)


def test_it_is_done_every_day_without_being_asked(at: datetime) -> None:
    old = left(b"daily", at)
    put_down_daily(at=at)
    while run_next(at=at):
        pass
    assert not old.exists()
