"""Forms through the pages: a workbook looked at and agreed to, versions, a form put together without scripts."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opora.questionnaires.building import workbook_from
from opora.questionnaires.content import Form, Question, every_question, form_of
from opora.questionnaires.forms.workbooks import compile_workbook
from opora.questionnaires.models import Questionnaire, QuestionnaireVersion
from opora.questionnaires.rows_built import form_from, rows_from
from tests.questionnaires import books
from tests.questionnaires.scene import Scene, compiled, make_scene
from tests.visitor import Page, Visitor


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def bare(form: Form) -> list[tuple[object, ...]]:
    """What a form says, without the rows of its workbook and the spaces of its formulas."""
    rules = ("relevant", "constraint", "calculation", "required")
    return [
        (one.path, one.kind, one.label, one.hint, one.choices, one.default, one.appearance, one.constraint_message,
         *("".join(getattr(one, rule).split()) for rule in rules))
        for one in every_question(form.questions)
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(books.ALL))
def test_a_form_written_as_a_workbook_says_the_same(name: str) -> None:
    form = compiled(name).form
    again = compile_workbook(workbook_from(form), "снова.xlsx")
    assert bare(again.form) == bare(form)
    assert again.form.title == form.title
    assert again.remarks == ()


def test_formulas_are_written_with_names_again() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_from(compiled("household").form)))
    cells = {cell.value for row in book["survey"].iter_rows() for cell in row}
    assert "${age} >= 6 and ${age} <= 18" in cells
    assert "round(${total_age} div ${people}, 1)" in cells


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    form = Form("=1+1", (Question("a", "a", "text", "=SUM(A1)"),))
    assert compile_workbook(workbook_from(form), "а.xlsx").form.questions[0].label == "=SUM(A1)"


@pytest.mark.parametrize("name", ["cascade", "likert", "self-check"])
def test_rows_of_the_page_say_the_same_as_the_form(name: str) -> None:
    form = compiled(name).form
    rows = rows_from(form)
    if name == "self-check":
        assert rows is None  # questions stand after a section: the page would put them into it
        return
    assert rows is not None
    again = compile_workbook(workbook_from(form_from(form.title, rows)), "снова.xlsx").form
    assert [one[:5] for one in bare(again)] == [one[:5] for one in bare(form)]


def upload(content: bytes, name: str = "форма.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_workbook_is_shown_with_remarks_and_then_agreed_to(scene: Scene) -> None:
    centre = scene.visitor("coordinator")
    page = centre.send(centre.open("/questionnaires/upload/"), file=upload(books.HOUSEHOLD))
    assert "Где" not in page.words
    assert "тип «geopoint» не поддерживается" in page.words
    assert "Учится в школе?" in page.words
    assert "${age} >= 6 and ${age} <= 18" in page.words
    assert not Questionnaire.objects.exists()
    page = centre.send(page, title="Семьи")
    assert "Форма заведена" in page.words
    row = Questionnaire.objects.get()
    assert (row.title, row.versions.get().file_name) == ("Семьи", "форма.xlsx")
    again = centre.follow(page, f"/questionnaires/{row.pk}/versions/1/file/")
    assert again.content == books.HOUSEHOLD
    # The same sending twice makes one form.
    page = centre.send(centre.open("/questionnaires/upload/"), file=upload(books.HOUSEHOLD))
    assert "уже отправлена" in centre.send(page, title="Семьи").words
    assert QuestionnaireVersion.objects.count() == 1


def test_a_new_version_stands_beside_the_old_one(scene: Scene) -> None:
    version = scene.version("cascade")
    centre, place = scene.visitor("coordinator"), f"/questionnaires/{version.questionnaire_id}/"
    page = centre.send(centre.open(f"{place}upload/"), file=upload(books.LIKERT))
    page = centre.send(page)
    assert "Внесена версия 2" in page.words
    assert "Учителя поддерживают" in page.words
    assert "Есть ли группа" in centre.open(f"{place}?version=1").words
    page = centre.send(page, "/use/")
    assert "Не используется" in page.words
    centre.send(page, "/use/")
    assert Questionnaire.objects.get().retired_on is None


@pytest.mark.parametrize("content", [b"", b"MZ", books.workbook("type | name | label\ntext | a | А | x"[:8])])
def test_a_bad_workbook_leaves_nothing(scene: Scene, content: bytes) -> None:
    centre = scene.visitor("coordinator")
    page = centre.open("/questionnaires/upload/")
    answer = centre.client.post(
        page.address,
        {
            "file": upload(content),
            "csrfmiddlewaretoken": dict(page.forms_to("")[0].form_values())["csrfmiddlewaretoken"],
        },
    )
    assert answer.status_code in (400, 415, 422)
    assert "Форма не собрана" in answer.content.decode()
    assert not Questionnaire.objects.exists()


def built(centre: Visitor, page: Page, **values: str) -> Page:
    return centre.send(page, **values)


def test_a_form_is_put_together_without_scripts(scene: Scene) -> None:
    centre = scene.visitor("coordinator")
    page = centre.open("/questionnaires/new/")
    page = built(
        centre, page, title="Опрос", **{"r-0-label": "Есть ли группа?", "r-0-kind": "one", "deed": "add"}
    )
    page = built(
        centre, page,
        **{"r-0-choices": "Да\nНет", "r-0-required": "1", "r-1-label": "Сколько встреч?", "r-1-kind": "integer",
           "r-1-when": "q1", "r-1-answer": "Да", "deed": "add", "add_kind": "group"},
    )  # fmt: skip
    page = built(centre, page, **{"r-2-label": "Ещё", "deed": "add", "add_kind": "long"})
    page = built(centre, page, **{"r-3-label": "Что мешает?", "deed": "up/2"})
    assert page.tree.forms[-1].fields["r-0-label"].strip() == "Сколько встреч?"
    page = built(centre, page, deed="down/1")
    page = built(centre, page, deed="save")
    assert "Форма сохранена, версия 1" in page.words
    form = form_of(QuestionnaireVersion.objects.get().content)
    assert [(one.path, one.kind) for one in every_question(form.questions)] == [
        ("q1", "one"), ("q2", "integer"), ("q3", "group"), ("q3/q4", "text"),
    ]  # fmt: skip
    assert form.questions[0].required == "true()"
    assert form.questions[1].relevant.replace(" ", "") == "selected(/data/q1,'c1')"
    row = Questionnaire.objects.get()
    page = centre.open(f"/questionnaires/{row.pk}/edit/")
    page = built(centre, page, **{"r-0-choices": "Нет\nДа\nНе знаю", "deed": "save"})
    assert "версия 2" in page.words
    codes = form_of(row.versions.first().content).questions[0].choices  # type: ignore[union-attr]  # -- there are two
    assert [(one.code, one.label) for one in codes] == [("c2", "Нет"), ("c1", "Да"), ("c3", "Не знаю")]
    page = built(centre, centre.open(f"/questionnaires/{row.pk}/edit/"), deed="save")
    assert "ничего не изменилось" in page.words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": ""}, "Назовите форму"),
        ({"r-0-label": ""}, "Строка 1: напишите текст вопроса"),
        ({"r-0-kind": "one", "r-0-label": "В"}, "хотя бы два ответа"),
        ({"r-0-kind": "group"}, "хотя бы один вопрос"),
        ({"r-0-kind": "нет", "r-0-name": "1 2"}, "версия 1"),
    ],
)
def test_what_is_missing_in_a_form_is_told_and_what_was_typed_stays(
    scene: Scene, values: dict[str, str], words: str
) -> None:
    centre = scene.visitor("coordinator")
    given = {"title": "Опрос", "r-0-label": "Вопрос", **values}
    status = 200 if "версия" in words else 422
    page = centre.send(centre.open("/questionnaires/new/"), status=status, deed="save", **given)
    assert words in page.words


def test_a_form_too_deep_for_the_page_is_sent_to_its_workbook(scene: Scene) -> None:
    version = scene.version("equipment")
    page = scene.visitor("coordinator").open(f"/questionnaires/{version.questionnaire_id}/edit/")
    assert "сложнее, чем умеет страница" in page.words


def test_the_list_asks_as_much_for_3_as_for_300(scene: Scene) -> None:
    centre = scene.visitor("coordinator")
    scene.version("cascade")
    counts = []
    for number in (3, 300):
        Questionnaire.objects.bulk_create(
            Questionnaire(
                municipality=scene.town, title=f"Форма {one}", folded_title=f"форма {one}", added_on="2022-09-01",
                added_by=scene.people["coordinator"],
            )
            for one in range(number)
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            page = centre.open("/questionnaires/")
        counts.append(len(asked))
    assert counts == [7, 7]
    assert "Есть" not in page.words
    assert "Форма 1" in centre.open("/questionnaires/?q=форма 1").words


def test_only_the_centre_makes_forms(scene: Scene) -> None:
    version = scene.version("cascade")
    for who in ("school", "curator", "head"):
        scene.visitor(who).open(f"/questionnaires/{version.questionnaire_id}/", 403)
