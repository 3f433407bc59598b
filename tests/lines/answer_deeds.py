"""What people do for notes on equipment and surveys: count what schools have got, ask, answer, load results."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.lines.deeds import Deed, Scene, choice, coordinators_appointed, curators_appointed, frozen
from tests.visitor import Page, Visitor

RESULTS = (
    "Вопрос;Ответ;Количество;Группа\n"
    "Помог ли куратор;Да;17;директора\n"
    "Помог ли куратор;Нет;3;директора\n"
    "Хватает ли времени на школы;Да;9;кураторы\n"
    "Хватает ли времени на школы;Нет;4;кураторы\n"
)
ANSWER = "Больше часов на школу"


def equipment_told(*counts: tuple[str, int], stage: str) -> Deed:
    """Each school enters what it got, counts it again later, and the note on the stage is published."""

    def tell(scene: Scene) -> None:
        coordinators_appointed(scene)
        for person in scene.town.at_schools:
            _counted(Visitor(person), counts)
        page = frozen(scene, "equipment", about=stage, words="Классы открыты во всех школах.")
        assert "Ноутбук" in page.words
        assert str(counts[-1][1]) in page.words

    return tell


def _counted(at_school: Visitor, counts: tuple[tuple[str, int], ...]) -> None:
    (first_on, amount), *later = counts
    page = at_school.follow(at_school.open(f"/schools/?on={first_on}"), "/equipment/")
    page = at_school.enter(page, r"/equipment/\d+/")
    page = at_school.send(
        page,
        "/add/",
        project=choice(page, "project", "Точка роста"),
        name="Ноутбук",
        amount=str(amount),
        on=first_on,
    )
    for on, amount in later:
        page = at_school.open(f"{page.address.split('?')[0]}?on={on}")
        form = at_school.enter(page, r"/equipment/\d+/\d+/count/")
        page = at_school.send(form, amount=str(amount), on=on)
    assert str(amount) in page.words


def survey_told(scene: Scene) -> None:
    """Curators are asked a question of one's own, the results of the federal survey are loaded, its note is published."""
    curators_appointed(scene)
    _curators_asked(scene)
    page = _survey_frozen(scene, "Сбор «Что мешает куратору»", is_published=False)
    assert "Сдали 2 из 2" in page.words
    _results_loaded(scene)
    page = _survey_frozen(scene, "Опрос «Анкетирование федерального координатора»")
    assert "Помог ли куратор" in page.words


def _survey_frozen(scene: Scene, about: str, *, is_published: bool = True) -> Page:
    page = scene.town.coordinator.open(f"/reports/?kind=survey&on={scene.day}")
    key, words = choice(page, "about", about), "Кураторы помогают школам."
    return frozen(scene, "survey", about=key, words=words, is_published=is_published)


def _results_loaded(scene: Scene) -> None:
    coordinator = scene.town.coordinator
    page = coordinator.follow(coordinator.open(f"/surveys/?on={scene.day}"), "/surveys/load/")
    table = SimpleUploadedFile("итоги.csv", RESULTS.encode())
    title = "Анкетирование федерального координатора"
    page = coordinator.send(page, title=title, held_on=scene.day, file=table)
    assert "4 результата" in page.words
    page = coordinator.send(page, agree="1")
    assert "Хватает ли времени на школы" in page.words


def _curators_asked(scene: Scene) -> None:
    """A form is made on the page, curators answer it from «Мой день», the centre accepts."""
    coordinator = scene.town.coordinator
    page = coordinator.follow(coordinator.open(f"/questionnaires/?on={scene.day}"), "/questionnaires/new/")
    page = coordinator.send(page, **{"title": "Анкета куратора", "r-0-label": "Что мешает", "deed": "save"})
    page = coordinator.follow(page, "/collections/new/")
    told = {
        "title": "Что мешает куратору",
        "who": choice(page, "who", "уратор"),
        "opens_on": scene.day,
        "due_on": scene.day,
    }
    page = coordinator.send(coordinator.send(page, **told), make="1")
    collection = page.address
    for person in scene.town.curators:
        curator = Visitor(person)
        page = curator.follow(curator.open(f"/today/?on={scene.day}"), "/obligations/")
        if not page.tree.xpath("//form[@id='sheet']"):
            page = curator.enter(page, r"/obligations/\d+/")
        (sheet,) = page.tree.xpath("//form[@id='sheet']")
        (question,) = sheet.xpath(".//*[starts-with(@name, 'a/')]/@name")
        page = curator.send_form(page, sheet, **{question: ANSWER}, deed="submit")
        assert "Сдан" in page.words or "сдан" in page.words
    for _ in scene.town.curators:
        page = coordinator.open(f"{collection}?state=submitted&on={scene.day}")
        page = coordinator.enter(page, rf"{collection}answers/\d+/")
        assert ANSWER in page.words
        page = coordinator.send(page, "/accept/")
        assert "Принято" in page.words
