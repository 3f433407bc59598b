"""Makes `.venv` from the hash-pinned lists: once, whole, one process at a time; standard library only."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from opora.console.commands import command_named, unknown

HOME = Path(__file__).resolve().parents[3]
LEVELS = ("run", "test", "check")
CLOSED = (
    "Окружение ещё не готово, а в папку продукта нельзя писать. "
    "Один раз выполните эту же команду от имени владельца папки; дальше запись в неё не нужна."
)
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
            put_back((HOME / ".venv").resolve())
            if not is_ready(HOME, level):
                make(HOME, level)
    except Broken as error:
        say(str(error))
        return 69
    return 0


def make(home: Path, level: str) -> None:
    """Make the environment beside the one that stands, then put it in its place.

    Broken when it fails: what stood before stays as it was and goes on working for what its lists hold.
    """
    place = (home / ".venv").resolve()
    fresh, former = beside(place)
    for left_over in (fresh, former):
        shutil.rmtree(left_over, ignore_errors=True)
    say("Готовлю окружение в папке .venv…")
    try:
        target = begin(home, place, fresh, level)
        say("Ставлю библиотеки: один раз, от одной до нескольких минут, на диске около 1 ГБ…")
        with a_pip(fresh) as pip:
            install(fresh, home / "requirements" / f"{target}.txt", pip)
        mark(home, fresh, target)
        settle(fresh, place)
        if place.exists():
            place.rename(former)
        fresh.rename(place)
    except OSError as error:
        raise Broken(cause_of(str(error)) + f" Подробности:\n  {error}") from error
    finally:
        put_back(place)
        for left_over in (fresh, former):
            shutil.rmtree(left_over, ignore_errors=True)
    say("Готово.")


def beside(place: Path) -> tuple[Path, Path]:
    """Where the next environment is made and where the former one waits for a moment."""
    return place.with_name(f"{place.name}.new"), place.with_name(f"{place.name}.old")


def put_back(place: Path) -> None:
    """Between two renames the machine may have stopped: then the former environment goes back to its place."""
    _, former = beside(place)
    if former.exists() and not place.exists():
        former.rename(place)


def begin(home: Path, place: Path, fresh: Path, level: str) -> str:
    """Begin with a copy of what stands where it is whole, else with nothing; the level to be reached.

    A level once reached is kept.
    """
    marks = place / "opora"
    target = highest([level, *(name for name in LEVELS if (marks / f"{name}.txt").exists())])
    if not is_whole(home):
        create(fresh)
        return target
    # Links cost no space, and installers put new files instead of writing into old ones; our marks are written into.
    shutil.copytree(
        place, fresh, symlinks=True, copy_function=linked, ignore=lambda folder, _: ignored(folder, place)
    )
    return target


def ignored(folder: str, place: Path) -> set[str]:
    """The marks of the environment that is copied."""
    return {"opora"} if Path(folder) == place else set()


def linked(source: str, target: str) -> str:
    """One file under a second name, or copied where the disk knows no such links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target


def mark(home: Path, fresh: Path, target: str) -> None:
    """Write down what the environment holds and the Python under it."""
    marks = fresh / "opora"
    marks.mkdir()
    python = (fresh / "bin" / "python").resolve()
    (marks / "python").write_text(f"{python}\n", encoding="utf-8")
    for name in LEVELS[: LEVELS.index(target) + 1]:
        shutil.copyfile(home / "requirements" / f"{name}.txt", marks / f"{name}.txt")


def settle(fresh: Path, place: Path) -> None:
    """Let the programs of the environment name the place where it will stand."""
    made, meant = str(fresh).encode(), str(place).encode()
    for file in (*(fresh / "bin").iterdir(), fresh / "pyvenv.cfg"):
        if file.is_symlink() or not file.is_file():
            continue
        content = file.read_bytes()
        if made in content and b"\0" not in content:
            # Anew under the same name: the old file may be shared with the environment that stands.
            anew = file.with_name(f"{file.name}.anew")
            anew.write_bytes(content.replace(made, meant))
            shutil.copymode(file, anew)
            anew.replace(file)


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
    return python.exists() and str(python.resolve()) == known


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
    run([sys.executable, "-m", "venv", "--without-pip", str(folder)])


