"""The words and sizes of the house: names, opening sentences, lengths, depth."""

import ast
import re

from tests.house.tree import (
    FACES,
    HOME,
    PACKAGE,
    is_migration,
    modules,
    named,
    proving_modules,
    room_of,
    templates,
    tree_of,
)

FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "common",
    "base",
    "misc",
    "tools",
    "lib",
}
EMPTY = {"utils", "util", "helpers", "helper", "services", "service", "misc", "manager"}
ABBREVIATIONS = {"cfg", "mgr", "ctx", "tmp", "svc", "repo"}


def test_no_file_or_folder_bears_an_empty_word() -> None:
    places = [path for path in HOME.glob("src/opora/**/*") if path.suffix in {".py", ".html", ".css", ""}]
    assert len(places) > 100
    wrong = [
        named(path)
        for path in places
        if set(re.split(r"[_\W]+", path.stem)) & (FORBIDDEN | ABBREVIATIONS)
        and path.name != "base.html"
        # Django looks for an engine under this name and no other.
        and named(path) != "src/opora/core/postgresql/base.py"
        and "__pycache__" not in path.parts
    ]
    assert wrong == []


def test_no_class_or_function_bears_an_empty_word() -> None:
    wrong, seen = [], 0
    for path in modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                seen += 1
                words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", node.name)}
                if words & EMPTY:
                    wrong.append(f"{named(path)}:{node.lineno} {node.name}")
    assert seen > 200
    assert wrong == []


def test_every_module_opens_with_one_sentence() -> None:
    wrong = []
    for path in [*modules(), *proving_modules()]:
        words = ast.get_docstring(tree_of(path))
        if is_migration(path) or (
            path.name == "__init__.py" and not path.read_text(encoding="utf-8").strip()
        ):
            continue
        first = (words or "").split("\n\n")[0]
        if not first or "\n" in first or first[-1] not in ".:":
            wrong.append(named(path))
    assert len(modules()) > 80
    assert wrong == []


def length_of(node: ast.AST) -> int:
    """Lines of a function; nothing else has a length here."""
    return (node.end_lineno or 0) - node.lineno if isinstance(node, ast.FunctionDef) else 0


def test_files_and_functions_are_short() -> None:
    wrong = []
    for path in modules():
        if is_migration(path):
            continue
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > 400:
            wrong.append(f"{named(path)}: {lines} lines")
        for node in ast.walk(tree_of(path)):
            if length_of(node) > 60:
                wrong += [f"{named(path)}: a function over 60 lines"]
    wrong += [
        f"{named(path)}: {path.read_text(encoding='utf-8').count(chr(10))} lines"
        for path in proving_modules()
        if path.read_text(encoding="utf-8").count("\n") > 400
    ]
    assert wrong == []


def test_templates_are_short() -> None:
    lengths = {named(path): path.read_text(encoding="utf-8").count("\n") for path in templates()}
    assert len(lengths) > 10
    assert {name: length for name, length in lengths.items() if length > 120} == {}


def test_no_module_lies_deeper_than_a_kind() -> None:
    deep = [
        named(path)
        for path in modules()
        if len(path.relative_to(PACKAGE).parts) > (4 if "management" in path.parts else 3)
    ]
    assert deep == []


def test_every_room_is_known_to_the_settings_and_nothing_else_is_a_room() -> None:
    from opora.config.settings import ROOMS

    folders = {room_of(path) for path in PACKAGE.glob("*/__init__.py")}
    assert len(folders) > 10
    assert folders - {"config", "console"} == set(ROOMS)


def test_what_a_room_offers_to_others_says_what_it_does() -> None:
    wrong, seen = [], 0
    for path in modules():
        inside = path.relative_to(PACKAGE).with_suffix("").parts
        # Deeper modules are the room's own affair, faces are asked by addresses, and apps.py is Django's.
        if is_migration(path) or len(inside) != 2 or FACES & set(inside) or path.stem == "apps":
            continue
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                seen += 1
                if not ast.get_docstring(node):
                    wrong.append(f"{named(path)}:{node.lineno} {node.name}")
    assert seen > 100
    assert wrong == []
