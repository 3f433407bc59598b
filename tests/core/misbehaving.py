"""A module for a child process that does whatever its stdin says, mostly things that must not succeed."""

from __future__ import annotations

import ctypes
import os
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
        doze,
        fill_memory,
        abort,
        fail,
        be_silent,
        talk,
        tell_surroundings,
        try_doors,
        write_inside,
    )
}
