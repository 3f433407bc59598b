"""A page that updates itself as one types: only what became different comes, the draft is kept, nothing jumps away."""

from __future__ import annotations

import re
from typing import Any

import pytest

from opora.questionnaires.actions.answers import save_draft
from opora.questionnaires.models import Draft, Respondent
from tests.questionnaires.scene import AT, DAY, Scene, make_scene
from tests.visitor import Visitor


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def typed(visitor: Visitor, owed: Respondent, **values: Any) -> str:
    """The parts that come back when the fields of the open page are as given."""
    page = visitor.open(f"/obligations/{owed.pk}/")
    form = page.tree.get_element_by_id("sheet")
    told: dict[str, Any] = {}
    for name, value in form.form_values():
        told.setdefault(name, []).append(value)
    answer = visitor.client.post(
        f"/obligations/{owed.pk}/draft/", {**told, **values}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def token_of(visitor: Visitor) -> str:
    """The mark that the forms of the browser bear."""
    return visitor.client.cookies["opora-csrf"].value


def names_in(parts: str) -> set[str]:
    return set(re.findall(r'name="(a/[^"]+)"', parts))


def test_questions_come_and_go_and_the_others_are_left_alone(scene: Scene) -> None:
    owed, school = scene.owed("cascade"), scene.visitor("school")
    parts = typed(school, owed, **{"a/has_group": "yes"})
    assert names_in(parts) == {"a/ways"}
    assert "Сохранено" in parts
    assert re.search(r'id="version" name="version" value="2" hx-swap-oob="true"', parts)
    assert Draft.objects.get(respondent=owed).data == {"has_group": "yes"}
    parts = typed(school, owed, **{"a/has_group": "no"})
    assert names_in(parts) == {"a/plan"}
    assert re.search(r'<div id="q2" hidden hx-swap-oob="true">', parts)


def test_calculated_values_and_remarks_come_beside_the_fields(scene: Scene) -> None:
    owed, school = scene.owed("self-check"), scene.visitor("school")
    typed(school, owed, **{"a/risks": ["staff"]})
    parts = typed(school, owed, **{"a/staff/teachers": "30", "a/staff/young": "7", "a/phone": "12"})
    assert "Доля молодых: 23,3" in parts
    assert "Напишите так" in parts
    assert names_in(parts) == set()
    parts = typed(school, owed, **{"a/phone": ""})
    assert "Напишите так" not in parts
    assert 'name="bad"' not in parts


def test_two_versions_are_shown_and_the_page_keeps_its_own(scene: Scene) -> None:
    owed, school = scene.owed("training"), scene.visitor("school")
    page = school.open(f"/obligations/{owed.pk}/")
    assert page.status == 200
    save_draft(
        respondent=owed,
        data={"about": {"theme": "Чтение"}},
        version=1,
        on=DAY,
        by=scene.people["head"],
        at=AT,
    )
    answer = school.client.post(
        f"/obligations/{owed.pk}/draft/",
        {
            "csrfmiddlewaretoken": token_of(school),
            "version": "1",
            "a/about/theme": "Письмо",
            "on/about": "1",
            "on/numbers": "1",
            "step": "1",
        },
    )
    parts = answer.content.decode()
    assert "Чтение" in parts
    assert "Письмо" in parts
    assert 'id="version"' not in parts
    assert Draft.objects.get(respondent=owed).data["about"]["theme"] == "Чтение"


def test_a_form_that_was_handed_in_leads_to_the_answer(scene: Scene) -> None:
    owed, school = scene.owed("training"), scene.visitor("school")
    school.open(f"/obligations/{owed.pk}/nothing/")
    told = {"csrfmiddlewaretoken": token_of(school), "version": "1"}
    answer = school.client.post(f"/obligations/{owed.pk}/draft/", told)
    assert answer.headers["HX-Redirect"] == f"/obligations/{owed.pk}/"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_focus_stays_where_one_types(page: Any, live_server: Any) -> None:
    scene = make_scene()
    owed = scene.owed("self-check")
    session = scene.visitor("school").client.cookies["opora"].value
    page.context.add_cookies([{"name": "opora", "value": session, "url": live_server.url}])
    page.goto(f"/obligations/{owed.pk}/")
    page.check("input[value=staff]")
    page.wait_for_selector("[name='a/staff/young']")
    page.fill("[name='a/staff/teachers']", "30")
    page.locator("[name='a/staff/young']").press_sequentially("7")
    page.get_by_text("Доля молодых: 23,3").wait_for()
    assert page.evaluate("document.activeElement.name") == "a/staff/young"
    assert page.input_value("[name='a/staff/young']") == "7"
