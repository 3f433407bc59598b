"""A module for a child process that does whatever its stdin says, mostly things that must not succeed."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path


def main() -> int:
    """Do the deed named in the first word of stdin; the rest is its argument."""
    deed, _, rest = sys.stdin.buffer.read().decode().partition(" ")
    return DEEDS[deed](rest)


def echo(rest: str) -> int:
    print(rest, end="")
    return 0


def spin(_: str) -> int:
    while True:
        pass


def burn_on(_: str) -> int:
    """Burn the processor and mind no warning of the kernel."""
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    return spin("")


def doze_a_little(rest: str) -> int:
    time.sleep(float(rest))
    print("успел", end="")
    return 0


def doze(_: str) -> int:
    time.sleep(600)
    return 0


def fill_memory(_: str) -> int:
    print(len(bytearray(2**30)))
    return 0


def abort(_: str) -> int:
    os.abort()


def fail(_: str) -> int:
    raise ValueError("secret words of a library")


def count_threads(_: str) -> int:
    """Become what an ordinary user is for the limit of processes, then work with libraries that like threads."""
    library = ctypes.CDLL(None, use_errno=True)
    if os.getuid() == 0:
        # Real number nobody's, so that processes are counted; effective root, so that the libraries can be read.
        assert library.setresuid(65534, 0, 0) == 0
        header, empty = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        may_read_anything = 0b110
        empty[0] = empty[1] = may_read_anything
        assert library.capset(header, empty) == 0
    import numpy
    from scipy.optimize import linear_sum_assignment

    linear_sum_assignment(numpy.ones((200, 200)) @ numpy.ones((200, 200)))
    told = Path("/proc/self/status").read_text(encoding="ascii")
    print(next(line.split()[1] for line in told.splitlines() if line.startswith("Threads:")))
    return 0


def moan(rest: str) -> int:
    sys.stderr.write("a library is unhappy\x1b[31m\n" + "and goes on\n" * 10_000)
    sys.stderr.flush()
    raise ValueError(rest)


def be_silent(_: str) -> int:
    return 0


def talk(_: str) -> int:
    while True:
        sys.stdout.write("слово " * 10_000)


def tell_surroundings(_: str) -> int:
    print(sorted(os.environ), Path.cwd())
    return 0


def try_doors(rest: str) -> int:
    """Say which of the forbidden things succeeded."""
    attempts = {
        "network": lambda: socket.create_connection(("127.0.0.1", int(rest)), timeout=1),
        "listening": lambda: socket.socket().bind(("127.0.0.1", 0)),
        "program": lambda: subprocess.run(["true"], check=False),
        "fork": os.fork,
        "file": lambda: Path("/tmp/opora-left-behind").write_text("!", encoding="utf-8"),
        "removal": lambda: Path(rest or "/nowhere").unlink(),
        "library": lambda: ctypes.CDLL("libm.so.6"),
    }
    opened = []
    for name, attempt in attempts.items():
        try:
            attempt()
        except OSError:
            continue
        opened.append(name)
    print("открыто:", *opened)
    return 0


def write_inside(_: str) -> int:
    Path("note.txt").write_text("свой файл", encoding="utf-8")
    print(Path("note.txt").read_text(encoding="utf-8"), end="")
    return 0


DEEDS = {
    deed.__name__: deed
    for deed in (
        echo,
        spin,
        burn_on,
        doze_a_little,
        doze,
        fill_memory,
        abort,
        fail,
        count_threads,
        moan,
        be_silent,
        talk,
        tell_surroundings,
        try_doors,
        write_inside,
    )
}
