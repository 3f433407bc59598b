"""The pages of people: list, search, adding, inviting, and who may not come near."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from opora.accounts.models import Invitation, User
from opora.accounts.queries import Likeness
from opora.appointments.models import Appointment
from opora.core.jobs import run_next
from opora.core.models import Job
from tests.appointments.town import Town, open_as, person
from tests.core.silent_post import post_that_says

Browser = Callable[[User | None], Client]
LATE = datetime(2100, 1, 1, tzinfo=UTC)


def add(browser: Client, **more: str) -> object:
    said = {"last_name": "Ростверкова", "first_name": "Ольга", "email": "olga@example.test", **more}
    return browser.post("/people/new/", said)


def test_the_list_names_people_duties_and_ways_in(town: Town, browser_of: Browser) -> None:
    page = open_as(browser_of(town.coordinator), "/people/")
    for words in ("Сваева Анна Петровна", "куратор</span>, Школа № 101", "0@example.test"):
        assert words in page


@pytest.mark.parametrize("words", ["СВАЕВА", "анна сваёва", "2@example"])
def test_search_is_folded_and_knows_mails(town: Town, browser_of: Browser, words: str) -> None:
    page = open_as(browser_of(town.coordinator), f"/people/?q={words}")
    assert "Сваева Анна Петровна" in page
    assert "Камнева Анна" not in page


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_for_any_number_of_people(
    town: Town, browser_of: Browser, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(count):
        made = person(f"Новая-{number}")
        User.objects.filter(pk=made.pk).update(added_by=town.coordinator)
    browser = browser_of(town.coordinator)
    with django_assert_num_queries(
        11
    ):  # whose letter has not been delivered, whose files are refused time after time
        browser.get("/people/")


def test_a_person_is_added_and_found(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    made = User.objects.get(pk=int(re.search(r"\d+", add(browser).url)[0]))
    assert (made.full_name, made.added_by, made.can_sign_in) == ("Ростверкова Ольга", town.coordinator, False)
    assert "Ростверкова Ольга" in open_as(browser, "/people/?show=waiting")


@pytest.mark.parametrize(
    "written",
    [
        {"last_name": "сваева", "first_name": "Анна"},
        {"last_name": "Сваёва", "first_name": "А.", "middle_name": "П."},
        {"last_name": "Сваеева", "first_name": "Анна", "middle_name": "Петровна"},
        {"last_name": "Сваева", "first_name": "Ана", "middle_name": "Петровна"},
    ],
)
def test_the_same_person_written_otherwise_is_offered_not_refused(
    town: Town, browser_of: Browser, written: dict[str, str]
) -> None:
    browser = browser_of(town.coordinator)
    page = add(browser, **written).content.decode()
    assert "Похоже, это уже есть:" in page
    assert f"/people/{town.curator.pk}/" in page
    assert add(browser, **written, is_new="yes").status_code == 302


def test_another_person_is_not_offered(town: Town, browser_of: Browser) -> None:
    likeness = Likeness(User.objects.all())
    assert likeness.alike("Сваева", "Ольга", "Петровна") == []
    assert likeness.alike("Балкина", "Анна", "Петровна") == []


def test_a_taken_mail_is_said_at_its_field(town: Town, browser_of: Browser) -> None:
    page = add(browser_of(town.coordinator), email=str(town.curator.email)).content.decode()
    assert "уже есть другой человек" in page
    assert not User.objects.filter(last_name="Ростверкова").exists()


def test_a_link_is_shown_once_to_copy(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    path = add(browser).url
    page = browser.post(f"{path}invite/", {"how": "link"}).content.decode()
    link = re.search(r"http://127.0.0.1:8000(/invitation/[\w-]+/)", page)[1]
    assert browser_of(None).get(link).status_code == 200
    assert "/invitation/" not in open_as(browser, path)


def test_marked_people_get_letters_and_the_others_are_named(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    add(browser)
    add(browser, last_name="Балкина", email="")
    chosen = list(User.objects.filter(last_name__in=["Ростверкова", "Балкина"]).values_list("pk", flat=True))
    browser.post("/people/invite/", {"people": chosen})
    page = open_as(browser, "/people/")
    assert "Отправляем 1 письмо" in page
    assert "Не приглашены: Балкина О." in page
    while run_next(at=LATE):
        pass
    letter = mail.outbox[0]
    assert letter.to == ["olga@example.test"]
    assert "Здравствуйте, Ольга!" in letter.body


def test_a_person_is_changed_and_closed(town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    said = {
        "last_name": "Сваева",
        "first_name": "Анна",
        "middle_name": "Ильинична",
        "email": "new@example.test",
    }
    browser.post(f"/people/{town.curator.pk}/", said)
    town.curator.refresh_from_db()
    assert (town.curator.middle_name, town.curator.email, town.curator.is_active) == (
        "Ильинична",
        "new@example.test",
        False,
    )


def test_people_of_another_town_are_not_found(town: Town, other_town: Town, browser_of: Browser) -> None:
    browser = browser_of(town.coordinator)
    assert other_town.curator.full_name == town.curator.full_name
    assert f"/people/{other_town.curator.pk}/" not in open_as(browser, "/people/")
    for path in ("", "invite/", "drop-second-step/"):
        assert browser.post(f"/people/{other_town.curator.pk}/{path}").status_code == 404


def test_whose_duties_lie_elsewhere_too_is_not_rekeyed_from_here(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    Appointment.objects.create(
        person=town.curator,
        duty="municipal_coordinator",
        programme=town.programme,
        municipality=other_town.municipality,
        since=date(2022, 1, 10),
    )
    browser = browser_of(town.coordinator)
    before = town.curator.email
    said = {"last_name": "Сваева", "first_name": "Анна", "email": "thief@example.test", "is_active": "on"}
    page = browser.post(f"/people/{town.curator.pk}/", said).content.decode()
    assert "работает и в другом муниципалитете" in page
    assert browser.post(f"/people/{town.curator.pk}/invite/", {"how": "link"}).status_code == 422
    town.curator.refresh_from_db()
    assert town.curator.email == before


def test_only_the_coordinator_enters(town: Town, browser_of: Browser) -> None:
    paths = ("/people/", "/people/new/", f"/people/{town.curator.pk}/", "/settings/")
    for who in (town.head, town.curator, town.keeper, town.expert):
        assert [browser_of(who).get(path).status_code for path in paths] == [403] * 4
        assert browser_of(who).post(f"/people/{town.curator.pk}/invite/").status_code == 403
    assert all(browser_of(None).get(path).url == f"/login/?next={path}" for path in paths)


def test_a_lost_phone_is_helped(town: Town, browser_of: Browser) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from opora.accounts.queries import has_second_step

    TOTP.activate(town.curator, generate_totp_secret())
    assert has_second_step(town.curator)
    browser_of(town.coordinator).post(f"/people/{town.curator.pk}/drop-second-step/")
    assert not has_second_step(town.curator)


def test_where_there_is_no_post_no_letter_is_told_of_and_links_are_given(
    town: Town, browser_of: Browser, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    browser = browser_of(town.coordinator)
    path = add(browser).url
    card = open_as(browser, path)
    assert "Почта на этом сервере не настроена" in card
    assert "Пригласить письмом" not in card
    assert "/invitation/" in browser.post(f"{path}invite/", {"how": "letter"}).content.decode()
    assert "Показать ссылки для отмеченных" in open_as(browser, "/people/")
    chosen = [re.search(r"\d+", path)[0], town.curator.pk]
    page = browser.post("/people/invite/", {"people": chosen}).content.decode()
    links = re.findall(r"http://[^/]+(/invitation/[\w-]+/)", page)
    assert len(links) == 2
    assert all(browser_of(None).get(link).status_code == 200 for link in links)
    assert not Job.objects.exists()
    assert "Письмо не придёт" in Client().get("/password/sent/").content.decode()
    assert "почта не настроена" in Client().get("/password/forgotten/").content.decode()


def test_a_letter_that_did_not_go_is_seen_on_the_card_and_in_the_list(
    town: Town, browser_of: Browser
) -> None:
    browser = browser_of(town.coordinator)
    path = add(browser).url
    browser.post(f"{path}invite/", {"how": "letter"})
    assert "отправляется" in open_as(browser, path)
    with post_that_says("554 no"):
        assert run_next(at=LATE)
        card = open_as(browser, path)
        assert "Письмо не доставлено" in card
        assert "отказал: код 554" in card
        assert "Попытка 1 из 6" in card
        assert "Письмо не доставлено" in open_as(browser, "/people/")
        for day in range(1, 6):
            assert run_next(at=LATE + timedelta(days=day))
        assert "Больше не пробуем" in open_as(browser, path)
    assert not Invitation.objects.exists()
    browser.post(f"{path}invite/", {"how": "letter"})
    while run_next(at=LATE):
        pass
    assert "Письмо с приглашением отправлено" in open_as(browser, path)
    assert "Письмо не доставлено" not in open_as(browser, "/people/")
    browser.post(f"{path}invite/", {"how": "link"})
    assert "Ссылка для входа показана" in open_as(browser, path)
