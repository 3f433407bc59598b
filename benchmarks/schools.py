"""What loading 1,000 schools costs: seconds from the file to the preview and from agreeing to the rows, as JSON.

Run: .venv/bin/python benchmarks/schools.py [how many schools, usually 1000]
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

HOME = Path(__file__).resolve().parents[1]
ADDRESS = "/schools/import/"


def main() -> None:
    """Load a list into an empty town, then the same list again."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as place:
        os.environ |= {"OPORA_DATA": place, "DJANGO_SETTINGS_MODULE": "opora.config.settings_test"}
        sys.path[:0] = [str(HOME), str(HOME / "src")]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(json.dumps([loaded(count, "new"), loaded(count, "again")], indent=1))


def loaded(count: int, what: str) -> dict[str, Any]:
    """The seconds of one loading."""
    from tests.schools.sheets import upload, workbook

    client = browser()
    rows = [("Муниципалитет", "Школа", "Краткое наименование", "Сайт", "Категория", "Дата включения")]
    rows += [
        ("Примерск", f"МБОУ «Школа № {n}»", f"Школа № {n}", f"https://s{n}.example", "ШНОР", "01.02.2022")
        for n in range(1000, 1000 + count)
    ]
    content = workbook(rows)
    # The first page of a process loads templates and addresses: that is not what loading costs.
    client.get(ADDRESS)
    start, spent = perf_counter(), sum(os.times()[:4])
    given = {"file": upload(content), "kind": "low_results", "since": "2022-01-01"}
    preview = client.post(ADDRESS, given)
    shown = perf_counter()
    import lxml.html

    form = next(one for one in lxml.html.fromstring(preview.content.decode()).forms if "mark" in one.fields)
    fields = {name: value or "" for name, value in form.form_values()}
    ready = perf_counter()
    answer = client.post(ADDRESS, {**fields, "agree": "1"})
    done = perf_counter()
    assert answer.status_code == 302, answer.status_code
    seconds = {"preview": shown - start, "agree": done - ready, "whole": shown - start + done - ready}
    # The child that reads the file is among the processor's seconds, parsing the page by the bench is too.
    seconds["processor"] = sum(os.times()[:4]) - spent
    return {"schools": count, "what": what, **{name: round(value, 2) for name, value in seconds.items()}}


def browser() -> Any:
    """The coordinator of the town, made at first asking."""
    from opora.schools.models import School
    from tests.appointments.town import browser_for, make_town

    if not School.objects.exists():
        make_town(count=3)
    from opora.accounts.models import User

    return browser_for(User.objects.get(last_name="Мостова"))


if __name__ == "__main__":
    main()
