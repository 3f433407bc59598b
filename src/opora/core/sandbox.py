"""Child processes with limits: the only way in which the product parses a file it was given."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from opora.core.confined import OUT_OF_MEMORY
from opora.core.refusal import Refused

_TOO_LONG: Final = "Файл не удалось прочитать за {seconds} секунд: он слишком сложен."
_TOO_HEAVY: Final = "Файл не удалось прочитать: ему нужно больше {memory} МБ памяти, он слишком сложен."
_DIED: Final = "Файл повреждён и не открывается (чтение оборвалось). Отправьте его ещё раз."

# A library that starts a thread for each core meets the limits of processes and of address space at once.
_ONE_THREAD: Final = dict.fromkeys(
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

log = logging.getLogger(__name__)

# What the child does first: nothing of the surroundings is inherited, so it is told where the modules lie.
_START: Final = (
    "import sys; sys.path[:0] = sys.argv[6:]; from opora.core.confined import run; run(*sys.argv[1:6])"
)


def run_limited(
    module: str, *, stdin: bytes, seconds: float = 5, memory_mb: int = 300, output_mb: int = 32
) -> bytes:
    """What `main()` of a module writes to stdout when it is run in a child process with nothing but its stdin.

    `seconds` bound both the processor and the wall clock. Refused (F-TIME) when time or memory ran out,
    F-BROKEN when the child died or said nothing of use.
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
            str(int(seconds) + 1),
            str(memory_mb),
            str(output_mb),
            *(place for place in sys.path if place and Path(place).is_absolute()),
        ]
        code, output, is_late = _run(command, folder, stdin, seconds)
    if is_late or code == -signal.SIGXCPU:
        raise _late(seconds)
    if code == OUT_OF_MEMORY:
        raise Refused(_TOO_HEAVY.format(memory=memory_mb), code="F-TIME")
    if code or not output:
        raise Refused(_DIED, code="F-BROKEN")
    return output


def run_program(
    words: Sequence[str], *, given: bytes, given_name: str, wanted_name: str, seconds: float = 20
) -> bytes:
    """The bytes of the file that an outside program makes of a given one, in a private folder.

    In `words` the mark {folder} stands for that folder. Refused (F-TIME, F-BROKEN) when the program is late
    or makes nothing. The network is taken away where the machine allows it; `office` tells where it does not.
    """
    with _private_folder() as folder:
        (Path(folder) / given_name).write_bytes(given)
        command = [*_without_network(), *(word.replace("{folder}", folder) for word in words)]
        _, _, is_late = _run(command, folder, b"", seconds)
        if is_late:
            raise _late(seconds)
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


def _late(seconds: float) -> Refused:
    return Refused(_TOO_LONG.format(seconds=int(seconds)), code="F-TIME")


@contextlib.contextmanager
def _private_folder() -> Iterator[str]:
    folder = os.path.realpath(tempfile.mkdtemp(prefix="opora-"))
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


def _run(command: list[str], folder: str, stdin: bytes, seconds: float) -> tuple[int, bytes, bool]:
    """Exit code, what was written to stdout, and whether the deadline passed; nobody is left alive.

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
        is_late = not _has_left(child, seconds)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if child.returncode and not is_late:
        log.warning("A child process ended with code %s: %s", child.returncode, _end_of(moaned))
    return child.returncode, said.read_bytes(), is_late


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
        # An older kernel or another system: Popen looks every few hundredths of a second instead.
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
        return child.returncode is not None
    try:
        poll = select.poll()
        poll.register(watch, select.POLLIN)
        return bool(poll.poll(seconds * 1000))
    finally:
        os.close(watch)
