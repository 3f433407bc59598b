"""What a form of 300 questions costs: milliseconds of CPU to compile it, to judge its answers and to make its page.

Run: .venv/bin/python benchmarks/forms.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

HOME = Path(__file__).resolve().parents[1]
QUESTIONS, RUNS = 300, 7


def main() -> None:
    """Print the figures as JSON: the best of several runs, in this process."""
    with tempfile.TemporaryDirectory(prefix="opora-bench-") as place:
        os.environ |= {"OPORA_DATA": place, "DJANGO_SETTINGS_MODULE": "opora.config.settings_test"}
        sys.path[:0] = [str(HOME), str(HOME / "src")]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(json.dumps(figures(), indent=1))


def figures() -> dict[str, Any]:
    """Compile, judge, show."""
    from opora.imports.reading import read_source
    from opora.imports.subjects.xlsform import understand
    from opora.questionnaires.compiling import Compiled
    from opora.questionnaires.judging import judge

    content = book()
    source = read_source(content, "форма.xlsx")
    compiled = understand(source)
    assert isinstance(compiled, Compiled)
    answers = {
        f"g{group}": {f"q{group + one}": "5" for one in range(30)} for group in range(0, QUESTIONS, 30)
    }
    today = date(2022, 9, 15)
    return {
        "questions": QUESTIONS,
        "read_ms": best(lambda: read_source(content, "форма.xlsx")),
        "compile_ms": best(lambda: understand(source)),
        "judge_ms": best(lambda: judge(compiled.form, answers, today)),
        "page_of_all_ms": best(page_of(compiled, is_stepped=False)),
        "page_of_a_step_ms": best(page_of(compiled, is_stepped=True)),
    }


def filled() -> dict[str, Any]:
    """Answers to everything, so that every question is asked."""
    typed = ("5", "2", "текст", "", "5,5")
    return {
        f"g{group}": {f"q{group + one}": typed[(group + one) % 5] for one in range(30)}
        for group in range(0, QUESTIONS, 30)
    }


def book() -> bytes:
    """A workbook of ten groups: numbers with checks, conditions, choices, texts and calculations."""
    from tests.questionnaires.books import sheet_of, workbook

    rows: list[dict[str, str]] = []
    for number in range(QUESTIONS):
        if number % 30 == 0:
            rows += [{"type": "end_group"}] * bool(number)
            rows.append({"type": "begin_group", "name": f"g{number}", "label": f"Раздел {number // 30 + 1}"})
        row = {"name": f"q{number}", "label": f"Вопрос {number}: сколько мероприятий проведено?"}
        kind = number % 5
        row["type"] = ("integer", "select_one agree", "text", "calculate", "decimal")[kind]
        if kind == 0:
            row |= {
                "required": "yes",
                "constraint": ". >= 0 and . < 500",
                "constraint_message": "От 0 до 499",
            }
        elif kind == 3:
            row |= {"calculation": f"${{q{number - 3}}} * 2"}
        elif number > 10:
            row |= {"relevant": f"${{q{number - kind - 5}}} > 3", "hint": "По приказу"}
        rows.append(row)
    rows.append({"type": "end_group"})
    choices = "list_name|name|label\nagree|1|Не согласен\nagree|2|Скорее согласен\nagree|3|Согласен"
    return workbook(sheet_of(rows), choices, "form_title\nБольшая форма")


def page_of(compiled: Any, *, is_stepped: bool) -> Callable[[], object]:
    """Opening the page: the whole form on one page, or its first step."""
    from opora.questionnaires import showing
    from opora.questionnaires.models import Questionnaire
    from tests.questionnaires.scene import AT, DAY, make_scene

    if not Questionnaire.objects.exists():
        from opora.questionnaires.actions.forms import add_form

        scene = make_scene()
        person = scene.people["coordinator"]
        add_form(
            municipality=scene.town,
            form=compiled.form,
            content=b"x",
            file_name="а.xlsx",
            by=person,
            at=AT,
            on=DAY,
        )
        ask(scene)
    client, address = OPENED[0]
    if not is_stepped:
        showing.MANY_QUESTIONS = 10_000  # type: ignore[misc]  # -- the cost of a page that is not parted is asked for
    else:
        showing.MANY_QUESTIONS = 12  # type: ignore[misc]  # -- as it stands

    def opened() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code

    return opened


OPENED: list[tuple[Any, str]] = []


def ask(scene: Any) -> None:
    """A collection by the form, and the browser of the school that owes it."""
    from opora.questionnaires.actions.answers import save_draft
    from opora.questionnaires.actions.collections import make_collection
    from opora.questionnaires.audience import Audience
    from opora.questionnaires.models import QuestionnaireVersion
    from tests.questionnaires.scene import AT, DAY

    made = make_collection(
        version=QuestionnaireVersion.objects.get(),
        audience=Audience(scene.town, scene.programme, "schools"),
        title="Сбор",
        opens_on=DAY,
        due_on=DAY,
        on=DAY,
        by=scene.people["coordinator"],
        at=AT,
    )
    owed = made.respondents.get(school=scene.schools[0])
    client = scene.visitor("school").client
    OPENED.append((client, f"/obligations/{owed.pk}/"))
    client.get(OPENED[0][1])
    person = scene.people["school"]
    save_draft(respondent=owed, data=filled(), version=1, on=DAY, by=person, at=AT)


def best(deed: Callable[[], object]) -> float:
    """The best of several runs after one that warms up, in milliseconds of CPU."""
    deed()
    times = []
    for _ in range(RUNS):
        started = process_time()
        deed()
        times.append(process_time() - started)
    return round(min(times) * 1000, 1)


if __name__ == "__main__":
    main()
