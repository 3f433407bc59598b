"""How long a report of 45 lines takes to write, warm, and how large it is, as JSON.

Run: .venv/bin/python benchmarks/reports.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

HOME = Path(__file__).resolve().parents[1]
LINES, TIMES = 45, 15
BARS = {"docx": 200, "pdf": 400, "xlsx": 100}


def main() -> None:
    """Write the report in every format many times and print the medians beside the bars."""
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as place:
        os.environ |= {"OPORA_DATA": place, "DJANGO_SETTINGS_MODULE": "opora.config.settings_test"}
        sys.path[:0] = [str(HOME), str(HOME / "src")]
        import django

        django.setup()
        from opora.reports.renderers import docx, pdf, xlsx
        from tests.reports.values import report_saying

        # Other words each time: Typst remembers what it has set and would only be asked for its memory.
        reports = [report_saying(f"Посещение школ-участниц проекта, {time}", LINES) for time in range(TIMES)]
        figures = {}
        renderers = {"docx": docx.render, "pdf": pdf.render, "xlsx": xlsx.render}
        for ending, render in renderers.items():
            size = len(render(report_saying("Первый", LINES)))
            spent = []
            for report in reports:
                began = perf_counter()
                render(report)
                spent.append(1000 * (perf_counter() - began))
            figures[ending] = {"ms": round(median(spent), 1), "bar_ms": BARS[ending], "kb": size // 1024}
        print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
