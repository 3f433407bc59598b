"""Everything kept of one person is given out as one file, and erased with an act; no room can be forgotten."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models, transaction
from django.test import Client
from docx import Document as Docx

from opora.accounts.actions import invite
from opora.accounts.models import Invitation, User
from opora.accounts.person_data import ROLES, TITLES, data_of, namings
from opora.appointments.models import Appointment
from opora.core.history import breaks, history_of, record
from opora.core.models import HistoryEntry
from opora.core.refusal import Refused
from opora.plans.models import Roadmap
from opora.programmes.models import DocumentKind
from opora.questionnaires.models import Respondent
from opora.schools.models import Municipality, School
from tests.appointments.town import AT, Town, open_as, person

Browser = Callable[[User | None], Client]
# What a constraint of the base asks for beside what must be filled.
NEEDED: dict[str, dict[str, Any]] = {
    "appointments.Appointment": {"school": School},
    "documents.FederalMark": {"kind": DocumentKind},
    "questionnaires.Submission": {"respondent": Respondent},
    "reports.Issue": {"roadmap": Roadmap},
    "reports.PaperTemplate": {"municipality": Municipality},
    "reviews.Round": {"municipality": Municipality},
    "visits.Move": {"to_day": date(2022, 9, 2)},
}
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def unpacked(content: bytes) -> tuple[str, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("данные.html").decode(), json.loads(archive.read("данные.json"))


def leaver(town: Town) -> User:
    """Somebody who was a curator and is free since long."""
    one = person("Ушедшева", post="методист", email="ushla@example.test")
    Appointment.objects.create(
        person=one, duty="curator", programme=town.programme, school=town.schools[1],
        since=date(2022, 1, 10), until=date(2022, 6, 1),
    )  # fmt: skip
    return one


def row_of(model: type[models.Model], whom: User, field: str = "") -> models.Model:
    """A row past all rules but those of the base: what must be filled gets something, what it stands on is made too."""
    values: dict[str, Any] = dict(NEEDED.get(model._meta.label, {}))
    for column in model._meta.concrete_fields:
        if column.name == field or (column.related_model is User and not column.null):
            values[column.name] = whom
        elif column.name in values or column.primary_key or column.null or column.has_default():
            continue
        elif isinstance(column, models.ForeignKey):
            values[column.name] = row_of(column.related_model, whom)
        else:
            values[column.name] = something(column)
    if model is Respondent and field != "person":
        values["school"] = School
    for name, value in values.items():
        if isinstance(value, type):
            values[name] = row_of(value, whom)
    return model._default_manager.bulk_create([model(**values)])[0]


def something(column: Any) -> Any:
    if isinstance(column, models.DateTimeField):
        return AT
    if isinstance(column, models.DateField):
        return date(2022, 9, 1)
    if isinstance(column, models.JSONField):
        return {}
    if isinstance(column, models.BooleanField):
        return False
    if isinstance(column, models.IntegerField | models.FloatField | models.DecimalField):
        return 1
    if column.choices:
        return column.choices[0][0]
    return uuid4().hex[: column.max_length or 32]


def test_every_field_that_names_people_is_walked_with_russian_words() -> None:
    walked = {(naming.model._meta.label, naming.field) for naming in namings()}
    there = {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if field.related_model is User
    }
    assert walked == there
    assert len(walked) > 50
    bare = [one for one in namings() if not set(one.role.lower()) & set(RUSSIAN)]
    assert bare == []
    assert [one.title for one in namings() if not set(one.title.lower()) & set(RUSSIAN)] == []
    assert all(set(words) & set(RUSSIAN) for words in (*ROLES.values(), *TITLES.values()))


@pytest.mark.parametrize("label", sorted({one.model._meta.label for one in namings()}))
def test_a_row_of_any_room_is_in_the_file(town: Town, label: str) -> None:
    whom = person("Везденазванова")
    mine = [one for one in namings() if one.model._meta.label == label]
    for one in mine:
        row_of(one.model, whom, one.field)

    told = {(table.title, table.role) for table in data_of(whom, AT).tables}

    assert {(one.title, one.role) for one in mine} <= told


def test_the_page_counts_and_the_file_tells_everything(town: Town, browser_of: Browser) -> None:
    one = leaver(town)
    invite(person=one, by=town.coordinator, at=AT)
    theirs = browser_of(one)
    browser = browser_of(town.coordinator)

    page = open_as(browser, f"/people/{one.pk}/data/")
    assert "Назначение" in page
    assert "Приглашение" in page
    answer = browser.post(f"/people/{one.pk}/data/file/")
    html, told = unpacked(answer.content)

    assert answer["Cache-Control"].find("no-store") >= 0
    for words in (
        "Ушедшева Анна Петровна",
        "ushla@example.test",
        "методист",
        "куратор",
        "приглашение отправлено",
    ):
        assert words in html
    assert told["человек"]["должность"] == "методист"
    assert {"назначение", "приглашение"} <= {table["таблица"] for table in told["строки"]}
    assert len(told["открытые сеансы до"]) == 1
    secrets = [Invitation.objects.get().secret_hash, one.password]
    assert not any(secret in html or secret in json.dumps(told) for secret in secrets)
    assert town.coordinator.last_name not in html
    assert history_of(one)[0].verb == "person.data_given"
    assert theirs


def test_the_command_writes_the_same_file(town: Town, tmp_path: Path, capsys: Any) -> None:
    one = leaver(town)
    for who in (one.email, str(one.pk)):
        place = tmp_path / "данные.zip"
        call_command("person_data", who, str(place))
        assert "Ушедшева" in unpacked(place.read_bytes())[0]
        assert place.stat().st_mode & 0o077 == 0
    with pytest.raises(Refused, match="нет"):
        call_command("person_data", "nobody@example.test", str(tmp_path / "a.zip"))
    with pytest.raises(Refused, match="Папки"):
        call_command("person_data", str(one.pk), str(tmp_path / "нет" / "a.zip"))


def erase(browser: Client, one: User, **more: str) -> Any:
    return browser.post(
        f"/people/{one.pk}/data/erase/", {"ground": "заявление от 12.05.2023", "is_sure": "on", **more}
    )


def test_what_will_happen_is_said_before(town: Town, browser_of: Browser) -> None:
    one = leaver(town)
    browser = browser_of(town.coordinator)

    page = open_as(browser, f"/people/{one.pk}/data/erase/")
    assert "Что произойдёт" in page
    assert "назначение, о ком (1)" in page
    unsure = browser.post(f"/people/{one.pk}/data/erase/", {"ground": "заявление"})

    assert unsure.status_code == 422
    one.refresh_from_db()
    assert one.last_name == "Ушедшева"


def test_erasure_makes_nameless_and_leaves_an_act(town: Town, browser_of: Browser) -> None:
    one = leaver(town)
    record_as(one, town)
    invite(person=one, by=town.coordinator, at=AT)
    theirs, browser = browser_of(one), browser_of(town.coordinator)
    assert theirs.get("/account/").status_code == 200

    answer = erase(browser, one)

    assert answer.status_code == 302
    one.refresh_from_db()
    assert (one.full_name, one.email, one.post, one.is_active) == ("Данные удалены", None, "", False)
    assert not one.has_usable_password()
    assert not Invitation.objects.exists()
    assert theirs.get("/account/").status_code == 302
    assert Appointment.objects.get(person=one).duty == "curator"
    act = browser.get(f"/people/{one.pk}/data/act.docx")
    paper = Docx(io.BytesIO(act.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    said = "\n".join([*(line.text for line in paper.paragraphs), *cells])
    entry = HistoryEntry.objects.get(verb="person.erased")
    for words in (
        "об уничтожении",
        "заявление от 12.05.2023",
        "№ 179",
        "приглашение",
        "назначение: о ком",
        entry.hash,
    ):
        assert words in said
    assert "Ушедшева" not in said
    assert "Ушедшева" not in open_as(browser, "/people/")
    assert "Скачать акт" in open_as(browser, f"/people/{one.pk}/data/")


def record_as(one: User, town: Town) -> None:
    with transaction.atomic():
        record(town.schools[0], "school.changed", by=one, at=AT)


def test_the_history_stays_whole_and_is_shown_without_the_name(town: Town, browser_of: Browser) -> None:
    one = leaver(town)
    record_as(one, town)

    erase(browser_of(town.coordinator), one)

    assert list(breaks()) == []
    assert HistoryEntry.objects.get(verb="school.changed").person_name.startswith("Ушедшева")
    assert history_of(town.schools[0])[0].person_name == "Данные удалены"
    assert {entry.subject_name for entry in history_of(one)} == {"Данные удалены"}
    page = open_as(browser_of(town.coordinator), f"/schools/{town.schools[0].pk}/")
    assert "Ушедшева" not in page
    assert "Данные удалены</b>: сведения о школе поправлены" in page


@pytest.mark.parametrize("whose", ["in force", "later", "own"])
def test_whoever_is_in_force_is_released_first(town: Town, browser_of: Browser, whose: str) -> None:
    one = town.coordinator if whose == "own" else town.curator if whose == "in force" else leaver(town)
    if whose == "later":
        soon = datetime.now(tz=UTC).date() + timedelta(days=30)
        Appointment.objects.create(
            person=one, duty="curator", programme=town.programme, school=town.schools[2], since=soon
        )

    answer = erase(browser_of(town.coordinator), one)

    assert answer.status_code == 422
    assert ("Свои данные" if whose == "own" else "Сначала освободите") in answer.content.decode()
    one.refresh_from_db()
    assert one.erased_on is None


def test_twice_is_refused_and_another_town_is_not_reached(
    town: Town, other_town: Town, browser_of: Browser
) -> None:
    one, browser = leaver(town), browser_of(town.coordinator)
    assert erase(browser, one).status_code == 302
    assert "уже удалены" in erase(browser, one).content.decode()
    assert browser_of(other_town.coordinator).get(f"/people/{one.pk}/data/").status_code == 404
    assert browser_of(town.curator).get(f"/people/{one.pk}/data/").status_code == 403
