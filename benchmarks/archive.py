"""What a zip of two thousand files costs while it is sent: processor seconds and how far memory grows, as JSON.

Run: .venv/bin/python benchmarks/archive.py
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import sys
import tempfile
from pathlib import Path
from time import process_time

HOME = Path(__file__).resolve().parents[1]
FEW, MANY, KILOBYTES = 100, 2000, 200
MOST_GROWTH_MB = 20


def main() -> None:
    """Send an archive of a hundred files, then of two thousand; the second may not need more memory than the first."""
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as place:
        os.environ |= {"OPORA_DATA": place, "DJANGO_SETTINGS_MODULE": "opora.config.settings_test"}
        sys.path[:0] = [str(HOME), str(HOME / "src")]
        import django

        django.setup()
        from opora.core.archive import Entry, archive_of
        from opora.core.uploads import path_of

        digests = []
        for number in range(MANY):
            content = number.to_bytes(4) * (KILOBYTES * 256)
            digest = hashlib.sha256(content).hexdigest()
            path_of(digest).parent.mkdir(parents=True, exist_ok=True)
            path_of(digest).write_bytes(content)
            digests.append(digest)
        figures = {}
        for count in (FEW, MANY):
            began = process_time()
            entries = (
                Entry(f"{number:04} документ.pdf", digest) for number, digest in enumerate(digests[:count])
            )
            size = sum(len(piece) for piece in archive_of(entries))
            figures[f"{count}_files"] = {
                "mb": size // 1024 // 1024,
                "cpu_s": round(process_time() - began, 2),
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        growth = figures[f"{MANY}_files"]["peak_mb"] - figures[f"{FEW}_files"]["peak_mb"]
        print(json.dumps({**figures, "growth_mb": growth, "bar_mb": MOST_GROWTH_MB}, indent=1))


if __name__ == "__main__":
    main()
