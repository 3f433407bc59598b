"""Child processes with limits: the only way in which the product parses a file it was given."""

from __future__ import annotations

import contextlib
import logging
import math
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from opora.core.confined import OUT_OF_MEMORY
from opora.core.refusal import Refused
from opora.core.russian.counting import counted

_TOO_LONG: Final = "Файл не удалось прочитать за {seconds}: он слишком сложен."
_TOO_HEAVY: Final = "Файл не удалось прочитать: ему нужно больше {memory} МБ памяти, он слишком сложен."
_BUSY: Final = "Сервер сейчас занят и не успел обработать файл. Попробуйте ещё раз через минуту."
_DIED: Final = "Файл повреждён и не открывается (чтение оборвалось). Отправьте его ещё раз."

# A library that starts a thread for each core meets the limits of processes and of address space at once; every arena
# of memory takes addresses too.
_ONE_THREAD: Final = {"MALLOC_ARENA_MAX": "2"} | dict.fromkeys(
    (
        "OPENBLAS_NUM_THREADS",
        "GOTO_NUM_THREADS",
        "OMP_NUM_THREADS",
        "MKL_NUM_THREADS",
        "BLIS_NUM_THREADS",
        "NUMEXPR_NUM_THREADS",
        "RAYON_NUM_THREADS",
    ),
    "1",
)
# So much of what a failed child said goes to the log.
_SAID_KEPT: Final = 4000
# How much longer than its processor seconds a child may live: a busy machine is not the fault of a file.
_WIDER: Final = 6
_LONGEST: Final = 90.0

log = logging.getLogger(__name__)

# What the child does first: nothing of the surroundings is inherited, so it is told where the modules lie.
_START: Final = (
    "import sys; sys.path[:0] = sys.argv[7:]; from opora.core.confined import run; run(*sys.argv[1:7])"
)


_START_PROGRAM: Final = (
    "import sys; sys.path[:0] = sys.argv[1:2]; from opora.core.confined import become; become(*sys.argv[2:])"
)
_SOURCE: Final = Path(__file__).resolve().parents[2]
_MOST_MADE_MB: Final = 300


def run_limited(
    module: str,
    *,
    stdin: bytes,
    seconds: float = 5,
    memory_mb: int = 300,
    output_mb: int = 32,
    has_threads: bool = False,
) -> bytes:
    """What `main()` of a module writes to stdout when it is run in a child process with nothing but its stdin.

    `seconds` are those of the processor. Refused (F-TIME) when they or the memory ran out, R-BUSY when the machine
    gave the child too little of the processor for several times as long, F-BROKEN when the child died or said
    nothing of use. `has_threads` is for our own work on our own data by a library that starts threads.
    """
    with _private_folder() as folder:
        command = [
            sys.executable,
            "-I",
            "-S",
            "-X",
            "utf8",
            "-c",
            _START,
            module,
            folder,
            str(math.ceil(seconds)),
            str(memory_mb),
            str(output_mb),
            "threads" if has_threads else "",
            *(place for place in sys.path if place and Path(place).is_absolute()),
        ]
        code, output = _run(command, folder, stdin, seconds)
    if code == OUT_OF_MEMORY:
        raise Refused(_TOO_HEAVY.format(memory=memory_mb), code="F-TIME")
    if code or not output:
        raise Refused(_DIED, code="F-BROKEN")
    return output


def run_program(
    words: Sequence[str],
    *,
    given: bytes,
    given_name: str,
    wanted_name: str,
    seconds: float = 20,
    memory_mb: int = 4096,
) -> bytes:
    """The bytes of the file that an outside program makes of a given one, in a private folder.

    In `words` the mark {folder} stands for that folder. `seconds` of the processor and `memory_mb` of addresses are
    for each of its processes. Refused (F-TIME, R-BUSY, F-BROKEN) when its time is over or it makes nothing. The network
    is taken away where the machine allows it; `office` tells where it does not.
    """
    with _private_folder() as folder:
        (Path(folder) / given_name).write_bytes(given)
        bounds = (str(math.ceil(seconds)), str(memory_mb), str(_MOST_MADE_MB))
        bounded = [sys.executable, "-I", "-S", "-c", _START_PROGRAM, str(_SOURCE), *bounds]
        command = [*_without_network(), *bounded, *(word.replace("{folder}", folder) for word in words)]
        _run(command, folder, b"", seconds)
        wanted = Path(folder) / wanted_name
        if not wanted.is_file() or not wanted.stat().st_size:
            raise Refused(_DIED, code="F-BROKEN")
        return wanted.read_bytes()


