"""`./opora lock`: the hash-pinned lists of `requirements/` made anew from pyproject.toml; needs uv."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from opora.core.arguments import RussianParser

HOME = Path(__file__).resolve().parents[3]
NO_UV = "Для пересчёта списков нужна программа uv, а её на этой машине нет."
LISTS = (
    ("run.txt", ()),
    ("test.txt", ("--extra", "test")),
    ("check.txt", ("--extra", "test", "--extra", "check")),
)
# No address of a registry and no trace of this machine may stay in a list.
FLAGS = ("--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links")
QUIET = ("--no-header", "--no-annotate", "--quiet")


def run(arguments: list[str]) -> int:
    """Write the three lists; versions stay unless --upgrade is given. 1 when uv is missing or fails."""
    made = RussianParser(prog="./opora lock", description="Пересчитать списки библиотек requirements/*.txt.")
    made.add_argument("--upgrade", action="store_true", help="взять новейшие допустимые версии")
    upgrade = ("--upgrade",) if made.parse_args(arguments).upgrade else ()
    uv = shutil.which("uv")
    if uv is None:
        print(NO_UV, file=sys.stderr)
        return 1
    # The widest list first: the narrow ones are then held to its versions, so that each contains the other.
    held: tuple[str, ...] = ()
    for name, extras in reversed(LISTS):
        place = f"requirements/{name}"
        words = (
            uv,
            "pip",
            "compile",
            "pyproject.toml",
            *FLAGS,
            *QUIET,
            *extras,
            *held,
            *upgrade,
            "--output-file",
            place,
        )
        if subprocess.run(words, cwd=HOME, check=False).returncode != 0:
            return 1
        print(f"Записан {place}")
        held, upgrade = ("--constraints", "requirements/check.txt"), ()
    return 0
