"""What the results of a collection cost: CPU milliseconds for its answers, from the base to the summary, as JSON.

Run: .venv/bin/python benchmarks/results.py [how many answers, usually 3000] [how many questions, usually 60]
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from pathlib import Path
from time import process_time
from typing import Any

HOME = Path(__file__).resolve().parents[1]
TIMES = 5


def main() -> None:
    """Fill a collection and sum it up: plain rows alone, then from the base."""
    answers = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    questions = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as place:
        os.environ |= {"OPORA_DATA": place, "DJANGO_SETTINGS_MODULE": "opora.config.settings_test"}
        sys.path[:0] = [str(HOME), str(HOME / "src")]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(json.dumps(measured(answers, questions), indent=1))


def measured(answers: int, questions: int) -> dict[str, Any]:
    """The best of several times of each step."""
    from opora.questionnaires.answered import answered_by
    from opora.questionnaires.exporting import csv_of, workbook_of
    from opora.questionnaires.results import summarise, summary_of
    from opora.questionnaires.spss import archive_of
    from tests.indicators.town import TODAY

    collection, form = filled(answers, questions)
    told = answered_by(collection, TODAY)
    rows = [one.data for one in told]
    steps = {
        "summary of plain rows": lambda: summarise(form, rows),
        "summary from the base": lambda: summary_of(collection, TODAY),
        "csv": lambda: csv_of(form, told, is_nameless=False),
        "spss": lambda: archive_of(form, told, is_nameless=False),
        "xlsx": lambda: workbook_of("Сбор", form, told, is_nameless=False),
    }
    found: dict[str, Any] = {"answers": len(rows), "questions": questions}
    for name, step in steps.items():
        spent = []
        for _ in range(TIMES if name.startswith("summary") else 1):
            start = process_time()
            step()
            spent.append((process_time() - start) * 1000)
        found[f"{name}, ms CPU"] = round(min(spent))
    return found


def filled(answers: int, questions: int) -> tuple[Any, Any]:
    """A collection of so many schools that answered so many questions of every kind."""
    from opora.questionnaires.content import Form
    from opora.questionnaires.models import Respondent, Submission
    from tests.indicators.town import TODAY, make_town
    from tests.questionnaires.gathering import gather, make_version

    form = Form("Большая анкета", tuple(_question(place) for place in range(questions)))
    town = make_town(answers)
    collection = gather(town, version=make_version(town, form))
    chance = random.Random(2022)
    owing = list(Respondent.objects.filter(collection=collection))
    Submission.objects.bulk_create(
        (
            Submission(
                collection=collection,
                respondent=one,
                submitted_on=TODAY,
                data={question.name: _answer(question, chance) for question in form.questions},
            )
            for one in owing
        ),
        batch_size=200,
    )
    Respondent.objects.filter(collection=collection).update(submitted_on=TODAY)
    return collection, form


def _question(place: int) -> Any:

    from opora.questionnaires.content import Choice, Question

    kind = ("one", "many", "integer", "text", "one", "decimal")[place % 6]
    choices = (
        tuple(Choice(str(number), f"Ответ {number}") for number in range(1, 6))
        if kind in ("one", "many")
        else ()
    )
    return Question(f"q{place}", f"/q{place}", kind, f"Вопрос {place}", choices=choices)  # type: ignore[arg-type]  # -- a kind


def _answer(question: Any, chance: random.Random) -> Any:
    match question.kind:
        case "one":
            return str(chance.randint(1, 5))
        case "many":
            return [str(number) for number in range(1, 6) if chance.random() < 0.4]
        case "integer":
            return chance.randint(0, 100)
        case "decimal":
            return chance.randint(0, 1000) / 10
    return "Провели педсовет и договорились о наставниках"


if __name__ == "__main__":
    main()
