"""`./opora region`: a region entered by whoever keeps the server, and a list of municipalities that names it."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from opora.appointments.models import Appointment
from opora.core.history import history_of
from opora.core.refusal import Refused
from opora.schools.models import Municipality, Region
from tests.appointments.town import Town, person
from tests.schools.sheets import upload, workbook
from tests.schools.test_import import words_of
from tests.schools.test_import_places import CENTRE, CENTRES, PLACES, agree

pytestmark = pytest.mark.django_db
FAR, INSTITUTE = "Дальний край", "Институт развития образования"


def region(*told: str, **more: Any) -> str:
    said = StringIO()
    call_command("region", *told, stdout=said, **more)
    return said.getvalue()


def test_a_region_is_entered_once_and_its_institution_is_mended() -> None:
    entered = region(FAR)
    again = region("ДАЛЬНИЙ  край")
    mended = region(FAR, coordinator=INSTITUTE)
    same = region(FAR, coordinator=INSTITUTE)

    one = Region.objects.get()
    assert (one.name, one.coordinator_name) == (FAR, INSTITUTE)
    assert "внесён" in entered
    assert "уже есть, ничего не изменено" in again
    assert INSTITUTE in mended
    assert "ничего не изменено" in same
    assert [entry.verb for entry in history_of(one)] == ["region.changed", "region.added"]


@pytest.mark.parametrize(
    ("name", "more", "words"),
    [
        (" ", {}, "как называется"),
        ("О" * 201, {}, "длиннее 200"),
        (FAR, {"coordinator": "И" * 301}, "длиннее 300"),
        (FAR, {"person": "nobody@example.test"}, "Человека с почтой"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(name: str, more: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        region(name, **more)

    assert Region.objects.count() == 0


def test_its_first_coordinator_enters_municipalities_by_a_list_that_names_it(
    town: Town, browser_of: Callable[[Any], Client]
) -> None:
    first, other = person("Краева"), person("Иная")
    region(FAR, person=first.email)
    assert "уже региональный" in region(FAR, person=first.email)
    with pytest.raises(Refused, match="координатор уже есть"):
        region(FAR, person=other.email)

    client: Any = browser_of(first)
    client.day = None  # appointed by the command today
    rows = [("Регион", *CENTRES), ("дальний край", *CENTRE), (town.municipality.region.name, *CENTRE)]
    preview = client.post(PLACES, {"file": upload(workbook(rows))})
    agree(client, preview, PLACES)

    assert Appointment.objects.filter(region__name=FAR).count() == 1
    assert "нет среди тех, что вы ведёте" in words_of(preview)
    assert Municipality.objects.get(name=CENTRE[0]).region.name == FAR
