"""What reports cost to write, in milliseconds of the processor with the child processes, and how large they are, as JSON.

Run: .venv/bin/python benchmarks/reports.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

HOME = Path(__file__).resolve().parents[1]
LINES, TIMES = 45, 15
BARS = {"docx": 200, "pdf": 400, "xlsx": 100}
SCHOOLS, POSITIONS, QUESTIONS, DOCUMENTS, NOTE_TIMES = 100, 5, 60, 300, 3


def main() -> None:
    """Write the reports in every format many times and print the medians beside the bars."""
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as place:
        os.environ |= {"OPORA_DATA": place, "DJANGO_SETTINGS_MODULE": "opora.config.settings_test"}
        sys.path[:0] = [str(HOME), str(HOME / "src")]
        import django

        django.setup()
        figures = {"progress": _progress(), **_notes()}
        print(json.dumps(figures, indent=1))


def _progress() -> dict[str, Any]:
    from opora.reports.renderers import docx, pdf, xlsx
    from tests.reports.values import report_saying

    # Other words each time: Typst remembers what it has set and would only be asked for its memory.
    reports = [report_saying(f"Посещение школ-участниц проекта, {time}", LINES) for time in range(TIMES)]
    figures = {}
    renderers = {"docx": docx.render, "pdf": pdf.render, "xlsx": xlsx.render}
    for ending, render in renderers.items():
        size = len(render(report_saying("Первый", LINES)))
        spent = [_spent(render, report) for report in reports]
        figures[ending] = {"ms": round(median(spent), 1), "bar_ms": BARS[ending], "kb": size // 1024}
    return figures


def _notes() -> dict[str, Any]:
    """Each note counted and written: 100 schools × 5 positions, 60 questions, a sample of 300 documents."""
    from benchmarks import notes
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from opora.reports.papers import ENDINGS, file_of
    from opora.reports.register import KINDS

    figures: dict[str, Any] = {}
    for code, asked in notes.all_asked(SCHOOLS, POSITIONS, QUESTIONS, DOCUMENTS).items():
        kind = KINDS[code]
        built = kind.build(asked)
        told: dict[str, Any] = {"count_ms": _median(kind.build, asked)}
        for ending in ENDINGS:
            size = len(file_of(kind, built, ending, place=asked.place))
            spent = []
            for time in range(NOTE_TIMES):
                other = notes.saying(built, f"Прогон {time}")
                spent.append(_spent(file_of, kind, other, ending, place=asked.place))
            told[ending] = {"ms": round(median(spent), 1), "kb": size // 1024}
        figures[code] = told
    return figures


def _median(work: Callable[..., Any], *told: Any) -> float:
    return round(median(_spent(work, *told) for _ in range(NOTE_TIMES)), 1)


def _spent(work: Callable[..., Any], *told: Any, **more: Any) -> float:
    began = sum(os.times()[:4])
    work(*told, **more)
    return 1000 * (sum(os.times()[:4]) - began)


if __name__ == "__main__":
    main()
