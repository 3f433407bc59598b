"""Papers of the project in one hand: a school answers a collection, an expert examines a document; 390 px wide."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from opora.questionnaires.models import Submission
from opora.reviews.models import Examination
from tests.journeys.conftest import PHONE, OpenDesk
from tests.questionnaires.scene import Scene
from tests.questionnaires.scene import make_scene as make_town_of_answers
from tests.reviews.town import Town, make_town

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(live_server: object) -> Scene:
    """A school owes an answer with repeated rows and questions asked only of some."""
    made = make_town_of_answers()
    made.owed("household")
    return made


@pytest.fixture
def reviewed(live_server: object) -> Town:
    """Concepts of schools are shared out between experts."""
    town = make_town()
    town.assigned(overlap_share=0)
    return town


def test_a_school_fills_rows_and_answers_what_is_asked_of_some(scene: Scene, desk: OpenDesk) -> None:
    window = desk(PHONE)
    page = window.page
    window.sign_in("school@example.org")
    window.go("/today/?on=2022-09-15")
    window.look()
    page.locator("main a[href*='/obligations/']").first.click()
    if not page.locator("#sheet").count():
        window.look()
        page.locator("main a[href*='/obligations/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Сбор: household")
    window.look()

    page.get_by_label("Населённый пункт").fill("Примерск")
    _add_row(page, 1)
    page.get_by_label("Кем приходится").fill("Мать")
    page.get_by_label("Возраст, лет").fill("41")
    expect(page.get_by_text("Учится в школе?")).to_have_count(0)
    _add_row(page, 2)
    page.get_by_label("Кем приходится").nth(1).fill("Сын")
    # The question comes by itself once the age makes it fit, and brings the next one.
    page.get_by_label("Возраст, лет").nth(1).fill("10")
    page.get_by_role("group", name="Учится в школе?").get_by_label("Да").check()
    page.get_by_label("Класс").fill("4")
    expect(page.locator("main")).to_contain_text("Всего 2, средний возраст 25,5")
    window.look()

    page.get_by_role("button", name="Сдать ответ").click()
    expect(page.locator("main")).to_contain_text("Сдан")
    window.look()
    told = Submission.objects.get().data
    assert [one["role"] for one in told["member"]] == ["Мать", "Сын"]
    assert (told["member"][1]["at_school"], told["member"][1]["grade"]) == ("yes", 4)
    window.go("/today/")
    expect(page.locator("main")).not_to_contain_text("Сбор: household")


def test_an_expert_examines_a_document(reviewed: Town, desk: OpenDesk) -> None:
    window = desk(PHONE)
    page = window.page
    examined = Examination.objects.filter(expert=reviewed.experts[0]).order_by("pk")
    window.sign_in(str(reviewed.experts[0].email))
    window.go("/today/?on=2022-09-09")
    window.look()
    page.locator("main a[href*='/examinations/']").first.click()
    if not page.locator("#sheet").count():
        window.look()
        page.locator("main a[href*='/examinations/']:not([href*='?'])").first.click()
    expect(page.locator("main")).to_contain_text("Концепция г. о. Примерск")
    window.look()

    window.press("К критериям", "link")
    for name in dict.fromkeys(
        page.locator("[name^='level-']").evaluate_all("boxes => boxes.map(box => box.name)")
    ):
        page.locator(f"[name='{name}']").last.check()
    page.locator("[name=conclusion]").fill("Цели ясны, сроки названы")
    expect(page.locator("#sheet")).to_contain_text("Сохранено")
    window.look()
    page.get_by_role("button", name="Сдать").click()
    expect(page.locator("main")).to_contain_text("Рассмотрение сдано")
    window.look()
    done = examined.filter(finished_on__isnull=False).get()
    assert done.words == "Цели ясны, сроки названы"


def _add_row(page: Any, number: int) -> None:
    """Add a row to the repeat and wait until its fields are there."""
    page.get_by_role("button", name="Добавить").click()
    expect(page.get_by_label("Кем приходится")).to_have_count(number)
