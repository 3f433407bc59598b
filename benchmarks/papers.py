"""What large papers leave behind in the process that gave them out, as JSON: MiB of memory after each of them.

Run: .venv/bin/python benchmarks/papers.py [rows]. Papers of so many rows (5,000) are made one after another in this very
process, as a worker of the server makes them; what matters is the last figure (`left_mb`), the bar is 180.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
ROWS, BAR_MB = 5_000, 180


def main() -> int:
    """Print the figures; 1 when more is left than the bar."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as place:
        os.environ |= {"OPORA_DATA": place, "DJANGO_SETTINGS_MODULE": "opora.config.settings_test"}
        sys.path[:0] = [str(HOME), str(HOME / "src")]
        import django

        django.setup()
        from opora.config.urls import urlpatterns

        assert urlpatterns  # every page is loaded, as in a worker
        figures = {"rows": rows, "at_rest_mb": memory("VmRSS")}
        from tests.reports.large import papers

        for name, made in papers(rows):
            content = made()
            figures[f"{name}_kb"], figures[f"after_{name}_mb"] = len(content) // 1024, memory("VmRSS")
        figures |= {"left_mb": memory("VmRSS"), "most_mb": memory("VmHWM")}
    print(json.dumps(figures, indent=1))
    return int(figures["left_mb"] > BAR_MB)


def memory(what: str) -> int:
    """MiB of this process: VmRSS now, VmHWM at its most."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) // 1024 for line in told.splitlines() if line.startswith(what))


if __name__ == "__main__":
    sys.exit(main())
