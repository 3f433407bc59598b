"""Filling in through the pages without scripts: steps, conditions, repeats, drafts, two people, handing in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opora.questionnaires.actions.accepting import return_answer
from opora.questionnaires.actions.answers import DraftConflict, open_obligation, save_draft, submit
from opora.questionnaires.models import Draft, Submission
from tests.clock import clock_on
from tests.questionnaires.scene import AT, DAY, Scene, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def test_a_form_opens_with_what_the_product_knows(scene: Scene) -> None:
    owed = scene.owed("self-check")
    page = scene.visitor("school").open(f"/obligations/{owed.pk}/")
    form = page.tree.get_element_by_id("sheet")
    assert form.fields["a/school"] == scene.schools[0].name
    assert form.fields["a/filled"] == "2022-09-15"
    owed.refresh_from_db()
    assert owed.opened_on == DAY


def test_questions_come_when_their_condition_holds_and_the_answer_is_handed_in(scene: Scene) -> None:
    owed = scene.owed("cascade")
    school = scene.visitor("school")
    page = school.open(f"/obligations/{owed.pk}/")
    assert "Как она работает?" not in page.words
    page = school.send(page, f"/obligations/{owed.pk}/", **{"a/has_group": "yes", "deed": "save"})
    assert "Черновик сохранён" in page.words
    assert "Как она работает?" in page.words
    page = school.send(page, f"/obligations/{owed.pk}/", **{"a/ways": ["meet", "other"], "deed": "save"})
    page = school.send(page, f"/obligations/{owed.pk}/", deed="submit", status=422)
    assert "поправьте 1 место" in page.words
    assert page.tree.xpath("//div[@class='errors']//a[contains(., 'Как именно')]")
    page = school.send(page, f"/obligations/{owed.pk}/", **{"a/other_way": "Письма", "deed": "submit"})
    assert "Ответ сдан" in page.words
    assert "Письма" in page.words
    given = Submission.objects.get(respondent=owed)
    assert given.data == {"has_group": "yes", "ways": ["meet", "other"], "other_way": "Письма"}
    assert given.submitted_by == scene.people["school"]
    assert not Draft.objects.filter(respondent=owed).exists()


def test_what_was_typed_into_a_hidden_question_comes_back_with_it(scene: Scene) -> None:
    owed = scene.owed("cascade")
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/"
    page = school.send(school.open(place), place, **{"a/has_group": "no", "deed": "save"})
    page = school.send(page, place, **{"a/plan": "yes", "a/has_group": "no", "deed": "save"})
    page = school.send(page, place, **{"a/has_group": "yes", "deed": "save"})
    assert "Планируете создать?" not in page.words
    page = school.send(page, place, **{"a/has_group": "no", "deed": "save"})
    assert page.tree.xpath("//input[@name='a/plan' and @value='yes' and @checked]")


def test_rows_of_repeats_are_added_and_taken_away_without_scripts(scene: Scene) -> None:
    owed = scene.owed("equipment")
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/"
    page = school.send(school.open(place), place, deed="add/project")
    page = school.send(page, place, **{"a/project/1/which": "cos", "deed": "add/project/1/thing"})
    page = school.send(page, place, deed="add/project/1/thing")
    page = school.send(
        page,
        place,
        **{
            "a/project/1/thing/1/what": "Доска", "a/project/1/thing/1/amount": "2",
            "a/project/1/thing/1/price": "100,5", "a/project/1/thing/2/what": "Стол",
            "a/project/1/thing/2/amount": "х", "deed": "save",
        },
    )  # fmt: skip
    assert "нужно целое число" in page.words
    assert page.tree.get_element_by_id("sheet").fields["a/project/1/thing/2/amount"] == "х"
    page = school.send(page, place, deed="drop/project/1/thing/2")
    assert "a/project/1/thing/2/what" not in page.tree.get_element_by_id("sheet").fields
    page = school.send(page, place, deed="submit")
    assert Submission.objects.get(respondent=owed).data["total"] == 201
    assert "Доска" in page.words


def test_a_repeat_that_the_form_does_not_have_is_not_added(scene: Scene) -> None:
    owed = scene.owed("cascade")
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/"
    school.send(school.open(place), place, deed="add/has_group")
    school.send(school.open(place), place, deed="add/nowhere/1/x")
    assert Draft.objects.get(respondent=owed).data == {}


def test_a_file_is_kept_and_given_out_only_to_those_who_may_see_the_answer(scene: Scene) -> None:
    owed = scene.owed("self-check")
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/"
    page = school.open(place)
    order = SimpleUploadedFile("приказ.txt", "Приказ о группе".encode())
    page = school.send(page, place, **{"a/order/file": order, "deed": "save"})
    told = Draft.objects.get(respondent=owed).data["order"]
    assert told["name"] == "приказ.txt"
    assert school.open(f"{place}files/{told['file']}/").content.decode() == "Приказ о группе"
    school.open(f"{place}files/{told['file'] + 1}/", 404)
    scene.visitor("school two").open(f"{place}files/{told['file']}/", 404)
    bad = SimpleUploadedFile("приказ.pdf", b"MZ\x00\x00")
    page = school.send(page, place, 415, **{"a/order/file": bad, "a/phone": "набрано", "deed": "save"})
    assert "F-TYPE" in page.words
    assert Draft.objects.get(respondent=owed).data["phone"] == "набрано"
    page = school.send(page, place, **{"a/order": "drop", "deed": "save"})
    assert "order" not in Draft.objects.get(respondent=owed).data


def test_two_people_see_each_others_words(scene: Scene) -> None:
    owed = scene.owed("cascade")
    who, other = scene.people["school"], scene.people["coordinator"]
    draft = open_obligation(respondent=owed, facts={}, on=DAY, by=who, at=AT)
    save_draft(respondent=owed, data={"has_group": "yes"}, version=draft.version, on=DAY, by=other, at=AT)
    with pytest.raises(DraftConflict) as found:
        save_draft(respondent=owed, data={"has_group": "no"}, version=draft.version, on=DAY, by=who, at=AT)
    assert (found.value.kept, found.value.version) == ({"has_group": "yes"}, 2)
    # The same words again are no conflict, nor is a page that was sent before its own saving was told of.
    save_draft(respondent=owed, data={"has_group": "yes"}, version=1, on=DAY, by=who, at=AT)
    save_draft(respondent=owed, data={"has_group": "no"}, version=2, on=DAY, by=who, at=AT)
    soon = AT + timedelta(seconds=5)
    assert save_draft(respondent=owed, data={}, version=2, on=DAY, by=who, at=soon).version == 4


def test_a_page_with_an_older_version_shows_both(scene: Scene) -> None:
    owed = scene.owed("training")
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/"
    page = school.open(place)
    save_draft(
        respondent=owed,
        data={"about": {"theme": "Чтение"}},
        version=1,
        on=DAY,
        by=scene.people["head"],
        at=AT,
    )
    page = school.send(page, place, 409, **{"a/about/theme": "Письмо", "deed": "save"})
    assert "Чтение" in page.words
    assert page.tree.get_element_by_id("sheet").fields["a/about/theme"] == "Письмо"
    page = school.send(page, place, version="2")
    assert Draft.objects.get(respondent=owed).data["about"]["theme"] == "Письмо"


def test_an_answer_that_came_back_opens_with_its_question_and_its_words(scene: Scene) -> None:
    owed = scene.owed("training")
    who = scene.people["school"]
    draft = open_obligation(respondent=owed, facts={}, on=DAY, by=who, at=AT)
    told = {"about": {"held": "2022-05-06", "theme": "Чтение"}, "numbers": {"came": "5", "online": "7"}}
    submit(respondent=owed, data=told, version=draft.version, on=DAY, by=who, at=AT)
    return_answer(respondent=owed, question="Где программа?", on=DAY, by=scene.people["coordinator"], at=AT)
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/"
    page = school.open(place)
    assert page.words.index("Где программа?") < page.words.index("Тема")
    assert page.tree.get_element_by_id("sheet").fields["a/about/theme"] == "Чтение"
    page = school.send(page, place, **{"a/about/theme": "Чтение и письмо", "deed": "submit"})
    assert "Ответ 2" in page.words
    owed.refresh_from_db()
    assert owed.returned_on is None
    assert [one.number for one in owed.submissions.order_by("number")] == [1, 2]


def test_nothing_to_tell_is_said_with_words(scene: Scene) -> None:
    owed = scene.owed("training")
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/nothing/"
    page = school.send(school.open(place), status=422, words="  ")
    assert "Напишите, почему" in page.words
    page = school.send(page, words="Семинаров не было")
    assert "Семинаров не было" in page.words
    owed.refresh_from_db()
    assert (owed.is_nothing, owed.submitted_on) == (True, DAY)


def test_a_nameless_answer_names_nobody(scene: Scene) -> None:
    owed = scene.owed("likert", who="curators", is_anonymous=True, is_accepted_by_hand=False)
    curator, place = scene.visitor("curator"), f"/obligations/{owed.pk}/"
    page = curator.open(place)
    assert "не будет связан с вами" in page.words
    told = {"a/climate/c1": "4", "a/climate/c2": "3", "a/climate/c3": "2", "deed": "submit"}
    page = curator.send(page, place, **told)
    assert "без имён" in page.words
    assert "Скорее" not in page.words
    given = Submission.objects.get()
    assert (given.respondent_id, given.submitted_at, given.submitted_by_id) == (None, None, None)
    assert given.data == {"climate": {"c1": "4", "c2": "3", "c3": "2"}}
    assert not Draft.objects.exists()


def test_only_the_own_school_finds_the_form_and_the_centre_does_not_answer(scene: Scene) -> None:
    owed = scene.owed("training")
    scene.visitor("school two").open(f"/obligations/{owed.pk}/", 404)
    scene.visitor("curator").open(f"/obligations/{owed.pk}/", 404)
    scene.visitor("coordinator").open(f"/obligations/{owed.pk}/", 403)


def test_a_letter_that_may_not_be_is_named_and_nothing_typed_is_lost(scene: Scene) -> None:
    owed = scene.owed("training")
    school, place = scene.visitor("school"), f"/obligations/{owed.pk}/"
    page = school.send(school.open(place), place, 400, **{"a/about/theme": "Чте\x07ние", "deed": "save"})
    assert "T-CHARS" in page.words


def test_a_school_hands_in_today_whatever_day_it_looks_at(scene: Scene) -> None:
    owed = scene.owed("training")
    place = f"/obligations/{owed.pk}/nothing/"
    looking = Client()
    looking.force_login(scene.people["school"])
    with clock_on(DAY):
        looking.get(place, {"on": "2022-09-13"})
        looking.post("/look/", {"on": "2022-09-13"})
        assert "Вы смотрите состояние на 13" in looking.get("/today/").content.decode()
        looking.post(f"{place}?on=2022-09-13", {"words": "Нечего", "on": "2022-09-13"})
    owed.refresh_from_db()
    assert (owed.is_nothing, owed.submitted_on) == (True, DAY)
