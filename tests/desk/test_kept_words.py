"""What is typed is never lost: when the session ends, when a page has aged, and for nobody but who typed it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from opora.accounts.models import User
from opora.desk.actions import MOST_OF_ONE, forget_kept_forms, keep_form
from opora.desk.ended_sessions import KEY, WAS
from opora.desk.kept_words import MOST, KeptWords
from opora.desk.models import KeptForm
from opora.desk.queries import words_kept
from tests.appointments.town import PASSWORD, Town
from tests.visitor import Page, Visitor

pytestmark = pytest.mark.django_db
NEWCOMER = {"last_name": "Берёзкина", "first_name": "Ольга", "post": "методист\nцентра"}
HERE = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


def sign_in(visitor: Visitor, person: User, page: Page | None = None) -> Page:
    page = page or visitor.open("/login/")
    return visitor.send(page, "/login/", login=person.email, password=PASSWORD)


def end_session(visitor: Visitor) -> None:
    """The row is gone, as after twelve hours, and so is the cookie of the browser."""
    Session.objects.all().delete()
    del visitor.client.cookies["opora"]


def signed_in(person: User) -> Visitor:
    visitor = Visitor()
    sign_in(visitor, person)
    return visitor


def test_what_was_typed_is_there_after_signing_in_and_sent_by_one_press(town: Town) -> None:
    visitor = signed_in(town.coordinator)
    form = visitor.open("/people/new/")
    end_session(visitor)

    door = visitor.send(form, "", **NEWCOMER)
    assert "Сеанс закончился: войдите, набранное на месте." in door.words
    assert "Берёзкина" not in door.words

    kept = sign_in(visitor, town.coordinator, door)
    assert kept.address == "/kept/"
    assert "Берёзкина" in kept.words
    assert not User.objects.filter(last_name="Берёзкина").exists()

    visitor.send(kept, "/people/new/")
    made = User.objects.get(last_name="Берёзкина")
    assert made.post.split() == ["методист", "центра"]


def test_two_pages_that_stood_open_are_both_kept_until_they_are_sent(town: Town) -> None:
    visitor = signed_in(town.coordinator)
    form = visitor.open("/people/new/")
    end_session(visitor)
    visitor.send(form, "", **NEWCOMER)
    door = visitor.send(form, "", last_name="Соснова", first_name="Вера", post="заместитель директора")
    kept = sign_in(visitor, town.coordinator, door)

    _, first = kept.forms_to("/people/new/")
    visitor.send_form(kept, first)
    assert User.objects.filter(last_name="Берёзкина").count() == 1
    left = visitor.open("/kept/")
    assert "Берёзкина" not in left.words
    visitor.send(left, "/people/new/")
    assert User.objects.filter(last_name="Соснова").count() == 1
    assert not KeptForm.objects.exists()


def test_the_second_step_stands_between_and_loses_nothing(town: Town) -> None:
    secret = generate_totp_secret()
    visitor = signed_in(town.coordinator)
    form = visitor.open("/people/new/")
    end_session(visitor)
    TOTP.activate(town.coordinator, secret)

    door = visitor.send(form, "", **NEWCOMER)
    step = sign_in(visitor, town.coordinator, door)
    assert "Второй шаг входа" in step.words
    counter = next(iter(yield_hotp_counters_from_time()))
    kept = visitor.send(step, "/login/code/", code=format_hotp_value(hotp_value(secret, counter)))

    assert "Берёзкина" in kept.words


def test_nobody_else_gets_it(town: Town) -> None:
    visitor = signed_in(town.coordinator)
    form = visitor.open("/people/new/")
    end_session(visitor)
    door = visitor.send(form, "", **NEWCOMER)

    assert "Здесь ничего не ждёт" in signed_in(town.coordinator).open("/kept/").words
    assert "Здесь ничего не ждёт" in sign_in(visitor, town.curator, door).words


def test_what_is_kept_cannot_be_read_in_the_base(town: Town) -> None:
    visitor = signed_in(town.coordinator)
    form = visitor.open("/people/new/")
    end_session(visitor)
    visitor.send(form, "", **NEWCOMER)

    row = KeptForm.objects.get()
    assert "Берёзкина" not in row.sealed
    assert visitor.client.cookies[KEY].value not in f"{row.sealed} {row.mark}"


def test_a_stranger_leaves_nothing(town: Town) -> None:
    stranger = Client()
    for cookie in ("", "1", "1:1vAbc:xyz"):
        stranger.cookies[WAS] = cookie
        stranger.cookies["opora"] = "anything"
        assert stranger.post("/people/new/", NEWCOMER).status_code == 302
    assert not KeptForm.objects.exists()


def test_files_are_named_and_asked_for_again(town: Town) -> None:
    visitor = signed_in(town.coordinator)
    form = visitor.open("/documents/upload/")
    end_session(visitor)
    paper = SimpleUploadedFile("приказ 7.txt", "Приказ".encode())
    door = visitor.send(form, "", papers=[paper], snaps_title="Приказ о назначении")
    assert "Файлы придётся выбрать ещё раз: «приказ 7.txt»" in door.words

    kept = sign_in(visitor, town.coordinator, door)
    assert "Приказ о назначении" in kept.words
    assert "«приказ 7.txt»" in kept.words
    assert kept.forms_to("/documents/upload/")[0].xpath(".//input[@type='file' and @name='papers']")


def test_passwords_are_never_kept(town: Town) -> None:
    visitor = signed_in(town.coordinator)
    form = visitor.open("/account/password/")
    end_session(visitor)
    fields = {name: "тайна тайна тайна" for name in form.forms_to("")[0].fields if "password" in name}
    assert fields
    visitor.send(form, "", **fields)
    assert not KeptForm.objects.exists()


def test_one_person_fills_no_disk_and_old_rows_go(town: Town) -> None:
    at = timezone.now()
    words = KeptWords("/people/new/", (("last_name", "Я"),), ())
    keys = [
        keep_form(words=words, person=town.coordinator, at=at + timedelta(seconds=second))
        for second in range(MOST_OF_ONE + 3)
    ]
    assert KeptForm.objects.count() == MOST_OF_ONE
    assert words_kept(keys[0], person=town.coordinator, at=at) == []
    assert [one.fields for one in words_kept(keys[-1], person=town.coordinator, at=at)] == [words.fields]
    assert words_kept(keys[-1], person=town.coordinator, at=at + timedelta(minutes=31)) == []

    forget_kept_forms.run(moment=(at + timedelta(minutes=31)).isoformat())
    assert not KeptForm.objects.exists()


def test_too_much_is_not_kept_and_that_is_said(town: Town) -> None:
    visitor = signed_in(town.coordinator)
    form = visitor.open("/people/new/")
    end_session(visitor)
    door = visitor.send(form, "", **{**NEWCOMER, "post": "я" * MOST})
    assert "Вернитесь кнопкой «Назад» и скопируйте набранное" in door.words
    assert not KeptForm.objects.exists()


def test_a_page_that_sends_by_itself_is_led_to_the_door_and_back(town: Town) -> None:
    visitor = signed_in(town.coordinator)
    form = visitor.open("/people/new/")
    end_session(visitor)
    token = form.forms_to("")[0].form_values()[0][1]
    told = {**NEWCOMER, "csrfmiddlewaretoken": token}
    sent = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/people/?show=all"}
    answer = visitor.client.post("/people/new/", told, **sent)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/login/?next=/kept/")

    kept = sign_in(visitor, town.coordinator, visitor.open("/login/?next=/kept/"))
    back = visitor.send(kept, "/people/new/")
    assert back.address == "/people/?show=all"
    assert "Берёзкина" in back.words


def aged(visitor: Visitor, **more: str) -> Any:
    """A form whose mark no longer fits the browser's cookie."""
    return visitor.client.post(
        "/people/new/", {**NEWCOMER, "csrfmiddlewaretoken": "x" * 32}, follow=True, **more
    )


