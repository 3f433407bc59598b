"""Rows change only in actions (law 3): no signals, no overridden save, no writing elsewhere."""

import ast
from pathlib import Path

from tests.house.tree import PACKAGE, is_migration, modules, named, tree_of

WRITING = {
    "save",
    "delete",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "asave",
    "adelete",
    "aupdate",
}
# The ground keeps its own rows: history, presses, stored files, jobs. Each is one small module with one deed.
# A move to the other engine carries the rows of every room as they are: no deed is done, no line of history is due.
GROUND = {"core/history.py", "core/presses.py", "core/uploads.py", "core/jobs.py", "core/transfer.py"}


def writes_of(tree: ast.Module) -> list[tuple[int, str]]:
    """Lines where something like a row is written: `.save()`, `.objects.….update()`, `.create()`…"""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        # A row is saved without a place; a document or a picture is saved to one.
        if name == "save" and node.args:
            continue
        if name in WRITING or (name == "update" and is_queryset(node.func.value)):
            found.append((node.lineno, name))
    return found


def is_queryset(node: ast.expr) -> bool:
    """Whether a chain of calls begins at a manager or passed a filter."""
    return any(
        isinstance(part, ast.Attribute) and part.attr in {"objects", "filter"} for part in ast.walk(node)
    )


def may_write(path: Path) -> bool:
    """Whether this module is a place of writing."""
    inside = path.relative_to(PACKAGE)
    return (
        is_migration(path)
        or "actions" in inside.with_suffix("").parts
        or str(inside) in GROUND
        or inside.parts[0] == "console"
    )


def test_rows_are_written_only_in_actions() -> None:
    places = {named(path): writes_of(tree_of(path)) for path in modules() if not may_write(path)}
    assert len(places) > 60
    wrong = {name: lines for name, lines in places.items() if lines}
    assert wrong == {}


def test_the_walk_sees_writing() -> None:
    text = (
        "def f(row):\n    row.save()\n    Row.objects.filter(a=1).update(a=2)\n"
        "    {}.update(a=1)\n    Row.objects.create()\n"
    )
    assert writes_of(ast.parse(text)) == [(2, "save"), (3, "update"), (5, "create")]
    assert any(
        writes_of(tree_of(path)) for path in modules() if path.stem == "actions" or "actions" in path.parts
    )


def test_no_model_overrides_save_or_delete() -> None:
    wrong, seen = [], 0
    for path in modules():
        if path.stem != "models" and "models" not in path.parts:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                seen += 1
                deeds = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
                wrong += [
                    f"{named(path)}: {node.name}.{name}" for name in deeds & {"save", "delete", "full_clean"}
                ]
    assert seen > 15
    assert wrong == []


def test_nobody_listens_to_signals() -> None:
    wrong = [
        f"{named(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith((".signals", "django.dispatch"))
    ]
    assert wrong == []


def test_actions_take_keywords_only_and_record_history() -> None:
    wrong, seen, recording = [], 0, 0
    for path in modules():
        if path.stem != "actions" and "actions" not in path.parts:
            continue
        recording += "record(" in path.read_text(encoding="utf-8")
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                seen += 1
                if node.args.args or node.args.posonlyargs:
                    wrong.append(f"{named(path)}:{node.lineno} {node.name}")
    assert seen > 15
    assert recording > 3
    assert wrong == []
