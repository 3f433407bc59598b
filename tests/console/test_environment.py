"""The environment of the launcher: when it is ready, and that a failed installation takes nothing away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from opora.console.environment import Broken, beside, highest, is_ready, is_whole, make, only_one, put_back

# An installer of ours in the place of uv: it makes a folder with a Python and puts in one library, or says no.
INSTALLER = """#!/bin/sh
set -eu
case $1 in
    venv)
        for folder in "$@"; do :; done
        mkdir -p "$folder/bin"
        ln -s "$(readlink -f "$4")" "$folder/bin/python"
        echo "#!$folder/bin/python" >"$folder/bin/program"
        echo "home = somewhere, made in $folder" >"$folder/pyvenv.cfg"
        ;;
    pip)
        while [ "$1" != --python ]; do shift; done
        folder=${2%/bin/python}
        cp "$3" "$folder/library.anew"
        mv "$folder/library.anew" "$folder/library"
        if [ -e "$TROUBLE" ]; then cat "$TROUBLE" >&2; exit 1; fi
        ;;
esac
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home with two lists, and the installer first on the path."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "uv").write_text(INSTALLER)
    (programs / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("TROUBLE", str(tmp_path / "trouble"))
    made = tmp_path / "мой дом"
    (made / "requirements").mkdir(parents=True)
    (made / "requirements" / "run.txt").write_text("one\n")
    (made / "requirements" / "test.txt").write_text("one\ntwo\n")
    return made


def trouble(home: Path, words: str) -> None:
    (home.parent / "trouble").write_text(words)


def names(home: Path) -> set[str]:
    return {place.name for place in home.iterdir()}


def test_an_environment_is_made_and_brought_up_to_the_next_level(home: Path) -> None:
    make(home, "run")
    assert is_ready(home, "run")
    assert not is_ready(home, "test")
    make(home, "test")
    assert is_ready(home, "test")
    assert is_ready(home, "run")
    assert (home / ".venv" / "library").read_text() == "one\ntwo\n"
    assert names(home) == {"requirements", ".venv"}


def test_its_programs_name_the_place_where_they_stand(home: Path) -> None:
    make(home, "run")
    make(home, "test")
    for name in ("bin/program", "pyvenv.cfg"):
        said = (home / ".venv" / name).read_text()
        assert str(home / ".venv") in said
        assert ".new" not in said


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "не хватило места"),
        ("NewConnectionError: Temporary failure in name resolution", "проверьте сеть"),
        ("error: dns error: failed to lookup address", "проверьте сеть"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "не такой"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "сертификат"),
        ("ERROR: No matching distribution found for x==1", "нет готовой сборки"),
        ("PermissionError: [Errno 13] Permission denied", "Нет права"),
        ("something new", "Не удалось подготовить окружение. Подробности"),
    ],
)
def test_a_failed_installation_leaves_the_former_environment_at_work(
    home: Path, said: str, told: str
) -> None:
    make(home, "run")
    trouble(home, said)
    with pytest.raises(Broken, match=told) as caught:
        make(home, "test")
    assert said in str(caught.value)
    assert is_ready(home, "run")
    assert (home / ".venv" / "library").read_text() == "one\n"
    assert names(home) == {"requirements", ".venv"}


def test_a_failed_first_installation_leaves_nothing(home: Path) -> None:
    trouble(home, "no")
    with pytest.raises(Broken):
        make(home, "run")
    assert names(home) == {"requirements"}


def test_an_environment_of_a_python_that_is_gone_stays_until_the_next_is_whole(home: Path) -> None:
    make(home, "run")
    (home / ".venv" / "opora" / "python").write_text("/gone/python3.9\n")
    trouble(home, "no")
    with pytest.raises(Broken):
        make(home, "run")
    assert (home / ".venv" / "library").exists()
    (home.parent / "trouble").unlink()
    make(home, "run")
    assert is_ready(home, "run")


def test_a_machine_that_stopped_between_two_renames_finds_its_environment_again(home: Path) -> None:
    make(home, "run")
    _, former = beside(home / ".venv")
    (home / ".venv").rename(former)
    put_back(home / ".venv")
    assert is_ready(home, "run")


def test_a_folder_that_is_closed_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / ".venv.lock").mkdir()
    with pytest.raises(Broken, match="от имени владельца"), only_one(tmp_path / ".venv.lock"):
        pass


def made_environment(home: Path) -> Path:
    """A finished environment of the first level in an empty home."""
    (home / "requirements").mkdir()
    marks = home / ".venv" / "opora"
    marks.mkdir(parents=True)
    (home / ".venv" / "bin").mkdir()
    (home / "requirements" / "run.txt").write_text("one\n")
    (home / "requirements" / "test.txt").write_text("one\ntwo\n")
    (home / "python3.11").touch()
    (home / ".venv" / "bin" / "python").symlink_to(home / "python3.11")
    (marks / "python").write_text(f"{home / 'python3.11'}\n")
    (marks / "run.txt").write_text("one\n")
    return marks


def test_an_environment_is_ready_for_the_level_it_was_made_for(tmp_path: Path) -> None:
    made_environment(tmp_path)
    assert is_ready(tmp_path, "run")
    assert not is_ready(tmp_path, "test")


def test_a_changed_list_makes_the_environment_stale(tmp_path: Path) -> None:
    made_environment(tmp_path)
    (tmp_path / "requirements" / "run.txt").write_text("another\n")
    assert not is_ready(tmp_path, "run")
    assert is_whole(tmp_path)


def test_a_folder_that_nobody_finished_is_not_taken_for_an_environment(tmp_path: Path) -> None:
    (made_environment(tmp_path) / "python").unlink()
    assert not is_whole(tmp_path)


def test_another_python_under_the_environment_makes_it_stale(tmp_path: Path) -> None:
    made_environment(tmp_path)
    (tmp_path / "python3.13").touch()
    (tmp_path / ".venv" / "bin" / "python").unlink()
    (tmp_path / ".venv" / "bin" / "python").symlink_to(tmp_path / "python3.13")
    assert not is_whole(tmp_path)


def test_a_python_that_is_gone_makes_the_environment_stale(tmp_path: Path) -> None:
    made_environment(tmp_path)
    (tmp_path / "python3.11").unlink()
    assert not is_whole(tmp_path)


def test_the_highest_level_once_reached_is_kept() -> None:
    assert highest(["run", "check", "test"]) == "check"
