"""A curator's duty on a phone in a school corridor: the sheet saves itself, and a lost line loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from opora.visits.models import SheetSubmission, Visit
from tests.axe import TAGS, faults
from tests.quiet import wait_until_quiet
from tests.visits.scene import ON, Scene, choose_risk, held_before, make_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NO_LINE = "Нет связи: сохранено в телефоне, отправим сами"


@dataclass
class Phone:
    """A phone with the curator signed in, and what its pages complained of."""

    context: Any
    scene: Scene
    said: list[str] = field(default_factory=list)

    def opens(self, path: str = "sheet/") -> Any:
        """A new tab with a page of the visit; the sheet is ready when its script has started."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda told: self.said.append(f"{told.type}: {told.text}"))
        page.goto(f"{self.scene.address}{path}")
        if path == "sheet/":
            page.wait_for_selector("form[data-ready]")
        return page

    def kept_for_later(self, page: Any) -> None:
        """Wait until the page may be opened without a line."""
        page.wait_for_selector("form[data-kept]")

    def complaints(self) -> list[str]:
        """What the console said, but for the plain fact that there was no line or that the server said no."""
        known = ("ERR_INTERNET_DISCONNECTED", "status of 409", "status of 422")
        return [one for one in self.said if not any(words in one for words in known)]


@pytest.fixture
def phone(chromium: Any, live_server: Any) -> Iterator[Phone]:
    """390 × 844, signed in as the curator, standing on 20 September 2022."""
    scene = make_scene()
    choose_risk(scene, 8)
    held_before(scene, "Составить план наставничества")
    client = Client()
    client.force_login(scene.people["curator"])
    client.get(f"/today/{ON}")
    context = chromium.new_context(
        base_url=live_server.url, locale="ru-RU", viewport={"width": 390, "height": 844}, has_touch=True
    )
    context.set_default_timeout(15_000)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    opened = Phone(context, scene)
    yield opened
    context.close()
    wait_until_quiet()
    assert opened.complaints() == []


def said_of(page: Any, words: str) -> None:
    """Wait until the bar says these words."""
    page.locator("#sheet-state", has_text=words).wait_for()


def test_a_pause_in_typing_saves_the_sheet(phone: Phone) -> None:
    page = phone.opens()
    page.get_by_label("Что увидели").fill("Учителя ходят на уроки друг к другу")
    said_of(page, "Сохранено")
    assert phone.scene.again().sheet["findings"] == "Учителя ходят на уроки друг к другу"
    assert phone.scene.again().held_on is None


def test_words_typed_without_a_line_arrive_once_when_it_is_back(phone: Phone) -> None:
    page = phone.opens()
    phone.kept_for_later(page)
    phone.context.set_offline(True)
    page.get_by_label("С кем встречались").fill("Директор")
    page.get_by_label("Что увидели").fill("Связи нет, текст есть")
    page.get_by_role("button", name="Сохранить").click()
    said_of(page, NO_LINE)
    page.reload()
    page.wait_for_selector("form[data-ready]")
    said_of(page, NO_LINE)
    assert page.get_by_label("Что увидели").input_value() == "Связи нет, текст есть"
    assert phone.scene.again().sheet == {}
    phone.context.set_offline(False)
    said_of(page, "Сохранено")
    kept = phone.scene.again()
    assert (kept.sheet["findings"], kept.sheet["with_whom"]) == ("Связи нет, текст есть", "Директор")
    assert (kept.sheet_version, SheetSubmission.objects.count()) == (1, 1)


def test_a_visit_marked_as_held_without_a_line_is_held_when_it_is_back(phone: Phone) -> None:
    page = phone.opens()
    phone.kept_for_later(page)
    phone.context.set_offline(True)
    page.get_by_label("Что увидели").fill("Был на двух уроках")
    page.get_by_label("Когда состоялось").fill("2022-09-16")
    page.locator(".follow label", has_text="Сделано").click()
    page.get_by_label("Что сделать").fill("Провести открытый урок")
    page.get_by_label("До", exact=True).fill("2022-10-10")
    page.get_by_role("button", name="Состоялось").click()
    said_of(page, NO_LINE)
    phone.context.set_offline(False)
    page.wait_for_url(f"**{phone.scene.address}")
    visit = phone.scene.again()
    assert visit.held_on is not None
    assert [step.text for step in visit.steps.all()] == ["Провести открытый урок"]
    assert visit.followed_steps.get().done_on == visit.held_on
    assert "Провести открытый урок" in page.locator("main").inner_text()


def test_a_page_opened_again_without_a_line_knows_what_was_saved_from_it(phone: Phone) -> None:
    page = phone.opens()
    phone.kept_for_later(page)
    page.get_by_label("Что увидели").fill("Первое")
    said_of(page, "Сохранено")
    phone.context.set_offline(True)
    page.reload()
    page.wait_for_selector("form[data-ready]")
    assert page.get_by_label("Что увидели").input_value() == "Первое"
    page.get_by_label("Что увидели").fill("Первое и второе")
    said_of(page, NO_LINE)
    phone.context.set_offline(False)
    said_of(page, "Сохранено")
    assert phone.scene.again().sheet["findings"] == "Первое и второе"


