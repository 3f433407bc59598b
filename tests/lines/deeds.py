"""What people do for a line on pages: appoint, enter papers, approve and publish them, give a word, freeze a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opora.documents.models import Attestation
from tests.lines.town import Town
from tests.visitor import Page, Visitor

ORDER_NUMBER, ORDER_DATE = "04-06/98", "2021-12-20"


@dataclass(frozen=True)
class Scene:
    """Where a deed happens: the town, the line and the day that the pages stand on."""

    town: Town
    number: str
    day: str

    @property
    def line(self) -> int:
        return self.town.lines[self.number]

    @property
    def address(self) -> str:
        return f"/roadmaps/{self.town.roadmap}/lines/{self.line}/"

    def page(self, visitor: Visitor | None = None) -> Page:
        """The page of the line on the day of the scene."""
        return (visitor or self.town.coordinator).open(f"{self.address}?on={self.day}")


Deed = Callable[[Scene], None]


def coordinators_appointed(scene: Scene) -> None:
    """A coordinator of every school."""
    for person, school in zip(scene.town.at_schools, scene.town.schools, strict=True):
        _appoint(scene, "school_coordinator", person.pk, school.pk)


def curators_appointed(scene: Scene) -> None:
    """Two curators for three schools."""
    first, second = scene.town.curators
    for person, school in zip((first, second, first), scene.town.schools, strict=True):
        _appoint(scene, "curator", person.pk, school.pk)


def paper(title: str) -> Deed:
    """A paper of the centre that the coordinator enters and approves at once."""

    def enter(scene: Scene) -> None:
        _enter(scene, title)

    return enter


def published(title: str) -> Deed:
    """The same, then put on the portal, where a stranger finds and downloads it."""

    def enter_and_publish(scene: Scene) -> None:
        _publish(scene, _enter(scene, title), title)

    return enter_and_publish


def said(words: str) -> Deed:
    """The coordinator's word about a line of the centre, confirmed."""

    def say(scene: Scene) -> None:
        _say(scene, scene.town.coordinator, words)
        _confirm_all(scene)

    return say


def said_by_schools(words: str) -> Deed:
    """Each school's own coordinator gives the word, the centre confirms it."""

    def say(scene: Scene) -> None:
        coordinators_appointed(scene)
        for person, school in zip(scene.town.at_schools, scene.town.schools, strict=True):
            _say(scene, Visitor(person), words, school=school.pk)
        _confirm_all(scene)

    return say


def reported(stretch: str, *, is_published: bool = False) -> Deed:
    """The progress report of the day, frozen as what the line asks for."""

    def freeze(scene: Scene) -> None:
        coordinator = scene.town.coordinator
        report = f"/reports/{scene.town.roadmap}/progress/"
        page = coordinator.open(f"{report}?stretch={stretch}&since=2022-01-01&as_of={scene.day}")
        page = coordinator.send(page, "/freeze/", line=scene.line)
        assert page.address.startswith("/reports/issues/")
        if is_published:
            page = coordinator.send(page, "/publish/")
            assert "Размещён" in page.words
            found_by_a_stranger(scene, f"{date.fromisoformat(scene.day):%d.%m.%Y}")

    return freeze


def _appoint(scene: Scene, duty: str, person: int, school: int) -> None:
    coordinator = scene.town.coordinator
    address = f"{reverse('appointments:appoint')}?duty={duty}&school={school}"
    page = coordinator.send(
        coordinator.open(address),
        duty=duty,
        place=f"school-{school}",
        person=person,
        since=ORDER_DATE,
        order_number=ORDER_NUMBER,
        order_date=ORDER_DATE,
    )
    assert page.address.startswith(reverse("appointments:appointments"))


def _enter(scene: Scene, title: str, **more: object) -> Page:
    coordinator = scene.town.coordinator
    page = coordinator.follow(scene.page(), f"/documents/add/?line={scene.line}")
    file = SimpleUploadedFile("документ.txt", f"{title}\n\nПункт {scene.number}, {scene.day}.\n".encode())
    page = coordinator.send(page, title=title, papers=file, dated_on=scene.day, then="approve", **more)
    assert page.address.startswith("/documents/")
    assert title in page.words
    return page


def _publish(scene: Scene, page: Page, title: str) -> None:
    coordinator = scene.town.coordinator
    form = coordinator.follow(page, f"{page.address}publish/")
    coordinator.send(form, where="portal", on=scene.day)
    found_by_a_stranger(scene, title)


def found_by_a_stranger(scene: Scene, title: str) -> None:
    """Nobody signed in finds the document on the portal and downloads its file."""
    stranger = Visitor()
    listed = stranger.open(f"/open/documents/?on={scene.day}")
    assert title in listed.words
    shown = stranger.follow(listed, "/open/documents/")
    file = stranger.follow(shown, f"{shown.address}file/")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.content


def _say(scene: Scene, visitor: Visitor, words: str, **more: object) -> None:
    page = visitor.follow(scene.page(visitor), f"/lines/{scene.line}/word/")
    page = visitor.send(page, words=words, happened_on=scene.day, **more)
    assert words in page.words


def _confirm_all(scene: Scene) -> None:
    """Confirm every word of the line that waits, from the list of those that wait."""
    coordinator = scene.town.coordinator
    waiting = Attestation.objects.filter(activity=scene.line, confirmed_on=None).values_list("pk", flat=True)
    assert waiting
    for pk in list(waiting):
        listed = coordinator.open(f"/words/?on={scene.day}")
        coordinator.send(coordinator.follow(listed, f"/words/{pk}/confirm/"), on=scene.day)
