"""Every line of the source order gets exactly the kinds of the house, with words of its own as the reason."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest

from opora.indicators.register import KINDS
from opora.indicators.suggest import suggest_kinds, suggest_target
from tests.indicators.wordings import source_lines

LINES = source_lines()


@pytest.mark.parametrize(("number", "text", "promise", "kinds"), LINES, ids=[line[0] for line in LINES])
def test_line_of_the_source_order_gets_its_kinds(
    number: str, text: str, promise: str, kinds: tuple[str, ...]
) -> None:
    suggestion = suggest_kinds(text, promise)

    assert suggestion.kinds == kinds
    assert suggestion.kind == kinds[0]
    assert suggestion.confidence >= 0.6
    assert suggestion.why
    assert all(word in f"{text} {promise}" for word in suggestion.why)


def test_source_order_has_forty_five_lines_in_six_sections() -> None:
    assert len(LINES) == 45
    assert list(Counter(line[0].split(".")[0] for line in LINES).values()) == [11, 12, 5, 9, 5, 3]


@pytest.mark.parametrize(
    ("number", "scope"),
    [
        ("1.1", "schools"),
        ("1.2", "schools"),
        ("1.3", "municipalities"),
        ("1.7", "schools"),
        ("1.9", "curators"),
        ("2.1", "one"),
        ("2.8", "schools"),
        ("2.11", "one"),
        ("3.4", "one"),
        ("4.1", "schools"),
        ("4.2", "schools"),
        ("4.6", "curators"),
        ("6.2", "one"),
    ],
)
def test_target_of_a_source_line(number: str, scope: str) -> None:
    _, text, promise, kinds = next(line for line in LINES if line[0] == number)

    target = suggest_target(text, promise, kinds[0])

    assert (target.scope, target.number) == (scope, 1)


def test_kinds_and_suggestions_are_read_without_django() -> None:
    command = "import sys, opora.indicators.suggest; raise SystemExit('django' in sys.modules)"

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    finished = subprocess.run([sys.executable, "-c", command], check=False, env=environment)

    assert finished.returncode == 0


def test_codes_are_unique_and_what_a_kind_names_exists() -> None:
    codes = [kind.code for kind in KINDS]

    assert len(codes) == len(set(codes)) == 18
    assert all(code in codes for kind in KINDS for code in (*kind.absorbs, *kind.brings))
    assert {kind.code for kind in KINDS if kind.is_built} == {
        "people_appointed",
        "documents_ready",
        "documents_published",
        "visits_scheduled",
        "visits_held",
        "forms_filled",
        "risks_chosen",
        "documents_marked",
        "form_templates_ready",
        "sample_reviewed",
        "attested",
    }
