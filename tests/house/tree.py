"""Walkers over the tree: sources, templates, texts; each test asserts that its walk was not empty."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PACKAGE = HOME / "src" / "opora"
FACES = {"views", "forms", "urls", "templatetags", "management"}
ABOVE_ROOMS = {"config", "console", "__main__"}
NOT_OURS = {".git", ".venv", "var", "__pycache__", "vendor", "node_modules"}
TEXTS = {".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".sh", ".svg", ".typ", ".cfg", ""}


def modules() -> list[Path]:
    """Every module of the product."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if not NOT_OURS & set(path.parts)]


def proving_modules() -> list[Path]:
    """Every module of the tests and benchmarks."""
    found = [*(HOME / "tests").rglob("*.py"), *(HOME / "benchmarks").rglob("*.py")]
    return [path for path in sorted(found) if "__pycache__" not in path.parts]


def templates() -> list[Path]:
    """Every template of a page."""
    return sorted(path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)


def texts() -> Iterator[Path]:
    """Every text file that is kept in the repository and was written here."""
    for path in sorted(HOME.rglob("*")):
        inside = path.relative_to(HOME)
        is_cache = any(
            part in NOT_OURS or (part.startswith(".") and part != ".ci") for part in inside.parts[:-1]
        )
        if path.is_file() and not is_cache and path.suffix in TEXTS and not inside.name.startswith(".venv"):
            yield path


def named(path: Path) -> str:
    """The path as a person reads it."""
    return str(path.relative_to(HOME))


def room_of(path: Path) -> str:
    """The room a module of the product lives in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def is_migration(path: Path) -> bool:
    """Whether the module is a step of the schema, made by Django."""
    return "migrations" in path.parts
