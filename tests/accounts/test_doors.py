"""The door: signing in and out, rates, a forgotten password, the second step."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client

from opora.accounts.models import User
from opora.core.jobs import run_next
from opora.core.models import HistoryEntry, Job
from tests.appointments.town import PASSWORD, Town

LATE = datetime(2100, 1, 1, tzinfo=UTC)
NEW = "четыре слова про реку"


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    cache.clear()


def sign_in(client: Client, email: str | None, password: str = PASSWORD, **more: str) -> object:
    return client.post("/login/", {"login": email, "password": password, **more})


def is_in(client: Client) -> bool:
    return bool(client.get("/account/").status_code == 200)


def test_mail_in_any_case_and_password_let_in(town: Town) -> None:
    client = Client()
    response = client.post("/login/", {"login": town.curator.email.upper(), "password": PASSWORD})
    assert (response.status_code, response.url) == (302, "/today/")
    assert is_in(client)


def test_the_session_gets_a_new_key_at_the_door(town: Town) -> None:
    client = Client()
    session = client.session
    session["on"] = "2022-09-15"
    session.save()
    before = session.session_key
    sign_in(client, town.curator.email)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "next_address", ["https://example.org/", "//example.org/x", "/\\example.org", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(town: Town, next_address: str) -> None:
    response = Client().post(
        "/login/", {"login": town.curator.email, "password": PASSWORD, "next": next_address}
    )
    assert response.url == "/today/"


def test_a_local_address_is_kept_through_the_door(town: Town) -> None:
    response = Client().post(
        "/login/", {"login": town.curator.email, "password": PASSWORD, "next": "/schools/?q=101"}
    )
    assert response.url == "/schools/?q=101"


def test_wrong_password_and_unknown_mail_get_the_same_answer(town: Town) -> None:
    answers = []
    for email in (town.curator.email, "nobody@example.test"):
        response = Client().post("/login/", {"login": email, "password": "не тот пароль вовсе"})
        body = response.content.decode().replace(email, "…")
        answers.append((response.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)))
    assert "Почта и пароль не подошли" in answers[0][1]
    assert answers[0] == answers[1]


def test_a_closed_account_does_not_open(town: Town) -> None:
    User.objects.filter(pk=town.curator.pk).update(is_active=False)
    client = Client()
    response = client.post("/login/", {"login": town.curator.email, "password": PASSWORD})
    assert response.url == "/login/"
    assert "Вход для этой почты закрыт" in client.get("/login/").content.decode()
    assert not is_in(client)


def test_guessing_is_stopped(town: Town) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, town.curator.email, "не тот пароль вовсе")
    response = client.post("/login/", {"login": town.curator.email, "password": PASSWORD})
    assert "Слишком много попыток" in response.content.decode()
    assert not is_in(client)


def test_too_many_letters_from_one_address_get_a_russian_page(town: Town, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "reset_password": "2/h/ip,3/h/key"}
    for number in range(2):
        Client().post("/password/forgotten/", {"email": f"{number}@example.test"})
    response = Client().post("/password/forgotten/", {"email": "x@example.test"})
    assert response.status_code == 429
    assert "Немного подождите" in response.content.decode()


def test_signing_out_takes_a_post(town: Town) -> None:
    client = Client()
    sign_in(client, town.curator.email)
    assert client.get("/logout/").status_code == 405
    assert is_in(client)
    assert client.post("/logout/").url == "/"
    assert not is_in(client)


@pytest.mark.parametrize(
    "path", ["/signup/", "/email/", "/password/set/", "/account/email/", "/accounts/signup/"]
)
def test_nothing_else_of_allauth_is_routed(path: str, db: None) -> None:
    assert Client().get(path).status_code == 404


def ask_for_link(email: str) -> tuple[int, str]:
    response = Client().post("/password/forgotten/", {"email": email})
    return response.status_code, response.url


def test_a_forgotten_password_is_replaced_by_a_letter_once(town: Town) -> None:
    assert ask_for_link(town.curator.email) == (302, "/password/sent/")
    assert mail.outbox == []
    assert run_next(at=LATE)
    letter = mail.outbox[0]
    assert letter.subject == "Новый пароль в «Опоре»"
    assert letter.to == [town.curator.email]
    path = re.search(r"https?://[^/]+(/password/new/\S+)", letter.body)[1]
    client = Client()
    form = client.get(path).url
    assert path.split("/")[-2] not in form
    assert client.post(form, {"password1": NEW, "password2": NEW}).url == "/login/"
    assert "Пароль сохранён" in client.get("/login/").content.decode()
    assert sign_in(Client(), town.curator.email).status_code == 200
    assert sign_in(Client(), town.curator.email, NEW).status_code == 302
    assert "больше не действует" in Client().get(path).content.decode()
    assert HistoryEntry.objects.filter(verb="person.password_set", subject_id=town.curator.pk).count() == 1


def test_an_unknown_mail_gets_the_same_answer_and_no_letter(town: Town) -> None:
    assert ask_for_link("nobody@example.test") == ask_for_link(town.curator.email)
    while run_next(at=LATE):
        pass
    assert [letter.to for letter in mail.outbox] == [[town.curator.email]]
    assert not Job.objects.exclude(state="done").exists()


def test_the_link_of_a_letter_stands_in_no_row(town: Town) -> None:
    ask_for_link(town.curator.email)
    run_next(at=LATE)
    key = re.search(r"/password/new/\w+/([^/]+)/", mail.outbox[0].body)[1]
    assert not Job.objects.filter(arguments__contains=key).exists()


def test_a_common_password_is_not_taken(town: Town) -> None:
    client = Client()
    sign_in(client, town.curator.email)
    response = client.post(
        "/account/password/",
        {"oldpassword": PASSWORD, "password1": "gfhjkmgfhjkm", "password2": "gfhjkmgfhjkm"},
    )
    assert "легко угадать" in response.content.decode()
    assert "Ошибка: Смена пароля" in response.content.decode()


def test_a_new_password_ends_other_sessions_but_not_this_one(town: Town) -> None:
    here, there = Client(), Client()
    sign_in(here, town.curator.email)
    sign_in(there, town.curator.email)
    response = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert response.url == "/account/"
    assert is_in(here)
    assert not is_in(there)


def test_signing_out_everywhere_ends_all_sessions_and_keeps_the_password(town: Town) -> None:
    here, there = Client(), Client()
    sign_in(here, town.curator.email)
    sign_in(there, town.curator.email)
    wrong = here.post("/account/sign-out-everywhere/", {"password": "не тот"})
    assert "Пароль не подошёл" in wrong.content.decode()
    assert is_in(there)
    assert here.post("/account/sign-out-everywhere/", {"password": PASSWORD}).url == "/login/"
    assert not is_in(here)
    assert not is_in(there)
    assert sign_in(Client(), town.curator.email).status_code == 302


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_the_second_step_is_asked_once_it_is_on(town: Town) -> None:
    client = Client()
    sign_in(client, town.coordinator.email)
    asked = client.get("/account/two-steps/on/").url
    assert asked.startswith("/account/confirm/?next=")
    assert "Пароль не подошёл" in client.post(asked, {"password": "не тот"}).content.decode()
    client.post(asked, {"password": PASSWORD})
    page = client.get("/account/two-steps/on/")
    secret = page.context["form"].secret
    drawing = client.get("/account/two-steps/drawing/")
    assert (drawing.status_code, drawing["Content-Type"]) == (200, "image/svg+xml")
    assert "не подошёл" in client.post("/account/two-steps/on/", {"code": "000000"}).content.decode()
    assert client.post("/account/two-steps/on/", {"code": code_for(secret)}).url == "/account/codes/"
    spare = client.get("/account/codes/").context["unused_codes"][0]
    assert HistoryEntry.objects.filter(verb="person.second_step_on").count() == 1

    again = Client()
    assert sign_in(again, town.coordinator.email).url == "/login/code/"
    assert not is_in(again)
    assert "Код не подошёл" in again.post("/login/code/", {"code": "000000"}).content.decode()
    assert again.post("/login/code/", {"code": spare}).url == "/today/"
    assert is_in(again)
    assert again.post("/account/two-steps/off/").url.startswith("/account/confirm/")
    assert client.post("/account/two-steps/off/").url == "/account/"
    assert sign_in(Client(), town.coordinator.email).url == "/today/"


def test_consent_is_given_and_taken_back_with_days(town: Town) -> None:
    client = Client()
    sign_in(client, town.curator.email)
    client.post("/account/consent/", {"consent": "yes"})
    person = User.objects.get(pk=town.curator.pk)
    day = person.may_be_named_since
    assert day is not None
    assert person.is_named_on(day)
    client.post("/account/consent/", {"consent": "no"})
    person.refresh_from_db()
    assert not person.is_named_on(day)
    assert [entry.verb for entry in HistoryEntry.objects.filter(subject_id=person.pk)] == [
        "person.consented",
        "person.consent_withdrawn",
    ]
    assert client.post("/account/consent/", {"consent": "no"}).status_code == 422


def test_a_centre_may_ask_coordinators_for_the_second_step_first(town: Town, settings: Any) -> None:
    settings.REQUIRE_TOTP = True
    client = Client()
    sign_in(client, town.coordinator.email)
    assert client.get("/settings/").url == "/account/two-steps/on/"
    assert client.get("/account/").status_code == 200
    guest = Client()
    sign_in(guest, town.curator.email)
    assert guest.get("/schools/").status_code == 200


def test_who_has_no_password_yet_is_led_to_the_letter(town: Town) -> None:
    town.curator.set_unusable_password()
    town.curator.save()
    client = Client()
    client.force_login(town.curator)
    assert client.get("/account/password/").url == "/password/forgotten/"
    for path in (
        "/account/two-steps/on/",
        "/account/two-steps/off/",
        "/account/confirm/",
        "/account/codes/new/",
    ):
        assert client.get(path).status_code in {200, 302, 404}, path
        assert client.post(path, {}).status_code in {200, 302, 404}, path
