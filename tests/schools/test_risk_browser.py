"""The table of risks in a real browser: by keyboard alone, two people in one cell, a rectangle from the clipboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from opora.schools.models import SchoolRisk
from tests.appointments.town import Town
from tests.axe import faults
from tests.schools.risk_town import add_factors, cell_of, choose

pytestmark = pytest.mark.browser
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def sign_in(page: Any, live_server: Any, person: Any) -> None:
    door = Client()
    door.force_login(person)
    page.context.add_cookies(
        [{"name": "opora", "value": door.cookies["opora"].value, "url": live_server.url}]
    )


def stands_on(page: Any, words: str) -> None:
    """Wait until the focus is on a cell that reads so."""
    page.wait_for_selector(f"a[data-factor]:focus[aria-label*='{words}']")


@pytest.fixture
def table(town: Town, page: Any, live_server: Any, settings: Any) -> Any:
    settings.STANDS_ON = "2022-09-15"
    add_factors(town)
    sign_in(page, live_server, town.coordinator)
    page.goto("/risks/?on=2022-09-15")
    return page


@pytest.mark.django_db(transaction=True)
def test_a_cell_is_graded_chosen_and_explained_by_keyboard_alone(town: Town, table: Any) -> None:
    table.locator("a[data-factor]").first.focus()
    table.keyboard.press("ArrowDown")
    table.keyboard.press("ArrowRight")
    stands_on(table, "Школа № 102, № 2")
    table.keyboard.press("d")
    stands_on(table, "высокая")
    table.keyboard.press("+")
    stands_on(table, "высокая, в работе")

    table.keyboard.press("-")
    table.get_by_role("alert").wait_for()
    assert "Напишите, почему не берёте" in table.get_by_role("alert").inner_text()
    table.keyboard.type("Решено раньше")
    table.keyboard.press("Enter")
    stands_on(table, "не взят: Решено раньше")
    assert "Сохранено" in table.locator("#told").inner_text()

    table.keyboard.press("Enter")
    table.locator("form[data-cell] select").first.wait_for()
    assert "Кто и что менял: 3" in table.locator("#cell").inner_text()
    assert faults(table) == []
    table.keyboard.press("Escape")
    stands_on(table, "Школа № 102, № 2")
    assert table.locator("form[data-cell]").count() == 0
    cell = cell_of(town.schools[1], 2)
    assert cell is not None
    assert (cell.level, cell.is_chosen, cell.version) == ("high", False, 3)


@pytest.mark.django_db(transaction=True)
def test_a_second_person_sees_both_values_and_what_they_typed(town: Town, table: Any) -> None:
    table.locator("a[data-factor]").first.focus()
    table.keyboard.press("Enter")
    table.locator("[name='1-reason']").wait_for()
    choose(town, town.schools[0], {1: ("high", "chosen", "")}, by=town.keeper)

    table.locator("[name='1-choice']").select_option("left")
    table.locator("[name='1-reason']").fill("Кадры есть")
    table.keyboard.press("Enter")

    table.get_by_text("Сейчас записано: высокая, в работе").wait_for()
    assert "Камнева" in table.locator("#cell").inner_text()
    assert table.locator("[name='1-reason']").input_value() == "Кадры есть"
    assert SchoolRisk.objects.get().is_chosen is True


@pytest.mark.django_db(transaction=True)
def test_a_rectangle_from_a_spreadsheet_is_pasted_into_a_cell(town: Town, table: Any) -> None:
    table.locator("a[data-factor]").nth(1).focus()
    table.evaluate(PASTE, "В+\tС\nН\t+")
    table.get_by_role("button", name="Внести 4 клетки").click()

    table.get_by_text("Внесено клеток: 4, школ: 2.").wait_for()
    assert sorted(SchoolRisk.objects.values_list("factor__number", "level", "is_chosen")) == [
        (2, "high", True),
        (2, "low", None),
        (3, "middle", None),
        (3, "none", True),
    ]


@pytest.mark.django_db(transaction=True)
def test_fifty_thousand_cells_stay_outside(table: Any) -> None:
    table.locator("a[data-factor]").first.focus()
    table.evaluate(PASTE, "В\t" * 49_999 + "В")

    table.get_by_text("Вставлено 50000 ячеек, можно не больше 20000").wait_for()
    assert table.url.endswith("/risks/?on=2022-09-15")


@pytest.mark.django_db(transaction=True)
def test_what_was_typed_stays_while_there_is_no_line(town: Town, table: Any) -> None:
    table.locator("a[data-factor]").first.focus()
    table.keyboard.press("Enter")
    table.locator("[name='1-reason']").wait_for()
    table.context.set_offline(True)
    table.locator("[name='1-choice']").select_option("left")
    table.locator("[name='1-reason']").fill("Кадры есть")
    table.keyboard.press("Enter")
    table.get_by_text("нет связи с сервером").wait_for()
    assert table.locator("[name='1-reason']").input_value() == "Кадры есть"

    table.context.set_offline(False)
    table.get_by_role("button", name="Сохранить").click()
    stands_on(table, "не взят: Кадры есть")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_readable_on_a_phone_and_to_everybody(town: Town, table: Any, theme: str) -> None:
    choose(town, town.schools[0], {1: ("high", "chosen", ""), 2: ("middle", "left", "Решено")})
    table.set_viewport_size({"width": 390, "height": 844})
    table.emulate_media(color_scheme=theme)
    for address in ("/risks/", "/risks/matrix/", "/risks/load/", f"/risks/{town.schools[0].pk}/"):
        table.goto(address)
        assert table.evaluate("document.documentElement.scrollWidth") <= 390, address
        assert faults(table) == []
