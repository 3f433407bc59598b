"""`./opora test`: everything that can be proved on this machine, first on SQLite, then on PostgreSQL."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from opora.core.arguments import RussianParser

HOME = Path(__file__).resolve().parents[3]
# The number of the process keeps two runs on one server apart; the run makes and removes the base.
DEFAULT_POSTGRES = f"postgres://postgres@127.0.0.1:5432/opora_{os.getpid()}"
NO_TESTS = 5
MOST_WORKERS = 4
NO_POSTGRES = (
    "проверки на PostgreSQL — на 127.0.0.1:5432 он не отвечает без пароля пользователю postgres. "
    "Поставить: sudo apt install postgresql"
)
NO_CHROMIUM = (
    "проверки в браузере — нет Chromium или библиотеки libatomic. "
    "Поставить: sudo apt install chromium libatomic1"
)
NO_NGINX = "проверки образца прокси — нет nginx. Поставить: sudo apt install nginx-light"
# Where Debian puts what an ordinary user does not have on the path.
SYSTEM_PROGRAMS = "/usr/local/sbin:/usr/sbin:/sbin"


def run(arguments: list[str]) -> int:
    """Run the tests; 0 when every one that could run has passed, 1 when something is forbidden to lack."""
    options, rest = parser().parse_known_args(arguments)
    postgres = os.environ.get("OPORA_TEST_DATABASE_URL", DEFAULT_POSTGRES)
    has_postgres = answers(postgres)
    lacks = [
        words
        for is_there, words in (
            (has_postgres, NO_POSTGRES),
            (browser() is not None, NO_CHROMIUM),
            (proxy() is not None, NO_NGINX),
        )
        if not is_there
    ]
    if options.forbid_skips:
        if lacks:
            print("Пропускать нельзя, а не хватает: " + "; ".join(lacks), file=sys.stderr)
            return 1
        rest.append("--forbid-skips")
    print("Проверки на SQLite…", flush=True)
    code = pytest(rest, database=None, lacks=lacks)
    if has_postgres and code in (0, 1, NO_TESTS):
        print("\nПроверки на PostgreSQL: то, что касается базы…", flush=True)
        again = pytest([*rest, "--only-database"], database=postgres, lacks=[])
        # A person who asked for a file of pure tests has nothing to run here; the whole suite always has.
        code = code or (0 if again == NO_TESTS and rest else again)
    return code


def parser() -> RussianParser:
    """The arguments of the command; what it does not know goes to pytest."""
    made = RussianParser(
        prog="./opora test",
        description="Выполнить все проверки, какие возможны на машине. Прочие параметры получает pytest.",
        allow_abbrev=False,
    )
    made.add_argument("--forbid-skips", action="store_true", help="пропуск любой проверки считать неудачей")
    return made


def pytest(arguments: list[str], *, database: str | None, lacks: list[str]) -> int:
    """One run of pytest in a process of its own; what it cannot do is told beside its closing line."""
    surroundings = {name: value for name, value in os.environ.items() if name != "OPORA_TEST_DATABASE_URL"}
    surroundings["OPORA_LACKS"] = "\n".join(lacks)
    if database is not None:
        surroundings["OPORA_TEST_DATABASE_URL"] = database
    return subprocess.run(
        [sys.executable, "-m", "pytest", *workers(arguments), *arguments],
        cwd=HOME,
        env=surroundings,
        check=False,
    ).returncode


def workers(arguments: list[str]) -> list[str]:
    """A process for each core, four at most, for the whole suite; a person who names tests gets one process."""
    cores = min(len(os.sched_getaffinity(0)), MOST_WORKERS)
    is_whole = all(argument.startswith("--") for argument in arguments)
    return ["-n", str(cores)] if is_whole and cores > 1 else []


def answers(address: str) -> bool:
    """Whether the server takes a connection within two seconds; the base named need not exist yet."""
    import psycopg

    try:
        with psycopg.connect(address, dbname="postgres", connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def browser() -> str | None:
    """Where Chromium is on this machine; None too when the library that its driver needs is missing."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return None
    return shutil.which("chromium") or shutil.which("chromium-browser")


def proxy() -> str | None:
    """Where nginx is on this machine."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:{SYSTEM_PROGRAMS}")
