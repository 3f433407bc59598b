"""Cascading lists: a region offers its districts, a district its schools; what is outside is not handed in."""

from __future__ import annotations

import io
import json
from datetime import date

import openpyxl
import pytest

from opora.questionnaires.actions.collections import make_collection
from opora.questionnaires.actions.forms import add_form
from opora.questionnaires.audience import Audience
from opora.questionnaires.blank import blank_of
from opora.questionnaires.building import workbook_from
from opora.questionnaires.compiling import Compiled
from opora.questionnaires.content import form_of
from opora.questionnaires.forms.workbooks import compile_workbook
from opora.questionnaires.judging import OUTSIDE, judge
from opora.questionnaires.models import Draft, Respondent, Submission
from tests.questionnaires.scene import AT, DAY, Scene, make_scene
from tests.questionnaires.test_compiling import compile_text

TODAY = date(2022, 9, 15)
CHOICES = """
list_name | name | label | Регион | район
р | amur | Амурская область | |
р | tula | Тульская область | |
д | zeya | Зейский район | amur |
д | svob | Свободненский район | amur |
д | alex | Алексинский район | tula |
ш | z1 | Школа № 1 г. Зеи | | zeya
ш | s1 | Школа № 1 г. Свободного | | svob
ш | a1 | Школа № 1 г. Алексина | | alex
"""
LISTS = """select_one р | region | Регион | yes |
select_one д | district | Район | yes | Регион = ${region}
select_multiple ш | schools | Школы | | район = ${district}"""
HEAD = "type | name | label | required | choice_filter\n"


def cascade(before: str = "", after: str = "") -> Compiled:
    return compile_text(f"{HEAD}{before}{LISTS}{after}", CHOICES)


def test_every_answer_offers_what_belongs_to_it() -> None:
    form = cascade().form
    assert judge(form, {}, TODAY).offered == {"district": set(), "schools": set()}
    found = judge(form, {"region": "amur", "district": "zeya", "schools": ["z1"]}, TODAY)
    assert found.offered == {"district": {"zeya", "svob"}, "schools": {"z1"}}
    assert found.faults == ()


def test_what_is_outside_is_a_fault_and_offers_nothing_below() -> None:
    found = judge(cascade().form, {"region": "tula", "district": "zeya", "schools": ["z1"]}, TODAY)
    assert [(one.place, one.words) for one in found.faults] == [("district", OUTSIDE), ("schools", OUTSIDE)]
    assert found.offered["schools"] == set()


def test_every_row_of_a_repeat_offers_its_own() -> None:
    form = cascade("begin_repeat | act | Дела | |\n", "\nend_repeat | | | |").form
    rows = [{"region": "amur", "district": "svob"}, {"region": "tula", "district": "svob"}]
    found = judge(form, {"act": rows}, TODAY)
    assert found.offered["act/1/schools"] == {"s1"}
    assert found.offered["act/2/district"] == {"alex"}
    assert [one.place for one in found.faults] == ["act/2/district"]


def test_filters_survive_the_base_and_the_book() -> None:
    form = cascade().form
    assert form_of(json.loads(json.dumps(form.as_json()))) == form
    again = compile_workbook(workbook_from(form), "форма.xlsx").form
    assert judge(again, {"region": "tula"}, TODAY).offered["district"] == {"alex"}
    lists = openpyxl.load_workbook(io.BytesIO(blank_of(form, {})))["Списки"]
    assert [cell.value for cell in lists["B"]] == [
        "Зейский район",
        "Свободненский район",
        "Алексинский район",
    ]


@pytest.mark.parametrize(
    ("kind", "asked", "words"),
    [
        ("select_one р", "Город = 'x'", "нет столбца «Город»"),
        ("select_one р or_other", "name = 'amur'", "or_other"),
        ("select_one р", "name = ${a}", "отбор вариантов ссылается на сам вопрос"),
    ],
)
def test_filters_that_mean_nothing_are_refused(kind: str, asked: str, words: str) -> None:
    with pytest.raises(Exception, match=words):
        compile_text(f"{HEAD}{kind} | a | А | | {asked}", CHOICES)


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def owed_in(scene: Scene) -> Respondent:
    form, by = cascade().form, scene.people["coordinator"]
    version = add_form(
        municipality=scene.town, form=form, content=workbook_from(form), file_name="ф.xlsx", by=by, at=AT, on=DAY
    )  # fmt: skip
    made = make_collection(
        version=version, audience=Audience(scene.town, scene.programme, "schools"), title="Где школы",
        opens_on=date(2022, 9, 1), due_on=date(2022, 9, 30), on=DAY, by=by, at=AT,
    )  # fmt: skip
    return made.respondents.get(school=scene.schools[0])


def test_a_cascade_is_answered_without_scripts(scene: Scene) -> None:
    owed = owed_in(scene)
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/"
    page = school.open(place)
    assert "Зейский район" not in page.words
    assert "Варианты появятся" in page.words
    page = school.send(page, place, **{"a/region": "amur", "deed": "next"})
    assert "появились ещё вопросы" in page.words
    assert "Зейский район" in page.words
    assert "Алексинский район" not in page.words
    page = school.send(page, place, **{"a/district": "zeya", "deed": "save"})
    page = school.send(page, place, **{"a/region": "tula", "deed": "submit"}, status=422)
    assert OUTSIDE in page.words
    assert Draft.objects.get(respondent=owed).data["district"] == "zeya"
    page = school.send(page, place, **{"a/district": "alex", "deed": "save"})
    school.send(page, place, **{"a/schools": ["a1"], "deed": "submit"})
    assert Submission.objects.get().data == {"region": "tula", "district": "alex", "schools": ["a1"]}


def test_typing_brings_the_list_that_became_different(scene: Scene) -> None:
    owed = owed_in(scene)
    school = scene.visitor("school")
    form = school.open(f"/obligations/{owed.pk}/").tree.get_element_by_id("sheet")
    told = {**dict(form.form_values()), "a/region": "amur"}
    parts = school.client.post(f"/obligations/{owed.pk}/draft/", told).content.decode()
    assert "Зейский район" in parts
    assert 'name="a/schools"' not in parts
