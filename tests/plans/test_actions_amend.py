"""Accepting a later order: the plan of any earlier day stays what it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.core.refusal import Refused
from opora.imports.differences import lines_of_draft
from opora.plans.actions import adopt_roadmap, amend_roadmap
from opora.plans.amendments import difference
from opora.plans.models import Amendment, Change, Roadmap
from opora.plans.queries import activities_on, plan_line
from tests.imports.ground import NOW, Ground, draft, line, make_ground

ORDERED = date(2022, 6, 1)
BEFORE = ORDERED - timedelta(days=1)
BASE = (
    line("1.1", "Назначение координаторов"),
    line("1.2", "Подготовка отчётов кураторов"),
    line("1.3", "Проведение итогового семинара"),
    line("2.1", "Анкетирование директоров", section=2),
)


@pytest.fixture
def ground(db: None) -> Ground:
    return make_ground()


def adopt(ground: Ground, *lines: dict[str, Any]) -> Roadmap:
    return adopt_roadmap(
        municipality=ground.municipality,
        programme=ground.programme,
        draft=draft(*(lines or BASE)),
        file=None,
        file_name="",
        by=ground.coordinator,
        at=NOW,
    )


def amend(
    ground: Ground, roadmap: Roadmap, *lines: dict[str, Any], on: date = ORDERED, **other: Any
) -> Amendment:
    keyed = [{**one, "key": f"k{place}"} for place, one in enumerate(lines)]
    content = draft(*keyed, order={"number": other.pop("number", "77"), "date": on.isoformat()}, **other)
    rows = [row for row in roadmap.activities.select_related("section") if row.dropped_on is None]
    pairs = difference([plan_line(row) for row in rows], lines_of_draft(content))
    return amend_roadmap(
        roadmap=roadmap, draft=content, pairs=pairs, file=None, file_name="", by=ground.coordinator, at=NOW
    )


def seen(roadmap: Roadmap, on: date) -> list[tuple[Any, ...]]:
    return [
        (
            row.number,
            row.text,
            row.promise,
            row.section.number,
            row.period_text,
            row.starts_on,
            row.ends_on,
            row.is_open_ended,
            row.executors,
        )
        for row in activities_on([roadmap], on)
    ]


def test_a_moved_term_is_new_since_the_order_and_old_before_it(ground: Ground) -> None:
    roadmap = adopt(ground)
    before = seen(roadmap, BEFORE)

    amendment = amend(
        ground,
        roadmap,
        BASE[0],
        line("1.2", "Подготовка отчётов кураторов", "май 2022", "2022-05-01", "2022-05-31"),
        *BASE[2:],
    )

    assert seen(roadmap, BEFORE) == before
    assert seen(roadmap, ORDERED)[1][4:7] == ("май 2022", date(2022, 5, 1), date(2022, 5, 31))
    change = Change.objects.get()
    assert (change.what, change.amendment) == ("moved", amendment)
    assert change.before == {"period_text": "март 2022", "starts_on": "2022-03-01", "ends_on": "2022-03-31"}


def test_added_dropped_and_renumbered_lines_stand_in_their_places(ground: Ground) -> None:
    roadmap = adopt(ground)
    before = seen(roadmap, BEFORE)

    amend(
        ground,
        roadmap,
        BASE[0],
        line("1.2", "Совещание с директорами"),
        line("1.3", "Подготовка отчётов кураторов"),
        line("3.1", "Обучение учителей", section=3),
        sections=[{"number": 3, "title": "Обучение"}],
    )

    assert seen(roadmap, BEFORE) == before
    assert [(row[0], row[1], row[3]) for row in seen(roadmap, ORDERED)] == [
        ("1.1", "Назначение координаторов", 1),
        ("1.2", "Совещание с директорами", 1),
        ("1.3", "Подготовка отчётов кураторов", 1),
        ("3.1", "Обучение учителей", 3),
    ]


def test_two_amendments_are_rolled_back_one_after_another(ground: Ground) -> None:
    roadmap = adopt(ground, BASE[0])
    first = line("1.1", "Назначение координаторов и кураторов")
    amend(ground, roadmap, first)
    amend(ground, roadmap, line("1.1", "Назначение всех"), on=date(2022, 9, 1), number="78")

    assert [seen(roadmap, on)[0][1] for on in (BEFORE, ORDERED, date(2022, 9, 1))] == [
        "Назначение координаторов",
        "Назначение координаторов и кураторов",
        "Назначение всех",
    ]


@pytest.mark.parametrize(
    ("on", "number", "words"),
    [
        (date(2022, 1, 1), "9", "Проверьте дату"),
        (ORDERED, "77", "уже приняты"),
        (ORDERED, "", "номер и дату"),
    ],
)
def test_an_amendment_out_of_turn_is_refused(ground: Ground, on: date, number: str, words: str) -> None:
    roadmap = adopt(ground, BASE[0])
    amend(ground, roadmap, line("1.1", "Назначение всех"))

    with pytest.raises(Refused, match=words):
        amend(ground, roadmap, line("1.1", "Назначение троих"), on=on, number=number)


def test_nothing_accepted_is_refused(ground: Ground) -> None:
    roadmap = adopt(ground)

    with pytest.raises(Refused, match="Не отмечено"):
        amend(ground, roadmap, *BASE)

    assert not Amendment.objects.exists()


def test_looking_at_a_day_costs_two_queries_for_any_number_of_lines(ground: Ground) -> None:
    roadmap = adopt(ground, *(line(f"1.{n}", f"Дело номер {n}") for n in range(300)))
    amend(ground, roadmap, *(line(f"1.{n}", f"Дело номер {n}", "май") for n in range(300)))

    with CaptureQueriesContext(connection) as asked:
        activities_on([roadmap], BEFORE)

    assert len(asked) == 2


TEXTS = st.sampled_from(
    ["Совещание", "Семинар для кураторов", "Отчёт о работе", "Опрос родителей школ", "Выезд в школу № 101"]
)
LINES = st.lists(
    st.builds(
        lambda number, text, month, section: line(
            f"{section}.{number}",
            text,
            f"месяц {month}",
            f"2022-{month:02}-01",
            f"2022-{month:02}-28",
            section=section,
        ),
        st.integers(1, 6),
        TEXTS,
        st.integers(1, 12),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, LINES, LINES)
def test_a_day_before_an_order_always_shows_the_old_plan(
    ground: Ground, first: list[dict[str, Any]], second: list[dict[str, Any]], third: list[dict[str, Any]]
) -> None:
    with transaction.atomic():
        roadmap = adopt(ground, *first)
        plans = [seen(roadmap, BEFORE)]
        for number, lines in ((1, second), (2, third)):
            try:
                amend(ground, roadmap, *lines, on=ORDERED + timedelta(days=number), number=str(number))
            except Refused:
                assert len(plans[-1]) == len(lines)
            plans.append(seen(roadmap, ORDERED + timedelta(days=number)))

        assert [seen(roadmap, ORDERED + timedelta(days=day)) for day in (0, 1, 2)] == plans
        transaction.set_rollback(True)
