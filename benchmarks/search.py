"""What search over 50,000 documents costs: CPU milliseconds of the query and of the page, the least and the most, as JSON.

Run: .venv/bin/python benchmarks/search.py [how many documents, usually 50000] [how many times each, usually 20]
On PostgreSQL: DATABASE_URL=postgres://… (an empty base of its own; it is filled and left so). There the processor
time of the database's own process is not counted, so the wall clock stands beside it.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

HOME = Path(__file__).resolve().parents[1]
WORDS = " ".join(
    (
        "школа отчёт посещение куратор методист учитель урок мотивация наставник риск программа мера",
        "показатель справка приказ план график семинар вебинар консультация родитель класс предмет результат",
        "анализ мониторинг вывод рекомендация совет протокол повестка решение срок этап проект центр район",
        "область директор завуч педагог дефицит оснащение учебный предметный низкий высокий средний доля",
        "число рост снижение поддержка помощь опыт практика",
    )
).split()
ASKED = {
    "in every document": "школа",
    "in half of them": "отчёты",
    "two words": "отчёт посещения",
    "rare word": "редкость17",
    "two letters of many words": "пр",
    "three letters of many words": "про",
    "nowhere": "мостостроение",
}


def main() -> None:
    """Fill an empty base, ask, print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as place:
        os.environ |= {"OPORA_DATA": place, "DJANGO_SETTINGS_MODULE": "opora.config.settings_test"}
        sys.path[:0] = [str(HOME), str(HOME / "src")]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        town = filled(count)
        print(json.dumps([figures(town, name, words, times) for name, words in ASKED.items()], indent=1))


def filled(count: int) -> Any:
    """A town whose documents have 150 words each; a third belongs to schools."""
    from django.db import connection

    from opora.documents.models import Document, DocumentText
    from opora.documents.searching import tokens
    from tests.documents.conftest import make_town

    town, chance = make_town(), random.Random(500)
    made = [
        Document(
            municipality=town.municipality,
            school=town.schools[number % 2] if number % 3 == 0 else None,
            title=f"{'Отчёт' if number % 2 else 'Справка'} {number}",
            folded_title=f"отчет {number}",
            dated_on=town.roadmap.order_date,
            added_on=town.roadmap.order_date,
            added_by=town.coordinator,
        )
        for number in range(count)
    ]
    Document.objects.bulk_create(made, batch_size=2000)
    texts = []
    for number, row in enumerate(made):
        words = " ".join(["школа", *chance.choices(WORDS, k=150), f"редкость{number}"])
        texts.append(DocumentText(document=row, stems=" ".join(tokens(f"{row.title} {words}")), words=words))
    DocumentText.objects.bulk_create(texts, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return town


def figures(town: Any, name: str, words: str, times: int) -> dict[str, Any]:
    """The query alone (what is found, at most 1,001, and a page of 50), then the whole page of the list."""
    from opora.appointments.queries import access_of
    from opora.documents.queries import documents_found, documents_seen_by
    from opora.documents.searching import first_found
    from tests.documents.conftest import TODAY

    access = access_of(town.coordinator, TODAY)

    def ask() -> int:
        documents = documents_found(documents_seen_by(access), TODAY)
        found = first_found(documents, words)
        return len(found) + 0 * len(documents.filter(pk__in=found[:50]))

    client = signed_in(town.coordinator)
    return {
        "asked": name,
        "found": ask(),
        "query": spent(ask, times),
        "page": spent(lambda: client.get("/documents/", {"q": words}), times),
    }


def signed_in(person: Any) -> Any:
    """A browser of the coordinator on the day the town stands at."""
    from django.test import Client

    client = Client()
    client.force_login(person)
    session = client.session
    session["on"] = "2022-09-15"
    session.save()
    return client


def spent(deed: Any, times: int) -> dict[str, float]:
    """Median milliseconds of the processor and of the clock, and the most of the processor."""
    deed()
    cpu, wall = [], []
    for _ in range(times):
        start, begun = process_time(), perf_counter()
        deed()
        cpu.append((process_time() - start) * 1000)
        wall.append((perf_counter() - begun) * 1000)
    return {
        "cpu_ms": round(median(cpu), 1),
        "cpu_most_ms": round(max(cpu), 1),
        "wall_ms": round(median(wall), 1),
    }


if __name__ == "__main__":
    main()
