"""`./opora check`: style, types and layers of the code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from opora.core.arguments import RussianParser

HOME = Path(__file__).resolve().parents[3]
MENDINGS = (
    ("Исправляю, что можно (ruff check --fix)", ("-m", "ruff", "check", "--fix", "--quiet")),
    ("Привожу к общему виду (ruff format)", ("-m", "ruff", "format", "--quiet")),
)
CHECKS = (
    ("Правила письма (ruff check)", ("-m", "ruff", "check")),
    ("Вид текста (ruff format)", ("-m", "ruff", "format", "--check")),
    (
        "Слои дома (import-linter)",
        ("-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_logo=True))"),
    ),
    ("Типы (mypy)", ("-m", "mypy")),
)


def run(arguments: list[str]) -> int:
    """Run every check, whatever the one before said; 0 when all are content."""
    made = RussianParser(prog="./opora check", description="Проверить код: правила письма, вид, слои, типы.")
    made.add_argument(
        "--fix", action="store_true", help="сначала исправить то, что исправляется без человека"
    )
    if made.parse_args(arguments).fix:
        for words, command in MENDINGS:
            passes(words, command)
    failed = [words for words, command in CHECKS if not passes(words, command)]
    print("Не сошлось: " + "; ".join(failed) if failed else "Всё сошлось.", flush=True)
    return 1 if failed else 0


def passes(words: str, command: tuple[str, ...]) -> bool:
    """Run one check and tell its name; what it finds it prints itself."""
    print(f"— {words}", flush=True)
    return subprocess.run([sys.executable, *command], cwd=HOME, check=False).returncode == 0
