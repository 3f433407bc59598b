"""Invitations: one use, two weeks, the earlier one void, nothing kept but a hash."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.utils import timezone

from opora.accounts import actions
from opora.accounts.models import Invitation, User
from opora.core.jobs import run_next
from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from tests.appointments.town import AT, PASSWORD, Town


def invited(town: Town, **more: object) -> tuple[User, str]:
    person = actions.add_person(
        last_name="Стрелкова", first_name="Ольга", email="olga@example.test", by=town.coordinator, at=AT
    )
    _, secret = actions.invite(person=person, by=town.coordinator, at=timezone.now(), **more)
    return person, secret


def accept(secret: str, password: str = PASSWORD, again: str | None = None) -> tuple[Client, object]:
    client = Client()
    response = client.post(
        f"/invitation/{secret}/", {"password1": password, "password2": password if again is None else again}
    )
    return client, response


def test_an_invitation_sets_a_password_and_lets_in(town: Town) -> None:
    person, secret = invited(town)
    assert "Ольга" in Client().get(f"/invitation/{secret}/").content.decode()
    client, response = accept(secret)
    assert response.url == "/today/"
    assert client.get("/account/").context["user"] == person
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_an_invitation_works_once(town: Town) -> None:
    _, secret = invited(town)
    accept(secret)
    _, again = accept(secret, "совсем другие слова")
    assert again.status_code == 404
    assert "Ссылка больше не действует" in again.content.decode()


def test_used_old_and_unknown_links_look_alike(town: Town) -> None:
    person, used = invited(town)
    accept(used)
    _, old = actions.invite(person=person, by=town.coordinator, at=timezone.now() - timedelta(days=15))
    pages = [Client().get(f"/invitation/{secret}/") for secret in (used, old, "nobody-knows-it")]
    bodies = {
        re.sub(r'name="(csrfmiddlewaretoken|back)" value="[^"]*"', "", page.content.decode())
        for page in pages
    }
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len(bodies) == 1


def test_a_new_link_makes_the_earlier_one_void(town: Town) -> None:
    person, first = invited(town)
    actions.invite(person=person, by=town.coordinator, at=timezone.now())
    _, response = accept(first)
    assert response.status_code == 404


def test_only_a_hash_of_the_secret_is_kept(town: Town) -> None:
    _, secret = invited(town)
    kept = str(list(Invitation.objects.values())) + str(list(HistoryEntry.objects.values()))
    assert secret not in kept


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("коротко", "коротко", "короткий"),
        ("мост на семи опорах", "мост на семи опорках", "не совпали"),
        ("приветпривет", "приветпривет", "легко угадать"),
    ],
)
def test_a_poor_password_leaves_the_link_alive(town: Town, password: str, again: str, words: str) -> None:
    _, secret = invited(town)
    _, response = accept(secret, password, again)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert accept(secret)[1].status_code == 302


def test_a_changed_mail_makes_the_link_void(town: Town) -> None:
    person, secret = invited(town)
    actions.change_person(
        person=person,
        last_name="Стрелкова",
        first_name="Ольга",
        middle_name="",
        email="other@example.test",
        post="",
        workplace="",
        by=town.coordinator,
        at=AT,
    )
    assert accept(secret)[1].status_code == 404


def test_nobody_is_invited_without_a_mail_or_with_a_closed_account(town: Town) -> None:
    person = actions.add_person(last_name="Стрелкова", first_name="Ольга", by=town.coordinator, at=AT)
    with pytest.raises(Refused, match="электронную почту"):
        actions.invite(person=person, by=town.coordinator, at=AT)
    User.objects.filter(pk=town.curator.pk).update(is_active=False)
    town.curator.refresh_from_db()
    with pytest.raises(Refused, match="вход закрыт"):
        actions.invite(person=town.curator, by=town.coordinator, at=AT)


def test_a_mail_belongs_to_one_person(town: Town) -> None:
    with pytest.raises(Refused, match="уже есть другой человек"):
        actions.add_person(
            last_name="Иная",
            first_name="Мария",
            email=str(town.curator.email).upper(),
            by=town.coordinator,
            at=AT,
        )


def test_consent_is_given_by_oneself_only(town: Town) -> None:
    with pytest.raises(Refused, match="только сам человек"):
        actions.consent_to_be_named(person=town.curator, since=AT.date(), by=town.coordinator, at=AT)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_a_link_does_not_pass_the_second_step(town: Town) -> None:
    secret_of_steps = generate_totp_secret()
    TOTP.activate(town.curator, secret_of_steps)
    _, secret = actions.invite(person=town.curator, by=town.coordinator, at=timezone.now())
    client, response = accept(secret, "совсем другие слова")
    assert response.url == "/login/code/"
    assert client.get("/today/").url.startswith("/login/")
    assert client.post("/login/code/", {"code": "000000"}).status_code == 200
    assert client.get("/today/").url.startswith("/login/")
    assert client.post("/login/code/", {"code": code_of(secret_of_steps)}).url == "/today/"
    assert client.get("/today/").status_code == 200


def test_a_link_for_a_new_password_does_not_pass_it_either(town: Town) -> None:
    TOTP.activate(town.curator, generate_totp_secret())
    Client().post("/password/forgotten/", {"email": town.curator.email})
    assert run_next(at=timezone.now() + timedelta(minutes=1))
    path = re.search(r"https?://[^/]+(/password/new/\S+)", mail.outbox[0].body)[1]
    client = Client()
    form = client.get(path).url
    new = "совсем другие слова"
    assert client.post(form, {"password1": new, "password2": new}).url == "/login/"
    assert client.get("/today/").url.startswith("/login/")
    assert client.post("/login/", {"login": town.curator.email, "password": new}).url == "/login/code/"


def test_the_coordinator_may_drop_the_second_step_and_then_the_link_lets_in(town: Town) -> None:
    TOTP.activate(town.curator, generate_totp_secret())
    actions.drop_second_step(person=town.curator, by=town.coordinator, at=AT)
    _, secret = actions.invite(person=town.curator, by=town.coordinator, at=timezone.now())
    assert accept(secret, "совсем другие слова")[1].url == "/today/"
