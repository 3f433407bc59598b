"""The draft order: people, cases, requisites, the number after signing."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment, NameForm
from tests.appointments.town import Town, open_as, person

Browser = Callable[[User | None], Client]


@pytest.fixture
def held(town: Town) -> list[Appointment]:
    User.objects.filter(pk=town.curator.pk).update(post="старший методист")
    User.objects.filter(pk=town.keeper.pk).update(post="заместитель директора")
    return list(Appointment.objects.filter(person__in=[town.curator, town.keeper]))


def words_of(response: object) -> str:
    paper = docx.Document(io.BytesIO(response.content))
    return "\n".join(paragraph.text for paragraph in paper.paragraphs).replace("\u00a0", " ")


def take(browser: Client, held: list[Appointment], **more: object) -> str:
    said = {"held": [one.pk for one in held], "deed": "download", **more}
    response = browser.post("/appointments/order/", said)
    assert response.status_code == 302, response.content.decode()
    return words_of(browser.get(response.url))


def test_names_and_posts_stand_in_the_accusative(
    town: Town, browser_of: Browser, held: list[Appointment]
) -> None:
    words = take(browser_of(town.coordinator), held)
    assert "Назначить школьным координатором с 10 января 2022 года:" in words
    assert "1.1. Школа № 101 — Камневу Анну Петровну, заместителя директора." in words
    assert "2.1. Школа № 101 — Сваеву Анну Петровну, старшего методиста." in words
    assert "3. Контроль за исполнением приказа оставляю за собой." in words


def test_the_requisites_are_those_of_the_centre(
    town: Town, browser_of: Browser, held: list[Appointment]
) -> None:
    words = take(browser_of(town.coordinator), held, order_number="12-ОД", order_date="2022-01-10")
    for told in (
        "«Методический центр»",
        "ПРИКАЗ",
        "№ 12-ОД",
        "10 января 2022 года",
        "А. П. Пролётова",
        "Директор",
    ):
        assert told in words
    assert "________\n" not in words.split("ПРИКАЗЫВАЮ")[0]


def test_a_number_not_known_yet_is_left_blank(
    town: Town, browser_of: Browser, held: list[Appointment]
) -> None:
    assert "№ ________" in take(browser_of(town.coordinator), held)


def test_the_page_is_that_of_the_state_standard(
    town: Town, browser_of: Browser, held: list[Appointment]
) -> None:
    response = browser_of(town.coordinator).get("/appointments/order.docx")
    section = docx.Document(io.BytesIO(response.content)).sections[0]
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins] == [20, 10, 20, 20]
    assert response["Content-Disposition"].startswith("attachment")


def test_a_mended_name_is_used_and_remembered(
    town: Town, browser_of: Browser, held: list[Appointment]
) -> None:
    browser = browser_of(town.coordinator)
    pk = town.curator.pk
    words = take(browser, held, **{f"name-{pk}": "Сваёву Анну Петровну", f"post-{pk}": "методиста старшего"})
    assert "Сваёву Анну Петровну, методиста старшего." in words
    assert dict(NameForm.objects.values_list("original", "form")) == {
        "Сваева": "Сваёву",
        "старший методист": "методиста старшего",
    }
    assert 'value="Сваёву Анну Петровну"' in open_as(browser, "/appointments/order/")


def test_the_number_is_written_down_after_signing(
    town: Town, browser_of: Browser, held: list[Appointment]
) -> None:
    browser = browser_of(town.coordinator)
    said = {"held": [one.pk for one in held], "deed": "note"}
    assert "Впишите номер" in browser.post("/appointments/order/", said).content.decode()
    response = browser.post("/appointments/order/", {**said, "order_number": "7", "order_date": "2022-01-10"})
    assert response.url == "/appointments/"
    assert {
        (one.order_number, one.order_date) for one in Appointment.objects.filter(pk__in=said["held"])
    } == {("7", date(2022, 1, 10))}


def test_nobody_of_another_town_gets_into_the_order(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    foreign = Appointment.objects.get(person=other_town.curator)
    browser = browser_of(town.coordinator)
    assert browser.get(f"/appointments/order.docx?held={foreign.pk}").status_code == 400


def test_text_of_any_kind_does_not_break_the_order(town: Town, browser_of: Browser) -> None:
    hostile = person("{{ 7*7 }}<w:p>&", first_name="{% for %}", post="</w:t> ]]> & «»")
    Appointment.objects.create(
        person=hostile,
        duty="curator",
        programme=town.programme,
        school=town.schools[1],
        since=date(2022, 1, 10),
    )
    words = words_of(browser_of(town.coordinator).get("/appointments/order.docx"))
    assert "{{ 7*7 }}<w:p>&" in words
    assert "</w:t> ]]> & «»" in words


def test_an_order_of_nobody_is_refused(town: Town, browser_of: Browser) -> None:
    Appointment.objects.update(order_number="1")
    browser = browser_of(town.coordinator)
    assert browser.get("/appointments/order.docx").status_code == 422
    assert "Все назначения уже с приказом" in open_as(browser, "/appointments/order/")
