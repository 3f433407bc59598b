"""What pages cost: CPU milliseconds, queries and kilobytes for 45 lines over 11 and 1000 schools, as JSON.

Run: .venv/bin/python benchmarks/pages.py [how many times each, usually 20]
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

HOME = Path(__file__).resolve().parents[1]
SIZES = (11, 1000)
PAGES = {
    "today": "/today/",
    "roadmap": "/roadmaps/{plan}/",
    "line": "/roadmaps/{plan}/lines/{line}/",
    "printed": "/roadmaps/{plan}/print/",
    "responsible": "/roadmaps/{plan}/responsible/",
    "report": "/reports/{plan}/progress/",
    "documents": "/documents/",
}


def main() -> None:
    """Measure every page and print the figures."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as place:
        os.environ |= {"OPORA_DATA": place, "DJANGO_SETTINGS_MODULE": "opora.config.settings_test"}
        sys.path[:0] = [str(HOME), str(HOME / "src")]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(json.dumps([figures for size in SIZES for figures in measured(size, times)], indent=1))


def measured(schools: int, times: int) -> list[dict[str, Any]]:
    """The figures of every page over so many schools."""
    from tests.indicators.town import browser_of

    town = town_of(schools)
    client = browser_of(town.coordinator)
    asked = {"plan": town.roadmap.pk, "line": town.lines[0].pk}
    return [
        {
            "page": name,
            "schools": schools,
            "lines": len(town.lines),
            **cost(client, path.format(**asked), times),
        }
        for name, path in PAGES.items()
    ]


def town_of(schools: int) -> Any:
    """A town with 45 lines of all usual kinds, a third of the schools ready, one evidence a school and line."""
    from django.db import transaction

    from tests.indicators.town import make_town

    rules = (
        [("documents_ready", "schools", 1)],
        [("documents_published", "one", 1)],
        [("people_appointed", "schools", 1)],
        [("attested", "schools", 1)],
        [("documents_ready", "curators", 1)],
    )
    with transaction.atomic():
        town = make_town(schools, name=f"Город на {schools}", curators=5)
        town.plan(*rules * 9)
        for place, school in enumerate(town.schools):
            town.appoint("curator", school, town.curators[place % 5])
        add_papers(town)
    return town


def add_papers(town: Any) -> None:
    """Approved papers of a third of the schools for five lines; rows at once, since deeds would take minutes."""
    from datetime import date

    from opora.documents.models import Document

    day = date(2022, 5, 5)
    Document.objects.bulk_create(
        Document(
            municipality=town.municipality,
            activity=line,
            school=school,
            title=f"Справка {school}",
            folded_title="справка",
            dated_on=day,
            added_on=day,
            added_by=town.coordinator,
            state="approved",
            approved_on=day,
        )
        for line in town.lines[:25:5]
        for school in town.schools[::3]
    )


def cost(client: Any, path: str, times: int) -> dict[str, Any]:
    """Median CPU of so many answers, queries of one, its size plain and packed."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
        # Counted here: the next request would clear the log that it is counted from.
        queries = len(captured)
    spent = []
    for _ in range(times):
        began = process_time()
        client.get(path)
        spent.append(process_time() - began)
    return {
        "status": answer.status_code,
        "cpu_ms": round(1000 * median(spent), 1),
        "sql": queries,
        "kb": round(len(answer.content) / 1024, 1),
        "gzip_kb": round(len(gzip.compress(answer.content)) / 1024, 1),
    }


if __name__ == "__main__":
    main()
