"""What people do for a round of review: a sample is drawn, shared out, examined, finished, told of in a note."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tests.lines.deeds import ORDER_DATE, ORDER_NUMBER, Deed, Scene, choice, frozen
from tests.lines.paper_deeds import marks_confirmed, school_papers_entered
from tests.lines.school_deeds import risks_chosen
from tests.visitor import Visitor


def concepts_marked_and_examined(scene: Scene) -> None:
    """Schools enter what they owe and mark it in ИС МЭДК, curators confirm, a sample of concepts is examined."""
    risks_chosen(scene)
    school_papers_entered(scene)
    marks_confirmed(scene)
    sample_examined(scene, "Концепция развития", stage="")


def papers_examined(stage: str) -> Deed:
    """Schools enter papers of the stage, a sample of them is examined, the note on it is published."""

    def examine(scene: Scene) -> None:
        risks_chosen(scene)
        school_papers_entered(scene)
        sample_examined(scene, "Антирисковая программа", stage=stage)
        page = frozen(scene, "reviews", words="Рискам соответствуют все рассмотренные программы.")
        assert not any(person.last_name in page.words for person in scene.town.experts)

    return examine


def sample_examined(scene: Scene, kind: str, *, stage: str) -> None:
    """From the line to a finished round: criteria, draw, experts, marks, agreement, end."""
    coordinator = scene.town.coordinator
    _experts_appointed(scene)
    page = coordinator.follow(scene.page(), f"/reviews/add/?line={scene.line}")
    page = coordinator.send(
        page,
        title=f"Экспертиза: {kind}",
        kinds=[choice(page, "kinds", kind)],
        stage=choice(page, "stage", stage) if stage else "",
        strata=[],
        size_rule="number",
        size_value="2",
        overlap_share="0",
    )
    # The line from which the person came is chosen already; criteria are asked for next.
    page = coordinator.follow(page, f"{page.address}?from=")
    page = coordinator.send(page)
    review = page.address
    page = coordinator.send(coordinator.follow(page, f"{review}draw/"))
    page = coordinator.send(coordinator.follow(page, f"{review}experts/"), deed="count")
    page = coordinator.send(page, deed="agree")
    assert "Поручено: 2 рассмотрения" in page.words
    for person in scene.town.experts:
        _examined(scene, Visitor(person))
    page = coordinator.send(coordinator.open(review), "/settle/")
    page = coordinator.send(coordinator.follow(page, f"{review}finish/"))
    assert "Завершена" in page.words


def _experts_appointed(scene: Scene) -> None:
    coordinator, place = scene.town.coordinator, scene.town.municipality
    for person in scene.town.experts:
        page = coordinator.open(f"{reverse('appointments:appoint')}?duty=expert")
        coordinator.send(
            page,
            duty="expert",
            place=f"municipality-{place.pk}",
            person=person.pk,
            since=ORDER_DATE,
            order_number=ORDER_NUMBER,
            order_date=ORDER_DATE,
        )


def _examined(scene: Scene, expert: Visitor) -> None:
    """Somebody finds the own document on «Мой день», marks it by every criterion and hands it in."""
    page = expert.follow(expert.open(f"/today/?on={scene.day}"), "/examinations/")
    sheet = page if page.tree.xpath("//form[@id='sheet']") else expert.enter(page, r"/examinations/\d+/")
    page = expert.send(sheet, **_levels(sheet), conclusion="Документ отвечает рискам школы", deed="hand")
    assert "Рассмотрение сдано" in page.words


def _levels(sheet: Any) -> dict[str, str]:
    """The highest level by every criterion."""
    names = {name for name in sheet.tree.xpath("//input[@type='radio']/@name") if name.startswith("level-")}
    assert names
    return {name: sheet.tree.xpath(f"//input[@name='{name}']/@value")[-1] for name in names}
