"""What curators and schools do on their own pages: visit, report for a stage, choose risks; each begins on «Мой день»."""

from __future__ import annotations

from typing import Any

from tests.lines.deeds import Deed, Scene, coordinators_appointed, curators_appointed, found_by_a_stranger
from tests.visitor import Page, Visitor

SEEN = "Урок математики в седьмом классе, программа выполняется"
TOOK = ("2", "5", "8")


def schools_visited(scene: Scene) -> None:
    """Each school is planned by its curator, agreed by its coordinator, visited, reported; the centre approves."""
    _everybody_appointed(scene)
    curators = [Visitor(person) for person in scene.town.curators]
    turns = (curators[0], curators[1], curators[0])
    told = zip(turns, scene.town.at_schools, scene.town.schools, strict=True)
    for curator, person, school in told:
        visit = _planned(scene, curator, school.pk)
        _agreed(scene, Visitor(person), visit)
        _held_and_reported(scene, curator, visit)
        _approved(scene, visit)


def stage_reported(*, is_published: bool = False) -> Deed:
    """Each curator writes the report of the stage and hands it in; the centre approves it and may publish it."""

    def report(scene: Scene) -> None:
        curators_appointed(scene)
        for person in scene.town.curators:
            address = _handed_in(scene, Visitor(person))
            _report_approved(scene, address, is_published=is_published)

    return report


def risks_chosen(scene: Scene) -> None:
    """Each school takes three risks into work, its curator verifies them."""
    _everybody_appointed(scene)
    first, second = (Visitor(person) for person in scene.town.curators)
    told = zip((first, second, first), scene.town.at_schools, scene.town.schools, strict=True)
    for curator, person, school in told:
        address = f"/risks/{school.pk}/"
        at_school = Visitor(person)
        page = at_school.follow(_day(scene, at_school), address)
        page = at_school.send(page, "/save/", **{f"{number}-choice": "chosen" for number in TOOK})
        assert "Ждёт подтверждения куратором" in page.words
        page = curator.send(curator.follow(_day(scene, curator), address), "/verify/")
        assert "Подтверждено" in page.words


def _everybody_appointed(scene: Scene) -> None:
    coordinators_appointed(scene)
    curators_appointed(scene)


def _day(scene: Scene, visitor: Visitor) -> Page:
    """«Мой день» of somebody on the day of the scene."""
    return visitor.open(f"/today/?on={scene.day}")


def _planned(scene: Scene, curator: Visitor, school: int) -> str:
    page = curator.follow(_day(scene, curator), f"/visits/plan/add/?school={school}")
    page = curator.send(page, day=scene.day)
    assert "Намечено, школа не ответила" in page.words
    return page.address


def _agreed(scene: Scene, at_school: Visitor, visit: str) -> None:
    page = at_school.follow(_day(scene, at_school), f"{visit}agree/")
    page = at_school.send(page)
    assert "Школа подтвердила" in page.words


def _held_and_reported(scene: Scene, curator: Visitor, visit: str) -> None:
    page = curator.follow(_day(scene, curator), f"{visit}sheet/")
    page = curator.send(page, held_on=scene.day, findings=SEEN, deed="hold")
    assert "Состоялось, ждёт отчёта" in page.words
    page = curator.follow(_day(scene, curator), f"{visit}sheet/")
    page = curator.send(page, deed="report")
    assert "Отчёт сдан, ждёт приёма" in page.words
    assert SEEN in page.words


def _approved(scene: Scene, visit: str) -> None:
    coordinator = scene.town.coordinator
    page = coordinator.follow(_day(scene, coordinator), visit)
    page = coordinator.send(page, "/approve/")
    assert "Отчёт принят" in page.words


def _handed_in(scene: Scene, curator: Visitor) -> str:
    listed = curator.follow(_day(scene, curator), "/curator-reports/")
    # The latest stage that has begun is the one reported.
    page = curator.send_form(listed, listed.forms_to("/begin/")[-1])
    (form,) = [one for one in page.forms_to("") if one.get("id") == "sheet"]
    page = curator.send_form(page, form, deed="send", **_answers(form))
    assert "Отчёт сдан" in page.words
    return page.address


def _answers(form: Any) -> dict[str, str]:
    """Something said to every question."""
    questions = form.xpath(".//textarea/@name")
    assert questions
    return dict.fromkeys(questions, "Планы уроков обсуждаются, нужны часы психолога")


def _report_approved(scene: Scene, address: str, *, is_published: bool) -> None:
    coordinator = scene.town.coordinator
    page = coordinator.follow(_day(scene, coordinator), address)
    page = coordinator.send(coordinator.follow(page, f"{address}approve/"))
    assert "документ собран и утверждён" in page.words or "Принят" in page.words
    if is_published:
        page = coordinator.send(coordinator.follow(page, f"{address}publish/"))
        assert "Отчёт размещён на портале" in page.words
        found_by_a_stranger(scene, "Отчёт куратора")
