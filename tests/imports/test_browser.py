"""The review of a real order in a browser: a row swaps itself, the page is left as it was, axe finds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

import opora.demo
from opora.imports.actions import adopt_draft
from opora.imports.models import ImportDraft
from opora.plans.models import Activity
from tests.axe import faults
from tests.imports.conftest import open_draft
from tests.imports.ground import NOW, Ground, draft, line, make_ground

pytestmark = pytest.mark.browser
ORDER = Path(opora.demo.__file__).parent / "order-04-06-06-2.docx"


@pytest.fixture
def ground(transactional_db: None) -> Ground:
    return make_ground()


@pytest.fixture
def desk(page: Any, live_server: Any, ground: Ground) -> Any:
    """A page on which the coordinator has signed in."""
    client = Client()
    client.force_login(ground.coordinator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page


def test_a_real_order_goes_from_a_file_to_a_plan(desk: Any) -> None:
    desk.goto("/imports/")
    assert faults(desk) == []
    desk.set_input_files("input[type=file]", ORDER)
    desk.get_by_role("button", name="Прочитать приказ").click()
    desk.get_by_role("heading", name="Проверьте, что прочитано из приказа").wait_for()
    assert faults(desk) == []

    desk.evaluate("window.isSamePage = true")
    desk.get_by_role("link", name="Исправить пункт 1.4").click()
    desk.get_by_label("Срок, как в приказе").fill("31.02.2022")
    desk.get_by_role("button", name="Сохранить пункт").click()
    desk.get_by_text("Срок «31.02.2022» не существует").wait_for()
    assert faults(desk) == []
    desk.get_by_label("Срок, как в приказе").fill("до 15 апреля")
    desk.get_by_text("Понят как: до 15").wait_for()
    desk.get_by_role("button", name="Сохранить пункт").click()
    desk.get_by_role("link", name="Исправить пункт 1.4").wait_for()
    desk.get_by_role("link", name="Исправить пункт 1.5").click()
    desk.get_by_role("button", name="Удалить пункт").click()
    desk.get_by_role("button", name="Вернуть пункт 1.5").click()
    desk.get_by_role("link", name="Исправить пункт 1.5").wait_for()
    desk.get_by_role("button", name="Дописать по 4.8").click()
    desk.get_by_text("Осталось решить 1").wait_for()
    desk.get_by_role("button", name="Согласиться: 6.1").click()
    desk.get_by_text("Осталось проверить 3").wait_for()
    assert desk.evaluate("window.isSamePage") is True

    desk.get_by_role("button", name="Утвердить карту: 45").click()
    desk.get_by_text("Карта утверждена").wait_for()
    assert Activity.objects.count() == 45
    assert Activity.objects.get(number="6.1").section.number == 6
    assert Activity.objects.get(number="4.9").promise.endswith("(на региональной странице Проекта 500+).")
    assert str(Activity.objects.get(number="1.4").ends_on) == "2022-04-15"


def test_the_difference_is_read_without_faults(desk: Any, ground: Ground) -> None:
    first = open_draft(ground, draft(line("1.1", "Совещание с директорами"), line("1.2", "Выезды")))
    roadmap = adopt_draft(draft=first, version=1, by=ground.coordinator, at=NOW)
    later = draft(
        line("1.1", "Совещание с директорами школ", "май 2022"),
        line("1.3", "Семинар"),
        order={"number": "7", "date": "2022-05-01"},
    )
    waiting = open_draft(ground, later, amends=roadmap, data=b"later")

    desk.goto(f"/imports/{waiting.pk}/difference/")

    assert faults(desk) == []
    desk.get_by_role("button", name="Принять отмеченное").click()
    desk.get_by_text("Изменения приняты").first.wait_for()
    assert faults(desk) == []
    assert ImportDraft.objects.get(pk=waiting.pk).state == "adopted"
