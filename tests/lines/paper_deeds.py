"""What people do with papers: propose changes to a draft, take forms of the register, load and mark what schools owe."""

from __future__ import annotations

import io
from datetime import date, timedelta

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.lines.deeds import Deed, Scene, coordinators_appointed, enter, publish, said
from tests.lines.school_deeds import TOOK, risks_chosen
from tests.visitor import Page, Visitor

OWED_EACH = 2 + len(TOOK)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PROPOSAL = "Добавить сроки: педагог составляет маршрут до 1 октября"


def recommended(title: str) -> Deed:
    """A draft is shown to schools, one proposes a change, it is taken in, the paper is approved and published."""

    def recommend(scene: Scene) -> None:
        coordinators_appointed(scene)
        coordinator, at_school = scene.town.coordinator, Visitor(scene.town.at_schools[0])
        draft = enter(scene, title, kind="Методические рекомендации", then="draft").address
        _opened_for_proposals(scene, draft)
        _proposed(scene, at_school, title)
        _taken_in(scene, draft)
        page = coordinator.open(f"{draft}comments/?on={scene.day}")
        assert "не разобрано 0" in page.words
        page = coordinator.send(coordinator.follow(coordinator.open(draft), f"{draft}approve/"))
        publish(scene, page, title)
        told = at_school.open(f"{draft}comments/?on={scene.day}").words
        assert "Учтено" in told
        assert "Документ утверждён" in told

    return recommend


def _opened_for_proposals(scene: Scene, draft: str) -> None:
    coordinator = scene.town.coordinator
    page = coordinator.follow(coordinator.open(draft), f"{draft}discuss/")
    until = date.fromisoformat(scene.day) + timedelta(days=7)
    page = coordinator.send(page, until=until.isoformat())
    assert "Предложений пока нет" in page.words


def _proposed(scene: Scene, at_school: Visitor, title: str) -> None:
    listed = at_school.open(f"/documents/?on={scene.day}&q={title.split()[-1]}")
    (link,) = listed.tree.xpath(f"//main//a[contains(., '{title}')]/@href")
    page = at_school.follow(at_school.open(link), f"{link}comments/")
    page = at_school.send(page, place="Раздел 2", words=PROPOSAL)
    assert PROPOSAL in page.words


def _taken_in(scene: Scene, draft: str) -> None:
    """The proposal enters a second version, which is compared with the first, and its author is answered."""
    coordinator = scene.town.coordinator
    page = coordinator.follow(coordinator.open(draft), f"{draft}file/")
    page = coordinator.send(page, file=SimpleUploadedFile("рекомендации.txt", f"{PROPOSAL}.".encode()))
    page = coordinator.follow(page, f"{draft}compare/")
    assert PROPOSAL in page.words
    page = coordinator.enter(coordinator.open(f"{draft}comments/"), rf"{draft}comments/\d+/settle/")
    coordinator.send(page, outcome="taken", answer="Внесли во вторую версию")


def recommended_with_forms(title: str) -> Deed:
    """The same recommendations, and the templates they speak of in the register of forms."""

    def recommend(scene: Scene) -> None:
        recommended(title)(scene)
        _form_entered(scene, "07", "Отчёт школы об антирисковой программе", ())

    return recommend


def forms_ready(scene: Scene) -> None:
    """Schools take risks into work, a form for each stands in the register, a school takes one and returns it filled.

    The consultations themselves are still told by a word: events are counted by their own room later.
    """
    risks_chosen(scene)
    before = scene.page().words
    assert "Шаблоны форм готовы" in before
    for number, factor in enumerate(TOOK, 1):
        _form_entered(scene, f"0{number}", f"Отчёт по риску {factor}", (factor,))
    _form_returned(scene, Visitor(scene.town.at_schools[0]))
    said("График консультаций составлен, консультации начались")(scene)


def _form_entered(scene: Scene, number: str, title: str, factors: tuple[str, ...]) -> None:
    coordinator = scene.town.coordinator
    page = coordinator.open(f"/forms/?on={scene.day}")
    page = coordinator.open(f"{coordinator.follow(page, '/forms/add/').address}?line={scene.line}")
    # The boxes stand in the order of the factors' numbers.
    boxes = page.tree.xpath("//input[@name='factors']/@value")
    page = coordinator.send(
        page,
        number=number,
        title=title,
        file=_word_file(title),
        on=scene.day,
        factors=[boxes[int(factor) - 1] for factor in factors],
    )
    assert title in page.words


def _form_returned(scene: Scene, at_school: Visitor) -> None:
    """The school sees the forms of its risks, takes the first and gives it back filled."""
    page = at_school.open(f"/forms/?on={scene.day}")
    assert "Отчёт по риску 2" in page.words
    (form, *_) = [one for one in page.tree.forms if (one.action or "").endswith("/take/")]
    taken = at_school.send_form(page, form)
    assert taken.headers["Content-Disposition"].startswith("attachment")
    page = at_school.enter(at_school.open(f"/forms/?on={scene.day}"), r"/forms/copies/\d+/return/")
    page = at_school.send(page, file=_word_file("Заполнено школой"))
    assert "Отправлен" in page.words or "согласован" in page.words


def school_papers_entered(scene: Scene, stop: int = OWED_EACH) -> None:
    """Each school enters what it owes by the programme, one by one, and sends it; the centre approves each."""
    for person, school in zip(scene.town.at_schools, scene.town.schools, strict=True):
        at_school = Visitor(person)
        for _ in range(stop):
            page = at_school.open(f"/marks/?on={scene.day}")
            page = at_school.follow(page, "/documents/add/")
            paper = SimpleUploadedFile("документ.docx", _word_file(f"{page.address} {school}").read())
            page = at_school.send(page, title=f"Документ, {school}", papers=paper, then="send")
            _approved(scene, page)


def _approved(scene: Scene, page: Page) -> None:
    coordinator = scene.town.coordinator
    address = page.address
    page = coordinator.open(f"{address}?on={scene.day}")
    page = coordinator.send(coordinator.follow(page, f"{address}approve/"))
    assert "Утверждён" in page.words


def marks_confirmed(scene: Scene) -> None:
    """Each school says that its papers stand in ИС МЭДК, its curator confirms."""
    first, second = scene.town.curators
    for person in scene.town.at_schools:
        assert _marked(scene, Visitor(person), "loaded") == OWED_EACH
    assert _marked(scene, Visitor(first), "confirmed") == 2 * OWED_EACH
    assert _marked(scene, Visitor(second), "confirmed") == OWED_EACH


def _marked(scene: Scene, visitor: Visitor, state: str) -> int:
    """Mark everything that one may, at once; how many there were."""
    page = visitor.open(f"/marks/federal/?on={scene.day}")
    page = visitor.follow(page, "/marks/federal/many/")
    papers = page.tree.xpath("//input[@name='papers']/@value")
    visitor.send(page, papers=papers, state=state, on=scene.day)
    return len(papers)


def _word_file(words: str) -> SimpleUploadedFile:
    paper, kept = docx.Document(), io.BytesIO()
    paper.add_paragraph(words)
    paper.save(kept)
    return SimpleUploadedFile("форма.docx", kept.getvalue(), content_type=WORD)
