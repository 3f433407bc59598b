"""Makes `.venv` from the hash-pinned lists: once, whole, one process at a time; standard library only."""

from __future__ import annotations

import fcntl
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from opora.console.commands import command_named, unknown

HOME = Path(__file__).resolve().parents[3]
LEVELS = ("run", "test", "check")
NO_VENV = "В Python на этой машине нет модуля venv. Установите: sudo apt install python3-venv"


class Broken(Exception):
    """The environment could not be made; the words are Russian and are shown as they stand."""


def main(level: str, command: str) -> int:
    """Make the environment ready for the level; exit 64 for an unknown command, 69 when it cannot be made."""
    if command_named(command) is None:
        say(unknown(command))
        return 64
    try:
        with only_one(HOME / ".venv.lock"):
            if not is_ready(HOME, level):
                make(HOME, level)
    except Broken as error:
        say(str(error))
        return 69
    return 0


def make(home: Path, level: str) -> None:
    """Create the environment or bring it up to the level. Broken when it fails; the next start goes anew."""
    folder, marks = home / ".venv", home / ".venv" / "opora"
    unfinished = marks / "unfinished"
    if not is_whole(home):
        if folder.exists():
            shutil.rmtree(folder)
        say("Готовлю окружение в папке .venv…")
        create(folder)
    marks.mkdir(exist_ok=True)
    target = highest([level, *(name for name in LEVELS if (marks / f"{name}.txt").exists())])
    unfinished.touch()
    say("Ставлю библиотеки, один раз, около минуты…")
    install(folder, home / "requirements" / f"{target}.txt")
    python = (folder / "bin" / "python").resolve()
    (marks / "python").write_text(f"{python}\n", encoding="utf-8")
    for name in LEVELS:
        if LEVELS.index(name) <= LEVELS.index(target):
            shutil.copyfile(home / "requirements" / f"{name}.txt", marks / f"{name}.txt")
        else:
            (marks / f"{name}.txt").unlink(missing_ok=True)
    unfinished.unlink()
    say("Готово.")


def highest(levels: Sequence[str]) -> str:
    """The level whose list holds the lists of all the others."""
    return max(levels, key=LEVELS.index)


def is_whole(home: Path) -> bool:
    """Whether the environment was once finished, on a Python that still stands there."""
    marks = home / ".venv" / "opora"
    try:
        known = (marks / "python").read_text(encoding="utf-8").strip()
    except OSError:
        return False
    python = home / ".venv" / "bin" / "python"
    return not (marks / "unfinished").exists() and python.exists() and str(python.resolve()) == known


def is_ready(home: Path, level: str) -> bool:
    """Whether the environment holds what the level's list names now."""
    mark = home / ".venv" / "opora" / f"{level}.txt"
    wanted = home / "requirements" / f"{level}.txt"
    return is_whole(home) and mark.exists() and mark.read_bytes() == wanted.read_bytes()


def create(folder: Path) -> None:
    """An empty environment on the Python that runs this. Broken when the machine has no venv."""
    uv = shutil.which("uv")
    if uv:
        run([uv, "venv", "--quiet", "--python", sys.executable, str(folder)])
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Broken(NO_VENV)
    run([sys.executable, "-m", "venv", str(folder)])


def install(folder: Path, wanted: Path) -> None:
    """Put in the packages of the list, each checked by its hash, ready-made only: nothing is compiled."""
    python, uv = str(folder / "bin" / "python"), shutil.which("uv")
    if uv:
        run(
            [
                uv,
                "pip",
                "sync",
                "--quiet",
                "--require-hashes",
                "--only-binary",
                ":all:",
                "--python",
                python,
                str(wanted),
            ]
        )
        return
    flags = [
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        # The lists are complete; an old pip that resolved extras again would ask for releases made after the lock.
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
    ]
    run([python, "-m", "pip", "install", *flags, "--requirement", str(wanted)])


def run(words: Sequence[str]) -> None:
    """Run a program quietly. Broken, with the end of what it said, when it fails."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    end = "\n".join(f"  {line}" for line in said[-8:])
    raise Broken(f"Не удалось подготовить окружение: проверьте сеть и место на диске. Подробности:\n{end}")


@contextmanager
def only_one(place: Path) -> Iterator[None]:
    """Hold the lock file; a second process waits and says so. The system frees it when the holder dies."""
    with place.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Окружение уже готовит другой запуск, жду его…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(words: str) -> None:
    """Tell the person; the output of the command itself stays clean."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