@contextmanager
def a_pip(fresh: Path) -> Iterator[Path]:
    """A Python that has pip, for the time of installing: the pip that systems bring is old and does not stay."""
    tool = fresh.with_name(f"{fresh.name}.pip")
    try:
        if not shutil.which("uv"):
            shutil.rmtree(tool, ignore_errors=True)
            run([sys.executable, "-m", "venv", str(tool)])
        yield tool / "bin" / "python"
    finally:
        shutil.rmtree(tool, ignore_errors=True)


def install(folder: Path, wanted: Path, pip: Path) -> None:
    """Put in the packages of the list, each checked by its hash, ready-made only: nothing is compiled."""
    python, uv = str(folder / "bin" / "python"), shutil.which("uv")
    both = ["--quiet", "--require-hashes", "--only-binary", ":all:"]
    if uv:
        run([uv, "pip", "sync", *both, "--python", python, str(wanted)])
        return
    flags = [
        *both,
        "--no-input",
        "--disable-pip-version-check",
        # Without a network the answer comes in half a minute instead of two.
        "--retries",
        "2",
        # The lists are complete; an old pip that resolved extras again would ask for releases made after the lock.
        "--no-deps",
    ]
    run([str(pip), "-m", "pip", "--python", python, "install", *flags, "--requirement", str(wanted)])


# What installers say → what it means and what to do; the first that fits is told.
CAUSES = (
    (
        r"No space left|Errno 28|disk quota|Errno 122",
        "На диске не хватило места: окружению нужен около 1 ГБ. Освободите место и повторите.",
    ),
    (
        r"DO NOT MATCH THE HASHES|[Hh]ash mismatch",
        (
            "Библиотека пришла не такой, какой записана в списке, и не поставлена: её подменили или испортили по дороге. "
            "Повторите; если снова так — ставьте через другую сеть."
        ),
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|[Cc]ertificate verify|invalid peer certificate",
        (
            "Хранилищу библиотек не удалось поверить: сертификат не подошёл. "
            "Проверьте часы машины и сертификат своей сети."
        ),
    ),
    (
        (
            r"NewConnectionError|ConnectTimeout|Temporary failure in name resolution|Name or service not known|Max retries"
            r"|Connection (refused|reset|broken)|timed out|ProxyError|Network is unreachable|dns error|error sending request"
        ),
        "Нет связи с хранилищем библиотек: проверьте сеть (и прокси, если она через него) и повторите.",
    ),
    (
        r"Permission denied|Errno 13|Read-only file system|Errno 30",
        "Нет права писать в папку продукта: запустите команду от имени её владельца.",
    ),
    (
        r"No matching distribution|not a supported wheel|no wheels|platform tag",
        (
            "Для этой машины (система, процессор, версия Python) нет готовой сборки одной из библиотек. "
            "Проверено на Debian 12, 64 бита, Python 3.11–3.13."
        ),
    ),
)


def cause_of(said: str) -> str:
    """What happened, in words for a person, by what the installer said."""
    told = next((words for pattern, words in CAUSES if re.search(pattern, said)), "")
    return "Не удалось подготовить окружение." + (f" {told}" if told else "")


def run(words: Sequence[str]) -> None:
    """Run a program quietly. Broken, with the cause and the end of what it said, when it fails."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    end = "\n".join(f"  {line}" for line in said[-8:])
    raise Broken(f"{cause_of(done.stderr + done.stdout)} Подробности:\n{end}")


@contextmanager
def only_one(place: Path) -> Iterator[None]:
    """Hold the lock file; a second process waits and says so. The system frees it when the holder dies."""
    try:
        lock = place.open("a")
    except OSError as error:
        raise Broken(CLOSED) from error
    with lock:
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