def test_words_left_by_a_closed_page_are_sent_from_the_record(phone: Phone) -> None:
    page = phone.opens()
    phone.context.set_offline(True)
    page.get_by_label("Что увидели").fill("Закрыли, не дождавшись")
    said_of(page, NO_LINE)
    page.close()
    phone.context.set_offline(False)
    record = phone.context.new_page()
    with record.expect_response("**/sheet/") as sent:
        record.goto(phone.scene.address)
    assert sent.value.status == 200
    assert phone.scene.again().sheet["findings"] == "Закрыли, не дождавшись"
    assert phone.scene.again().sheet_version == 1


def test_an_answer_lost_on_the_way_does_not_double_the_record(phone: Phone) -> None:
    page = phone.opens()
    taken: list[str] = []

    def lose(route: Any) -> None:
        taken.append(route.request.post_data)
        route.fetch()
        route.abort()

    page.route("**/sheet/", lose, times=1)
    page.get_by_label("Что увидели").fill("Ответ потерялся")
    said_of(page, NO_LINE)
    assert phone.scene.again().sheet_version == 1
    page.evaluate("window.dispatchEvent(new Event('online'))")
    said_of(page, "Сохранено")
    assert len(taken) == 1
    assert (phone.scene.again().sheet_version, SheetSubmission.objects.count()) == (1, 1)
    phone.said = [one for one in phone.said if "ERR_FAILED" not in one]


def test_two_tabs_see_both_versions_and_lose_none(phone: Phone) -> None:
    first, second = phone.opens(), phone.opens()
    first.get_by_label("Что увидели").fill("Из первой вкладки")
    said_of(first, "Сохранено")
    second.get_by_label("Что увидели").fill("Из второй вкладки")
    second.get_by_role("heading", name="Пока вы правили, запись изменили").wait_for()
    told = second.locator("#sheet-answer").inner_text()
    assert "Из первой вкладки" in told
    assert "Из второй вкладки" in told
    assert phone.scene.again().sheet["findings"] == "Из первой вкладки"
    second.get_by_role("button", name="Сохранить моё").click()
    said_of(second, "Сохранено")
    assert phone.scene.again().sheet["findings"] == "Из второй вкладки"


def test_words_wait_in_the_phone_when_the_session_is_over(phone: Phone) -> None:
    page = phone.opens()
    cookies = [one for one in phone.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME]
    phone.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Что увидели").fill("Сессия кончилась")
    said_of(page, "Войдите, и мы отправим")
    assert page.get_by_role("link", name="Войти", exact=True).is_visible()
    phone.context.add_cookies(cookies)
    back = phone.opens("sheet/")
    page.close()
    back.reload()
    said_of(back, "Сохранено")
    assert phone.scene.again().sheet["findings"] == "Сессия кончилась"


def test_a_refused_deed_keeps_the_text_and_says_why(phone: Phone) -> None:
    page = phone.opens()
    page.get_by_label("Что увидели").fill("Завтрашний день")
    page.locator("#held_on").evaluate("field => field.removeAttribute('max')")
    page.get_by_label("Когда состоялось").fill("2099-01-01")
    page.get_by_role("button", name="Состоялось").click()
    page.locator("#sheet-answer", has_text="ещё не наступило").wait_for()
    assert page.get_by_label("Что увидели").input_value() == "Завтрашний день"
    assert phone.scene.again().held_on is None


def test_signing_out_forgets_the_page_kept_in_the_phone(phone: Phone) -> None:
    page = phone.opens()
    phone.kept_for_later(page)
    kept = "caches.open('opora-sheets').then(store => store.keys()).then(keys => keys.length)"
    assert page.evaluate(kept) > 1
    page.locator("[popovertarget=me]").click()
    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url("**/")
    assert page.evaluate("caches.has('opora-sheets')") is False


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_sheet_and_the_record_are_clean_in_one_hand(phone: Phone, theme: str) -> None:
    for path in ("sheet/", "", "move/"):
        page = phone.opens(path)
        page.emulate_media(color_scheme=theme)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert faults(page, TAGS) == []
        small = page.evaluate(
            "[...document.querySelectorAll('.hand :is(input:not([type=radio], [type=hidden]), select, textarea, "
            ".btn)')].filter(one => one.offsetHeight && one.offsetHeight < 44).map(one => one.outerHTML)"
        )
        assert small == []


def test_the_whole_duty_goes_without_scripts(chromium: Any, phone: Phone, live_server: Any) -> None:
    plain = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    plain.add_cookies(phone.context.cookies())
    page = plain.new_page()
    page.goto(f"{phone.scene.address}sheet/")
    page.get_by_label("Что увидели").fill("Без скриптов")
    page.get_by_label("Когда состоялось").fill("2022-09-16")
    page.get_by_role("button", name="Состоялось").click()
    page.get_by_role("button", name="Сдать отчёт").click()
    assert "Отчёт сдан" in page.locator("main").inner_text()
    plain.close()
    assert Visit.objects.get(pk=phone.scene.visit.pk).reported_on is not None
