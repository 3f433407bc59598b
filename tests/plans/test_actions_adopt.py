"""Adopting an order: words as printed, one plan for one order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.core.uploads import store
from opora.plans.actions import AdoptedBefore, adopt_roadmap, assign_responsible, release_responsible
from opora.plans.models import Activity, Roadmap, Section
from tests.imports.ground import NOW, TODAY, Ground, draft, line, make_ground


@pytest.fixture
def ground(db: None) -> Ground:
    return make_ground()


def adopt(ground: Ground, content: dict[str, Any], **changes: Any) -> Roadmap:
    given: dict[str, Any] = {
        "municipality": ground.municipality,
        "programme": ground.programme,
        "draft": content,
        "file": store(b"order", kind="docx", at=NOW),
        "file_name": "Приказ.docx",
        "by": ground.coordinator,
        "at": NOW,
    }
    return adopt_roadmap(**(given | changes))


def test_a_draft_becomes_sections_and_lines_in_the_order_of_the_file(ground: Ground) -> None:
    roadmap = adopt(ground, draft())

    assert (roadmap.order_number, roadmap.order_date) == ("04-06/06-2", date(2022, 2, 28))
    assert list(Section.objects.values_list("number", "title")) == [(1, "Организация"), (2, "Мониторинг")]
    assert list(Activity.objects.values_list("position", "number", "section__number", "starts_on")) == [
        (1, "1.1", 1, date(2021, 12, 1)),
        (2, "1.2", 1, date(2022, 3, 1)),
        (3, "", 2, date(2022, 3, 1)),
    ]


def test_adoption_leaves_one_line_of_history(ground: Ground) -> None:
    roadmap = adopt(ground, draft())

    entry = HistoryEntry.objects.get()
    assert (entry.verb, entry.subject_id, entry.person_id) == (
        "roadmap.adopted",
        roadmap.pk,
        ground.coordinator.pk,
    )


@pytest.mark.parametrize("same", ["file", "order"])
def test_the_same_order_is_not_adopted_twice(ground: Ground, same: str) -> None:
    first = adopt(ground, draft())
    again = draft() if same == "order" else draft(order={"number": "7", "date": "2022-03-01"})
    file = store(b"another file", kind="docx", at=NOW) if same == "order" else first.file

    with pytest.raises(AdoptedBefore) as refused:
        adopt(ground, again, file=file)

    assert refused.value.roadmap == first
    assert Roadmap.objects.count() == 1


def test_the_same_number_in_another_municipality_is_another_order(ground: Ground) -> None:
    adopt(ground, draft())

    adopt(ground, draft(), municipality=ground.other)

    assert Roadmap.objects.count() == 2


def test_lines_outside_sections_stand_in_a_section_of_their_own(ground: Ground) -> None:
    adopt(ground, draft(line("1", "Совещание", section=0), sections=[]))

    assert Section.objects.get().number == 0


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "нет ни одного пункта"),
        ([line("1.1", " ")], "Строка 1: нет слов"),
        ([line("1" * 21, "Совещание")], "номер): 21 знаков"),
        ([line(str(n), "Совещание") for n in range(2001)], "Строк больше 2000"),
    ],
)
def test_what_cannot_be_a_plan_is_refused_whole(
    ground: Ground, lines: list[dict[str, Any]], words: str
) -> None:
    content = draft()
    content["lines"] = lines

    with pytest.raises(Refused, match=words.replace("(", r"\(").replace(")", r"\)")):
        adopt(ground, content)

    assert not Roadmap.objects.exists()


def test_adoption_costs_the_same_for_many_lines(ground: Ground) -> None:
    store(b"order", kind="docx", at=NOW)
    with CaptureQueriesContext(connection) as few:
        adopt(ground, draft(*(line(f"1.{n}", f"Дело {n}") for n in range(3))))
    with CaptureQueriesContext(connection) as many:
        adopt(
            ground,
            draft(*(line(f"1.{n}", f"Дело {n}") for n in range(50))),
            municipality=ground.other,
        )

    assert len(many) == len(few)


def test_a_person_leads_lines_once_and_is_released_with_a_day(ground: Ground) -> None:
    roadmap = adopt(ground, draft())
    lines = list(roadmap.activities.all())
    assign_responsible(
        activities=lines[:1], person=ground.curator, since=TODAY, by=ground.coordinator, at=NOW
    )

    made = assign_responsible(
        activities=lines, person=ground.curator, since=TODAY, by=ground.coordinator, at=NOW
    )
    release_responsible(responsibility=made[0], until=TODAY, by=ground.coordinator, at=NOW)

    assert [one.activity for one in made] == lines[1:]
    assert lines[1].responsibilities.get().until == TODAY
    with pytest.raises(Refused):
        release_responsible(responsibility=made[0], until=TODAY, by=ground.coordinator, at=NOW)