def office() -> str | None:
    """LibreOffice, where it can be run on files of strangers: it is there, and the network can be taken from it.

    A document may name a picture or a template elsewhere; no address is asked because of what a file says.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    return program if program is not None and _without_network() else None


@contextlib.contextmanager
def _private_folder() -> Iterator[str]:
    folder = os.path.realpath(tempfile.mkdtemp(prefix=f"opora-{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _without_network() -> list[str]:
    program = shutil.which("unshare")
    if program is None:
        return []
    for flags in (["--net"], ["--user", "--net"]):
        tried = subprocess.run([program, *flags, "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return [program, *flags]
    return []


def _run(command: list[str], folder: str, stdin: bytes, seconds: float) -> tuple[int, bytes]:
    """Exit code and what was written to stdout; nobody is left alive. Refused: F-TIME, R-BUSY.

    Input and output are files of the folder: the limit on files bounds the output, and no thread is needed.
    """
    given, said, moaned = (Path(folder) / name for name in (".given", ".said", ".moaned"))
    given.write_bytes(stdin)
    with given.open("rb") as source, said.open("wb") as target, moaned.open("wb") as complaints:
        child = subprocess.Popen(
            command,
            stdin=source,
            stdout=target,
            stderr=complaints,
            cwd=folder,
            env={"HOME": folder, "TMPDIR": folder, "PATH": os.defpath, "LANG": "C.UTF-8", **_ONE_THREAD},
            start_new_session=True,
        )
    try:
        is_late = not _has_left(child, min(seconds * _WIDER, max(_LONGEST, seconds)))
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        spent = _buried(child)
    # The kernel ends a child by one signal or the other; what it spent tells a long work from a long wait.
    is_spent = spent >= seconds and (is_late or child.returncode != 0)
    if is_spent or child.returncode in (-signal.SIGXCPU, 128 + signal.SIGXCPU):
        raise Refused(
            _TOO_LONG.format(seconds=counted(math.ceil(seconds), "секунду", "секунды", "секунд")),
            code="F-TIME",
        )
    if is_late:
        raise Refused(_BUSY, code="R-BUSY", status=503)
    if child.returncode:
        log.warning("A child process ended with code %s: %s", child.returncode, _end_of(moaned))
    return child.returncode, said.read_bytes()


def _buried(child: subprocess.Popen[bytes]) -> float:
    """Wait for a child that is ended; the seconds of the processor that it and its own children spent."""
    try:
        _, status, used = os.wait4(child.pid, 0)
    except ChildProcessError:
        # Somebody has waited for it already: nothing is known of its seconds.
        return 0.0
    child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime


def _end_of(place: Path) -> str:
    """The end of what a child said, for the log: a few thousand printable letters at most."""
    with place.open("rb") as file:
        file.seek(max(0, place.stat().st_size - _SAID_KEPT))
        words = file.read(_SAID_KEPT).decode("utf-8", "replace").strip()
    return (
        "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in words) or "(silent)"
    )


def _has_left(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait for the end of the child; False when the deadline came first."""
    try:
        watch = os.pidfd_open(child.pid)
    except (AttributeError, OSError):
        # An older kernel or another system: it is looked at every few hundredths of a second instead.
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
                return True
            time.sleep(0.02)
        return False
    try:
        poll = select.poll()
        poll.register(watch, select.POLLIN)
        return bool(poll.poll(seconds * 1000))
    finally:
        os.close(watch)
