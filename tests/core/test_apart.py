"""What makes papers stands behind doors: the server itself never loads what typesets and what fills Word templates."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from opora.core import apart
from opora.core.apart import made_apart
from opora.core.refusal import Refused
from tests.house.tree import modules, named, tree_of

# The only places that bring these libraries in: child processes, what draws our templates by hand, the demonstration.
_MAY_TYPESET = {"src/opora/reports/renderers/press_child.py"}
_MAY_WRITE = {"src/opora/core/workbook.py"}
_APART = {"typst", "docx", "docxtpl"}


def test_pages_load_nothing_that_makes_papers() -> None:
    asked = (
        "import os, sys, django; django.setup(); import opora.config.urls, opora.config.wsgi;"
        f"print(sorted({_APART!r} & set(sys.modules)))"
    )
    surroundings = {"DJANGO_SETTINGS_MODULE": "opora.config.settings_test", "PATH": "/usr/bin:/bin"}
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=False,
        env=surroundings | {"PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")},
    )
    assert (ran.stdout.strip(), ran.stderr[-500:]) == ("[]", "")


def test_a_large_paper_waits_for_another_one_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_PATIENCE", 0.01)
    large = b"echo " + b"a" * 600_000
    assert len(made_apart("tests.core.misbehaving", asked=large, kind="PDF")) == 600_000
    with apart._TURN, pytest.raises(Refused) as caught:
        made_apart("tests.core.misbehaving", asked=large, kind="PDF")
    assert (caught.value.code, caught.value.status) == ("R-BUSY", 503)
    assert made_apart("tests.core.misbehaving", asked=b"echo small", kind="PDF") == b"small"


def test_typst_and_workbooks_have_one_door_each() -> None:
    assert _importing("typst") == _MAY_TYPESET
    assert _calling("xlsxwriter", "Workbook") == _MAY_WRITE


def _importing(library: str) -> set[str]:
    found = set()
    for path in modules():
        for node in ast.walk(tree_of(path)):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == library for name in names):
                found.add(named(path))
    return found


def _calling(library: str, name: str) -> set[str]:
    return {
        named(path)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
        and getattr(node.func.value, "id", "") == library
    }
