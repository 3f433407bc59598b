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
ELSEWHERE = "https://imc-primersk.example/500plus/roadmap/"


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
        appoint(scene, "school_coordinator", person.pk, school.pk)


def curators_appointed(scene: Scene) -> None:
    """Two curators for three schools."""
    first, second = scene.town.curators
    for person, school in zip((first, second, first), scene.town.schools, strict=True):
        appoint(scene, "curator", person.pk, school.pk)


def paper(title: str) -> Deed:
    """A paper of the centre that the coordinator enters and approves at once."""

    def enter_it(scene: Scene) -> None:
        enter(scene, title)

    return enter_it


def published(title: str) -> Deed:
    """The same, then put on the portal, where a stranger finds and downloads it."""

    def enter_and_publish(scene: Scene) -> None:
        publish(scene, enter(scene, title), title)

    return enter_and_publish


def said(words: str) -> Deed:
    """The coordinator's word about a line of the centre, confirmed."""

    def say_it(scene: Scene) -> None:
        say(scene, scene.town.coordinator, words)
        confirm_all(scene)

    return say_it


def said_by_schools(words: str) -> Deed:
    """Each school's own coordinator gives the word, the centre confirms it."""

    def say_it(scene: Scene) -> None:
        coordinators_appointed(scene)
        for person, school in zip(scene.town.at_schools, scene.town.schools, strict=True):
            say(scene, Visitor(person), words, school=school.pk)
        confirm_all(scene)

    return say_it


def roadmap_published(scene: Scene) -> None:
    """The roadmap is entered, approved, put on the portal and on the centre's own site, where its page is seen."""
    coordinator = scene.town.coordinator
    title = "Дорожная карта проекта «500+» на 2022 год"
    document = enter(scene, title, kind="Дорожная карта").address
    publish(scene, coordinator.open(document), title)
    form = coordinator.follow(coordinator.open(document), f"{document}publish/")
    page = coordinator.send(form, where="elsewhere", address=ELSEWHERE, on=scene.day)
    assert ELSEWHERE in page.words
    look = coordinator.follow(coordinator.open(f"/documents/publications/?on={scene.day}"), "/publications/")
    page = coordinator.send_form(look, look.forms_to("")[-1], how="seen", outcome="carries")
    assert "это увидели вы" in page.words


def reported(stretch: str, *, is_published: bool = True) -> Deed:
    """The progress report of the day, frozen as what the line asks for and put on the portal."""

    def freeze(scene: Scene) -> None:
        frozen(scene, "progress", stretch=stretch, since="2022-01-01", is_published=is_published)

    return freeze


def frozen(scene: Scene, kind: str, *, is_published: bool = True, words: str = "", **asked: str) -> Page:
    """From the line to its report, which is frozen for the line, becomes an approved document, and is published."""
    coordinator = scene.town.coordinator
    page = coordinator.follow(scene.page(), f"/reports/?line={scene.line}")
    page = coordinator.follow(page, f"/reports/?kind={kind}&line={scene.line}")
    page = coordinator.ask(page, f"/reports/{scene.town.roadmap}/{kind}/", as_of=scene.day, **asked)
    assert "Нет данных: опроса" not in page.words
    # The line from which the person came is chosen already.
    page = coordinator.send(page, "/freeze/", **({"words": words} if words else {}))
    assert page.address.startswith("/reports/issues/")
    assert words in page.words
    if is_published:
        page = coordinator.send(page, "/publish/")
        assert "Размещён" in page.words
        found_by_a_stranger(scene, f"{date.fromisoformat(scene.day):%d.%m.%Y}")
    return page


def appoint(scene: Scene, duty: str, person: int, school: int) -> None:
    """Appoint somebody to a school by an order."""
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


def choice(page: Page, name: str, words: str) -> str:
    """The value of the choice that bears these words."""
    options = page.tree.xpath(f"//select[@name='{name}']/option") + [
        box.getparent() for box in page.tree.xpath(f"//input[@name='{name}']")
    ]
    found = [one for one in options if words in " ".join(one.text_content().split())]
    assert found, f"{name} has no «{words}» on {page.address}"
    chosen = found[0] if found[0].get("value") else found[0].find("input")
    return str(chosen.get("value"))


def enter(scene: Scene, title: str, kind: str = "", then: str = "approve") -> Page:
    """From the line to a paper of the centre: a draft, or approved at once."""
    coordinator = scene.town.coordinator
    page = coordinator.follow(scene.page(), f"/documents/add/?line={scene.line}")
    more = {"kind": choice(page, "kind", kind)} if kind else {}
    file = SimpleUploadedFile("документ.txt", f"{title}\n\nПункт {scene.number}, {scene.day}.\n".encode())
    page = coordinator.send(page, title=title, papers=file, dated_on=scene.day, then=then, **more)
    assert page.address.startswith("/documents/")
    assert title in page.words
    return page


def publish(scene: Scene, page: Page, title: str) -> None:
    """Put a paper on the portal."""
    coordinator = scene.town.coordinator
    form = coordinator.follow(page, f"{page.address}publish/")
    coordinator.send(form, where="portal")
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


def say(scene: Scene, visitor: Visitor, words: str, **more: object) -> None:
    """Give one's word about the line."""
    page = visitor.follow(scene.page(visitor), f"/lines/{scene.line}/word/")
    page = visitor.send(page, words=words, happened_on=scene.day, **more)
    assert words in page.words


def confirm_all(scene: Scene) -> None:
    """Confirm every word of the line that waits, from the list of those that wait."""
    coordinator = scene.town.coordinator
    waiting = Attestation.objects.filter(activity=scene.line, confirmed_on=None).values_list("pk", flat=True)
    assert waiting
    for pk in list(waiting):
        listed = coordinator.open(f"/words/?on={scene.day}")
        coordinator.send(coordinator.follow(listed, f"/words/{pk}/confirm/"))
