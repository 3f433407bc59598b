"""The child process: what it may, what it may not, and that nothing of it is left."""

from __future__ import annotations

import socket
import sys
import tempfile
from pathlib import Path

import pytest

from opora.core.refusal import Refused
from opora.core.sandbox import office, run_limited, run_program

CHILD = "tests.core.misbehaving"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of temporary files of our own, so that what is left behind is seen."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def told(deed: str, **limits: float) -> str:
    return run_limited(CHILD, stdin=deed.encode(), **limits).decode()


def refused(deed: str, **limits: float) -> Refused:
    with pytest.raises(Refused) as caught:
        told(deed, **limits)
    return caught.value


def test_words_go_through_and_no_folder_is_left(temporary: Path) -> None:
    assert told("echo привет") == "привет"
    assert list(temporary.iterdir()) == []


def test_a_large_input_goes_through() -> None:
    words = "слово " * 500_000
    assert told(f"echo {words}") == words


@pytest.mark.parametrize("deed", ["spin", "burn_on"])
def test_a_child_that_burns_its_seconds_is_ended(deed: str, temporary: Path) -> None:
    refusal = refused(deed, seconds=1)
    assert (refusal.code, refusal.status) == ("F-TIME", 422)
    assert refusal.words == "Файл не удалось прочитать за 1\u00a0секунду: он слишком сложен."
    assert list(temporary.iterdir()) == []


def test_a_child_that_waits_for_too_long_does_not_blame_the_file(temporary: Path) -> None:
    refusal = refused("doze", seconds=0.2)
    assert (refusal.code, refusal.status) == ("R-BUSY", 503)
    assert "файл" not in refusal.words.lower().replace("обработать файл", "")
    assert list(temporary.iterdir()) == []


def test_a_child_that_is_given_little_of_the_processor_has_its_time_all_the_same() -> None:
    """As on a busy machine: it lives for longer than its seconds are, and is not refused."""
    assert told("doze_a_little 1.5", seconds=1) == "успел"


def test_memory_is_bounded() -> None:
    refusal = refused("fill_memory")
    assert refusal.code == "F-TIME"
    assert "300 МБ" in refusal.words


@pytest.mark.parametrize("deed", ["abort", "fail", "be_silent", "talk"])
def test_a_child_that_dies_or_talks_nonsense_is_a_broken_file(deed: str, temporary: Path) -> None:
    refusal = refused(deed, output_mb=1)
    assert refusal.code == "F-BROKEN"
    assert "secret" not in refusal.words
    assert list(temporary.iterdir()) == []


def test_the_parent_lives_on_after_a_dead_child() -> None:
    refused("abort")
    assert told("echo жив") == "жив"


def test_libraries_that_like_threads_work_in_the_child_of_an_ordinary_user() -> None:
    # A thread for each core met the limit of processes; of eight cores and more, the limit of memory too.
    assert told("count_threads").split() == ["1"]


def test_what_a_failed_child_says_goes_to_the_log_and_to_nobody_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    refusal = refused("moan secret words of a file")
    (record,) = [one for one in caplog.records if one.name == "opora.core.sandbox"]
    said = record.getMessage()
    assert "ValueError" in said
    assert "in moan" in said
    assert "and goes on" in said
    assert len(said) < 5000
    assert "secret" not in said
    assert "\x1b" not in said
    assert "unhappy" not in refusal.words


def test_doors_are_closed() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert told(f"try_doors {listening.getsockname()[1]}").split() == ["открыто:"]


def test_its_own_folder_is_open(temporary: Path) -> None:
    assert told("write_inside") == "свой файл"
    assert list(temporary.iterdir()) == []


def test_surroundings_are_not_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPORA_SECRET", "тайна")
    surroundings = told("tell_surroundings")
    assert "OPORA_SECRET" not in surroundings
    assert str(Path.cwd()) not in surroundings


def test_a_program_gives_its_file(temporary: Path) -> None:
    made = run_program(
        [sys.executable, "-c", "open('new', 'w').write(open('old').read().upper())"],
        given=b"words",
        given_name="old",
        wanted_name="new",
    )
    assert made == b"WORDS"
    assert list(temporary.iterdir()) == []


def test_a_program_that_makes_nothing_is_a_broken_file() -> None:
    with pytest.raises(Refused) as caught:
        run_program([sys.executable, "-c", "pass"], given=b"", given_name="old", wanted_name="new")
    assert caught.value.code == "F-BROKEN"


def test_a_late_program_is_ended_with_its_children(temporary: Path) -> None:
    words = "import os, time; os.fork(); time.sleep(600)"
    with pytest.raises(Refused) as caught:
        run_program(
            [sys.executable, "-c", words], given=b"", given_name="old", wanted_name="new", seconds=0.2
        )
    assert caught.value.code == "R-BUSY"
    assert list(temporary.iterdir()) == []


def test_a_program_that_burns_its_seconds_is_a_file_too_complex(temporary: Path) -> None:
    with pytest.raises(Refused) as caught:
        run_program(
            [sys.executable, "-c", "while True: pass"],
            given=b"",
            given_name="old",
            wanted_name="new",
            seconds=1,
        )
    assert caught.value.code == "F-TIME"
    assert list(temporary.iterdir()) == []


def test_a_program_has_its_memory_bounded() -> None:
    words = "open('new', 'w').write('a'); bytearray(2**30)"
    command = [sys.executable, "-c", f"try:\n {words}\nexcept MemoryError:\n open('new', 'w').write('мало')"]
    made = run_program(command, given=b"", given_name="old", wanted_name="new", memory_mb=500)
    assert made.decode() == "мало"


@pytest.mark.parametrize(("isolation", "is_used"), [("exit 0", True), ("exit 1", False), ("", False)])
def test_office_is_run_only_where_the_network_can_be_taken_from_it(
    isolation: str, is_used: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, words in (("soffice", "exit 0"), ("unshare", isolation)):
        if words:
            (tmp_path / name).write_text(f"#!/bin/sh\n{words}\n")
            (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert office() == (str(tmp_path / "soffice") if is_used else None)