@pytest.mark.parametrize("said", [HERE, {"HTTP_SEC_FETCH_SITE": "same-origin"}])
def test_an_aged_page_keeps_what_was_typed(town: Town, said: dict[str, str]) -> None:
    visitor = signed_in(town.coordinator)
    page = visitor.page_of(aged(visitor, **said), "/people/new/", 403)
    assert "Страница устарела" in page.words
    assert "Берёзкина" in page.words

    visitor.send(page, "/people/new/")
    assert User.objects.filter(last_name="Берёзкина").count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
    ],
)
def test_words_of_a_strange_page_are_not_shown(town: Town, said: dict[str, str]) -> None:
    visitor = signed_in(town.coordinator)
    page = visitor.page_of(aged(visitor, **said), "/people/new/", 403)
    assert "Страница устарела" in page.words
    assert b"\xd0\x91\xd0\xb5\xd1\x80\xd1\x91\xd0\xb7" not in page.content


def test_an_aged_page_that_sends_by_itself_is_shown_what_it_sent(town: Town) -> None:
    visitor = signed_in(town.coordinator)
    sent = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/people/"}
    answer = aged(visitor, **HERE, **sent)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/kept/")
    kept = visitor.open("/kept/")
    assert visitor.send(kept, "/people/new/").address == "/people/"
    assert User.objects.filter(last_name="Берёзкина").count() == 1
