"""Equipment by national projects through the pages: entered, counted again, seen on a day, taken away."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.programmes.models import NationalProject
from opora.schools.actions.equipment import add_equipment, count_equipment, remove_equipment
from opora.schools.equipment import positions_of, sums_of
from opora.schools.models import Equipment, EquipmentCount, Participation
from tests.visitor import Visitor
from tests.visits.scene import Scene, make_scene

AT = datetime(2022, 11, 1, 9, tzinfo=UTC)
MARCH, OCTOBER = date(2022, 3, 1), date(2022, 10, 1)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def part_of(scene: Scene, number: int = 0) -> Participation:
    return Participation.objects.select_related("programme", "school").get(school=scene.schools[number])


def enter(scene: Scene, name: str = "Ноутбук", **other: Any) -> Equipment:
    told = {
        "participation": part_of(scene), "project": NationalProject.objects.get(code="growth-point"), "unit": "",
        "year": 2021, "amount": 10, "on": MARCH, "by": scene.people["school"], "at": AT,
    }  # fmt: skip
    return add_equipment(name=name, **{**told, **other})


def test_a_school_enters_a_position_and_counts_it_again_through_pages(scene: Scene) -> None:
    part = part_of(scene)
    school = scene.visitor("school")
    school.client.get("/equipment/?on=2022-10-01")
    page = school.follow(school.open("/equipment/"), f"/equipment/{part.pk}/")
    project = NationalProject.objects.get(code="growth-point")
    page = school.send(
        page, "/add/", project=str(project.pk), name="Цифровая лаборатория", year="2021", amount="2", unit="комплект",
        on="2022-03-01",
    )  # fmt: skip
    assert "Цифровая лаборатория" in page.words
    row = Equipment.objects.get()
    page = school.follow(page, f"/equipment/{part.pk}/{row.pk}/count/")
    page = school.send(page, amount="5", on="2022-09-15")
    assert "+3" in page.words
    assert "5 комплект" in scene.visitor("coordinator").open("/equipment/").words


def test_a_past_day_shows_what_was_counted_by_then(scene: Scene) -> None:
    row = enter(scene)
    count_equipment(equipment=row, amount=25, on=OCTOBER, by=scene.people["school"], at=AT)
    part = part_of(scene)
    [then] = positions_of([part.pk], date(2022, 9, 1))[part.pk]
    [now] = positions_of([part.pk], OCTOBER)[part.pk]
    assert (then.on(date(2022, 9, 1)), then.change(date(2022, 9, 1))) == (10, 0)
    assert (now.baseline, now.on(OCTOBER), now.change(OCTOBER)) == (10, 25, 15)
    assert positions_of([part.pk], date(2022, 2, 1)) == {}


def test_units_are_never_added_together(scene: Scene) -> None:
    enter(scene)
    enter(scene, "Мебель", unit="комплект", amount=3)
    enter(scene, "Планшет", amount=5)
    sums = sums_of(positions_of([part_of(scene).pk], MARCH)[part_of(scene).pk], MARCH)
    assert {one.unit: (one.positions, one.now) for one in sums} == {"шт.": (2, 15), "комплект": (1, 3)}


def test_a_second_count_of_a_day_corrects_it_and_the_first_stays_in_the_history(scene: Scene) -> None:
    row = enter(scene)
    count_equipment(equipment=row, amount=12, on=MARCH, by=scene.people["school"], at=AT)
    assert EquipmentCount.objects.get().amount == 12
    assert '"was": 10' in HistoryEntry.objects.get(verb="equipment.counted").facts


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": "  "}, "Напишите, что получено"),
        ({"year": 2023}, "Год получения"),
        ({"on": date(2022, 12, 1)}, "ещё не наступило"),
        ({"amount": -1}, "Количество"),
        ({"name": "н" * 301}, "Слишком длинно"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    scene: Scene, told: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        enter(scene, **told)
    assert Equipment.objects.count() == 0


def test_the_same_position_twice_is_told_of(scene: Scene) -> None:
    enter(scene, "Ноутбук учителя")
    with pytest.raises(Refused, match="уже внесено"):
        enter(scene, "НОУТБУК  учителя")


def test_a_project_of_another_programme_is_refused(scene: Scene) -> None:
    from opora.programmes.actions import load_pack

    other = load_pack(name="school-of-ministry-2023", by=None, at=AT)
    foreign = NationalProject.objects.create(programme=other, code="x", name="Чужой", position=1)
    with pytest.raises(Refused, match="из другой программы"):
        enter(scene, project=foreign)


def test_a_form_with_a_mistake_keeps_what_was_typed(scene: Scene) -> None:
    school = scene.visitor("school")
    page = school.open(f"/equipment/{part_of(scene).pk}/")
    page = school.send(
        page, "/add/", status=422, name="Ноутбук", amount="много", year="2021", on="2022-03-01"
    )
    assert page.tree.xpath("//input[@name='name']/@value") == ["Ноутбук"]
    assert Equipment.objects.count() == 0


def test_a_position_goes_with_a_reason_and_stays_in_the_history(scene: Scene) -> None:
    row = enter(scene)
    with pytest.raises(Refused, match="почему"):
        remove_equipment(equipment=row, reason=" ", by=scene.people["school"], at=AT)
    school = scene.visitor("school")
    page = school.open(f"/equipment/{row.participation_id}/{row.pk}/remove/")
    school.send(page, reason="Внесено дважды")
    assert Equipment.objects.count() == 0
    assert "Внесено дважды" in HistoryEntry.objects.get(verb="equipment.removed").facts


def test_a_curator_looks_and_does_not_write(scene: Scene) -> None:
    row = enter(scene)
    page = scene.visitor("curator").open(f"/equipment/{row.participation_id}/")
    assert "Внести позицию" not in page.words
    answer = scene.visitor("curator").client.get(f"/equipment/{row.participation_id}/{row.pk}/count/")
    assert answer.status_code == 403


@pytest.mark.parametrize("size", [3, 300])
def test_the_list_costs_the_same_for_3_schools_and_300(scene: Scene, size: int) -> None:
    from opora.schools.models import School

    schools = School.objects.bulk_create(
        School(
            municipality=scene.town,
            name=f"Школа {n}",
            short_name=f"Школа {n}",
            number=n,
            folded_name=f"школа {n}",
        )
        for n in range(500, 500 + size)
    )
    parts = Participation.objects.bulk_create(
        Participation(school=one, programme=scene.programme, since=date(2022, 1, 10)) for one in schools
    )
    project = NationalProject.objects.get(code="growth-point")
    rows = Equipment.objects.bulk_create(
        Equipment(participation=one, project=project, name="Ноутбук", folded_name="ноутбук", year=2021)
        for one in parts
    )
    EquipmentCount.objects.bulk_create(
        EquipmentCount(
            equipment=one, amount=7, counted_on=MARCH, counted_at=AT, counted_by=scene.people["coordinator"]
        )
        for one in rows
    )
    client = Visitor(scene.people["coordinator"]).client
    client.get("/equipment/")
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/equipment/")
    assert answer.status_code == 200
    assert len(captured) == 10
