"""What a region's report costs: CPU milliseconds and queries over 3 and 100 municipalities of 45 lines, as JSON.

Run: .venv/bin/python benchmarks/regions.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

HOME = Path(__file__).resolve().parents[1]
SIZES, LINES, SCHOOLS, TIMES = (3, 100), 45, 10, 5


def main() -> None:
    """Build the report many times and print the medians."""
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as place:
        os.environ |= {"OPORA_DATA": place, "DJANGO_SETTINGS_MODULE": "opora.config.settings_test"}
        sys.path[:0] = [str(HOME), str(HOME / "src")]
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        call_command("migrate", verbosity=0)
        from opora.reports.asked import Asked
        from opora.reports.register import KINDS
        from tests.indicators.town import TODAY, Town, make_town

        kind = KINDS["region_progress"]
        towns: list[Town] = []
        figures = []
        for size in SIZES:
            for number in range(len(towns), size):
                town = make_town(SCHOOLS, name=f"г. о. {number:03}", curators=0)
                town.plan(*([[("documents_ready", "schools", 1)], [("attested", "one", 1)]] * LINES)[:LINES])
                towns.append(town)
            programme, region = towns[0].programme, towns[0].municipality.region
            row: dict[str, object] = {"towns": size, "lines": size * LINES}
            for name, since in (("year", programme.starts_on), ("stretch", date(2022, 6, 1))):
                asked = Asked(
                    programme=programme, region=region, since=since, as_of=TODAY, stretch="cumulative"
                )
                with CaptureQueriesContext(connection) as captured:
                    note = kind.build(asked)
                spent = []
                for _ in range(TIMES):
                    began = process_time()
                    note = kind.build(asked)
                    spent.append(1000 * (process_time() - began))
                row |= {f"{name}_ms": round(median(spent), 1), f"{name}_queries": len(captured)}
            began = process_time()
            made = {ending: len(file) // 1024 for ending, file in _files(kind, note)}
            figures.append({**row, "three_files_ms": round(1000 * (process_time() - began)), "kb": made})
        print(json.dumps(figures, indent=1))


def _files(kind: object, note: object) -> list[tuple[str, bytes]]:
    from opora.reports.register import ReportKind
    from opora.reports.renderers.docx import template_bytes
    from opora.reports.word.filling import fill

    assert isinstance(kind, ReportKind)
    word = fill(template_bytes(kind.shape.template), kind.shape.filling(note))
    return [("docx", word), ("pdf", kind.shape.pdf(note)), ("xlsx", kind.shape.xlsx(note))]


if __name__ == "__main__":
    main()
