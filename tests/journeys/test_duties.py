"""A day of each duty in a browser: «Мой день» leads to the deed, the deed leaves it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from opora.schools.models import SchoolRisk
from opora.visits import actions
from opora.visits.models import Visit
from tests.journeys.conftest import PHONE, Desk, OpenDesk
from tests.visits.scene import PLANNED, Scene, make_scene

pytestmark = pytest.mark.browser

BEFORE, AFTER = "2022-09-15", "2022-09-20"
TOOK = (1, 4, 9)


@pytest.fixture
def scene(live_server: object) -> Scene:
    """Two schools, everybody of a town, one visit on 16 September."""
    return make_scene()


def day_of(window: Desk, who: str, on: str) -> None:
    """Sign in and look at «Мой день»."""
    window.sign_in(f"{who}@example.org")
    window.go(f"/today/?on={on}")
    window.look()


def test_a_school_confirms_the_day_and_chooses_risks(scene: Scene, desk: OpenDesk) -> None:
    window = desk(PHONE)
    page = window.page
    day_of(window, "school", BEFORE)

    window.press("Подтвердить посещение", "link")
    window.look()
    window.press("Подтвердить день")
    expect(page.locator("main .st.big")).to_have_text("Школа подтвердила")
    window.look()

    window.go("/today/")
    expect(page.locator("main")).not_to_contain_text("Подтвердить посещение")
    window.press("Выбрать", "link")
    window.look()
    for number in TOOK:
        page.locator(f"[name='{number}-choice']").select_option("chosen")
    window.press("Сохранить выбор")
    expect(page.locator("main")).to_contain_text("Ждёт подтверждения куратором")
    window.look()

    window.go("/today/")
    expect(page.locator("main")).to_contain_text("Сейчас вас ничто не ждёт")
    assert SchoolRisk.objects.filter(is_chosen=True).count() == len(TOOK)


def test_a_curator_fills_the_sheet_from_the_day_on_a_phone(scene: Scene, desk: OpenDesk) -> None:
    window = desk(PHONE)
    page = window.page
    day_of(window, "curator", BEFORE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Завтра — Школа № 101")

    window.go(f"/today/?on={PLANNED}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Сегодня — Школа № 101")
    window.press("Начать лист посещения", "link")
    window.look()
    page.get_by_label("Что увидели").fill("Учителя готовят уроки вместе")
    page.get_by_label("Что сделать").fill("Показать план наставничества")
    page.get_by_label("До", exact=True).fill("2022-10-10")
    page.get_by_role("button", name="Состоялось").click()
    page.wait_for_url(f"**/visits/{scene.visit.pk}/")
    window.look()

    window.go("/today/")
    window.press("Открыть лист", "link")
    page.get_by_role("button", name="Сдать отчёт").click()
    page.wait_for_url(f"**/visits/{scene.visit.pk}/")
    expect(page.locator("main .st.big")).to_have_text("Отчёт сдан, ждёт приёма")
    window.go("/today/")
    expect(page.locator("main")).not_to_contain_text("Сдать отчёт о посещении")
    window.look()


def test_a_coordinator_plans_for_a_school_without_a_visit(scene: Scene, desk: OpenDesk) -> None:
    window = desk()
    page = window.page
    day_of(window, "coordinator", BEFORE)

    without = page.get_by_role("region", name="Без посещения в этапе")
    expect(without).to_contain_text("Школа № 102")
    without.get_by_role("link", name="Наметить").click()
    window.look()
    page.locator("[name=curator]").select_option(str(scene.people["curator two"].pk))
    page.locator("[name=day]").fill("2022-09-22")
    page.locator("main form button.main").click()
    expect(page.locator("main .st.big")).to_have_text("Намечено, школа не ответила")

    window.go("/today/")
    expect(page.locator("main")).not_to_contain_text("Без посещения в этапе")
    expect(page.locator("main")).to_contain_text("Намечено 1 посещение")


def test_a_head_approves_what_a_curator_has_handed_in(scene: Scene, desk: OpenDesk) -> None:
    handed_in(scene)
    window = desk()
    page = window.page
    day_of(window, "head", AFTER)

    window.press("Посмотреть", "link")
    window.look()
    window.press("Принять отчёт")
    expect(page.locator("main .st.big")).to_have_text("Отчёт принят")

    window.go("/today/")
    expect(page.locator("main")).not_to_contain_text("Принять отчёт о посещении")
    window.look()
    assert scene.again().approved_on is not None


def test_a_region_sees_where_to_look(scene: Scene, desk: OpenDesk) -> None:
    handed_in(scene)
    window = desk()
    page = window.page
    day_of(window, "region", AFTER)

    row = page.get_by_role("row", name="г. о. Примерск")
    expect(row).to_contain_text("карта не загружена")
    assert row.get_by_role("cell").all_inner_texts()[:3] == ["2", "1", "1"]
    window.press("мониторинг", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Кому из кураторов нужна помощь")
    window.look()


def test_an_expert_is_told_kindly_that_nothing_waits(scene: Scene, desk: OpenDesk) -> None:
    window = desk()
    day_of(window, "expert", AFTER)

    expect(window.page.locator("main")).to_contain_text("Дорожной карты пока нет")


def handed_in(scene: Scene) -> None:
    """The visit took place and its report waits."""
    told: dict[str, Any] = {"by": scene.people["curator"], "at": datetime(2022, 9, 17, 9, tzinfo=UTC)}
    actions.hold_visit(
        visit=scene.visit, held_on=PLANNED, sheet={"findings": "Видели"}, sheet_version=0, **told
    )
    actions.report_visit(visit=Visit.objects.get(pk=scene.visit.pk), on=PLANNED, **told)
