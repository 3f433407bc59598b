"""Large papers leave no memory behind in the process that gives them out: all of them, one after another, in one process."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from opora.core import apart
from opora.core.refusal import Refused
from opora.reports.renderers import note_pdf, note_word
from opora.reports.word.own import made
from tests.reports.large import WORDS, note_of

HOME = Path(__file__).resolve().parents[2]
# A worker may hold 180 MiB; what five thousand rows leave is what these leave, or it would grow with the rows.
ROWS, MOST_MB, MOST_GROWN_MB = 1_000, 180, 60


def test_a_process_that_made_every_large_paper_is_as_small_as_a_worker_may_be() -> None:
    """Made in the process itself, a note of a thousand rows would leave three hundred megabytes more."""
    ran = subprocess.run(
        [sys.executable, str(HOME / "benchmarks/papers.py"), str(ROWS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout)
    assert told["left_mb"] <= MOST_MB
    assert told["left_mb"] - told["at_rest_mb"] <= MOST_GROWN_MB
    assert told["most_mb"] <= 2 * MOST_MB
    assert all(told[name] for name in told if name.endswith("_kb"))


def test_a_large_document_made_apart_is_the_one_that_would_be_made_here() -> None:
    """The way through the child changes nothing: the same words in the same cells."""
    filling = note_word.filling(note_of(700))
    paper = docx.Document(io.BytesIO(made(note_word.TEMPLATE.read_bytes(), filling)))
    table = max(paper.tables, key=lambda one: len(one.rows))
    rows = list(table.rows)
    assert len(rows) == 701
    assert [cell.text for cell in rows[700].cells] == ["699", *WORDS]


def test_a_paper_that_is_too_large_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_MEMORY_MB", 200)
    with pytest.raises(Refused, match="Скачайте его в Excel") as caught:
        note_pdf.render(note_of(3_000))
    assert caught.value.code in ("F-TIME", "F-BROKEN")
