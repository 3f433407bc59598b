"""`./opora init`: an empty base and the first coordinator."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from opora.accounts.models import User
from opora.appointments.models import Appointment
from opora.core.refusal import Refused
from opora.programmes.models import Programme
from opora.schools.models import Municipality
from tests.appointments.town import PASSWORD, person

pytestmark = pytest.mark.django_db
TOLD = {
    "email": "first@example.test",
    "last_name": "Мостова",
    "first_name": "Анна",
    "region": "Примерная область",
    "municipality": "г. о. Примерск",
    "centre": "муниципальное учреждение «Методический центр»",
}


def init(**more: object) -> str:
    said = StringIO()
    call_command("init", stdout=said, **{**TOLD, **more})
    return said.getvalue()


def test_an_empty_base_gets_a_coordinator_who_can_come_in() -> None:
    link = re.search(r"http://127\.0\.0\.1:8000(/invitation/\S+)", init(link=True))[1]
    client = Client()
    assert client.post(link, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    assert client.get("/people/").status_code == 200
    held = Appointment.objects.get()
    assert (held.duty, held.programme.code, held.municipality) == (
        "municipal_coordinator",
        "500plus-2022",
        Municipality.objects.get(),
    )
    assert Programme.objects.count() == 2


def test_before_the_first_roadmap_pages_speak_of_the_programme_chosen_for_the_base() -> None:
    link = re.search(r"http://127\.0\.0\.1:8000(/invitation/\S+)", init(link=True))[1]
    client = Client()
    client.post(link, {"password1": PASSWORD, "password2": PASSWORD})

    people = client.get("/appointments/").content.decode()
    upload = client.get("/imports/").content.decode()

    assert "Мостова Анна" in people
    assert "Проект «500+», 2022" in people.replace("\u00a0", " ")
    chosen = re.search(r'<option value="\d+" selected>([^<]*500[^<]*)', upload)
    assert chosen is not None


def test_a_base_with_people_is_never_touched() -> None:
    person("Сваева")
    with pytest.raises(Refused, match="База не пуста"):
        init(link=True)
    assert not Municipality.objects.exists()


def test_what_is_missing_is_named_when_nobody_can_be_asked() -> None:
    with pytest.raises(Refused, match="Не указано: Регион"):
        init(region=None)
    assert not User.objects.exists()


def test_a_mail_with_a_slip_leaves_nothing() -> None:
    with pytest.raises(Refused, match="с опечаткой"):
        init(email="first@")
    assert not Municipality.objects.exists()
